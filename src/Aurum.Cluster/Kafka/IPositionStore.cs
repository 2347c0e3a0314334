namespace Aurum.Cluster.Kafka;

/// <summary>Where positions in partitions lie beside the data that was made of them, so that both are stored in one transaction: what is
/// read again after a crash is exactly what was not stored.</summary>
/// <remarks>
/// <para>Called on the consumer's thread, one call at a time; a call may block for a while, but not longer than
/// <see cref="KafkaOptions.MaxPollSeconds"/>. An exception makes the consumer leave the group and come back later.</para>
/// <para>The fence: a member that was thought dead may still be about to store. So whoever stores a batch does it only where the
/// stored position of each of its partitions still is <see cref="KafkaRange.From"/>, in the same transaction.</para>
/// </remarks>
public interface IPositionStore
{
    /// <summary>Partitions came to this member.</summary>
    /// <returns>For each, in the same order, the offset to go on with: <see cref="KafkaRange.Next"/> of the last batch that was stored,
    /// whoever stored it; null where there is none.</returns>
    IReadOnlyList<long?> Claim(IReadOnlyList<KafkaPartition> partitions);

    /// <summary>Partitions are no longer this member's.</summary>
    /// <param name="partitions">Which.</param>
    /// <param name="isLost">Whether others may have them already: what is not stored by now must not be stored any more.</param>
    void Release(IReadOnlyList<KafkaPartition> partitions, bool isLost);
}
