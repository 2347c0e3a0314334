using Confluent.Kafka;
using NodaTime;

namespace Aurum.Cluster.Kafka;

/// <summary>A message as it came. Its spans are the batch's: they are gone when the batch is disposed of.</summary>
public readonly ref struct IncomingMessage
{
    private static readonly long FirstMilliseconds = Instant.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMilliseconds = Instant.MaxValue.ToUnixTimeMilliseconds();

    private readonly Headers? _headers;

    internal IncomingMessage(
        KafkaPartition partition, long offset, long timestampMilliseconds, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool hasKey,
        bool isTombstone, Headers? headers)
    {
        (Partition, Offset, HasKey, IsTombstone) = (partition, offset, hasKey, isTombstone);

        // Whoever writes sets the stamp, microseconds too: a message that cannot be looked at would stop its partition for good.
        At = Instant.FromUnixTimeMilliseconds(Math.Clamp(timestampMilliseconds, FirstMilliseconds, LastMilliseconds));
        Key = key;
        Value = value;
        _headers = headers;
    }

    public KafkaPartition Partition { get; }

    /// <summary>Number in the partition. With the partition it names the message for good: the key of what is stored of it.</summary>
    public long Offset { get; }

    /// <summary>When it was made, or written, as the topic is set; to the millisecond. A stamp outside of the years -9998 to 9999 is the
    /// first or the last instant of these.</summary>
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
