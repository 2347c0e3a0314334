using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>A partition while it is this member's.</summary>
internal sealed class PartitionLease(KafkaPartition partition, long? position)
{
    private const long Unknown = -1;

    private long _read = position ?? Unknown;
    private long _end = Unknown;
    private long _quietAt = Unknown;
    private bool _isRewound;
    private long? _position = position;
    private volatile bool _isOver;

    public KafkaPartition Partition { get; } = partition;

    public TopicPartition Inner { get; } = new(partition.Topic, partition.Number);

    /// <summary>Where the next batch begins; null where nothing was stored.</summary>
    public long? Position => _position;

    /// <summary>Whether the partition moved on.</summary>
    public bool IsOver => _isOver;

    public void End() => _isOver = true;

    /// <summary>A message was taken into a batch.</summary>
    public void Take(long offset) => (_position, _isRewound) = (offset + 1, false);

    /// <summary>Messages that were taken are asked for again.</summary>
    /// <param name="from">What <see cref="Position"/> was before them.</param>
    public void Rewind(long? from) => (_position, _isRewound) = (from, true);

    /// <summary>Notes what is known for whoever asks how far behind we are.</summary>
    /// <param name="end">Offset that the next message written will have.</param>
    /// <param name="passed">Offset that the client has come to: behind marks of transactions too, which are no messages. Null: it has taken
    /// none yet.</param>
    /// <param name="isQuiet">Whether the client had nothing to hand over.</param>
    public void Note(long end, long? passed, bool isQuiet)
    {
        if (!_isRewound && _position is null && passed is null && isQuiet && end >= 0 && _quietAt == Unknown)
        {
            // Reading began, by the group's position or at the end, where nothing is left: what comes now comes behind.
            _quietAt = end;
        }

        Volatile.Write(ref _read, _isRewound ? _position ?? Unknown : Math.Max(_position ?? _quietAt, passed ?? Unknown));
        Volatile.Write(ref _end, end);
    }

    public KafkaLag? Lag => Volatile.Read(ref _end) is >= 0 and var end
        ? new KafkaLag(Partition, Math.Max(0, Volatile.Read(ref _read)), end)
        : null;
}
