using NodaTime;

namespace Aurum.Cluster.Kafka;

/// <summary>A message to send. Spans are copied before <see cref="SendBatch.Send"/> returns.</summary>
public readonly ref struct OutgoingMessage
{
    /// <param name="topic">Topic, as the cluster names it.</param>
    /// <param name="key">What decides the partition, and the order within it; empty: any partition.</param>
    /// <param name="value">Bytes of the event; empty only with <see cref="IsTombstone"/> or an empty event.</param>
    public OutgoingMessage(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Topic = topic;
        Key = key;
        Value = value;
    }

    public string Topic { get; }

    public ReadOnlySpan<byte> Key { get; }

    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Partition to send to; null: by the key.</summary>
    public int? Partition { get; init; }

    /// <summary>When the event was; null: now. To the millisecond.</summary>
    public Instant? At { get; init; }

    /// <summary>Headers, or null for none.</summary>
    public KafkaHeaders? Headers { get; init; }

    /// <summary>Whether the message says that its key is gone, in a compacted topic.</summary>
    public bool IsTombstone { get; init; }
}
