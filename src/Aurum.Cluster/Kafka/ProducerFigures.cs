namespace Aurum.Cluster.Kafka;

/// <summary>What a producer has done since it was made.</summary>
/// <param name="Sent">Messages that were handed to the client.</param>
/// <param name="SentBytes">Their keys and values.</param>
/// <param name="Acknowledged">Messages that brokers have.</param>
/// <param name="Failed">Messages that brokers do not have, as far as is known.</param>
/// <param name="WaitingMessages">Messages without an answer yet.</param>
/// <param name="WaitingBytes">Their keys and values.</param>
/// <param name="FullWaits">Times that a sender had to wait for room.</param>
/// <param name="Reopened">Times that the client was made anew after a fatal error.</param>
public readonly record struct ProducerFigures(
    long Sent,
    long SentBytes,
    long Acknowledged,
    long Failed,
    long WaitingMessages,
    long WaitingBytes,
    long FullWaits,
    long Reopened);
