using Confluent.Kafka;
using NodaTime;

namespace Aurum.Cluster.Kafka;

/// <summary>A message as it came. Its spans are the batch's: they are gone when the batch is disposed of.</summary>
public readonly ref struct IncomingMessage
{
    private readonly Headers? _headers;

    internal IncomingMessage(
        KafkaPartition partition, long offset, long timestampMilliseconds, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool hasKey,
        bool isTombstone, Headers? headers)
    {
        (Partition, Offset, HasKey, IsTombstone) = (partition, offset, hasKey, isTombstone);
        At = Instant.FromUnixTimeMilliseconds(timestampMilliseconds);
        Key = key;
        Value = value;
        _headers = headers;
    }

    public KafkaPartition Partition { get; }

    /// <summary>Number in the partition. With the partition it names the message for good: the key of what is stored of it.</summary>
    public long Offset { get; }

    /// <summary>When it was made, or written, as the topic is set; to the millisecond.</summary>
    public Instant At { get; }

    public bool HasKey { get; }

    public ReadOnlySpan<byte> Key { get; }

    /// <summary>Whether it says that its key is gone.</summary>
    public bool IsTombstone { get; }

    public ReadOnlySpan<byte> Value { get; }

    /// <summary>A header's bytes; the last of that name. Only where the subscription asks for headers.</summary>
    public bool TryHeader(string name, out ReadOnlySpan<byte> value)
    {
        if (_headers is not null && _headers.TryGetLastBytes(name, out var bytes))
        {
            value = bytes;
            return true;
        }

        value = default;
        return false;
    }
}
