namespace Aurum.Cluster.Kafka;

/// <summary>How a consumer stands.</summary>
/// <param name="Partitions">Partitions that are this member's.</param>
/// <param name="Rebalances">Times that partitions came or went.</param>
/// <param name="Messages">Messages that were handed over.</param>
/// <param name="Bytes">Their keys and values.</param>
/// <param name="WaitingBatches">Batches that no reader has taken yet.</param>
/// <param name="WaitingBytes">Keys and values that are held: in batches that wait, that a reader has, and in the one that is being
/// filled.</param>
/// <param name="IsPaused">Whether reading waits for readers.</param>
/// <param name="Restarts">Times that the client was made anew.</param>
/// <param name="Trouble">What is wrong now; null: nothing.</param>
public sealed record ConsumerStanding(
    int Partitions, long Rebalances, long Messages, long Bytes, int WaitingBatches, long WaitingBytes, bool IsPaused, long Restarts,
    string? Trouble);
