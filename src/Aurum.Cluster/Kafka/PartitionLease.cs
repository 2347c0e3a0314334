using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>A partition while it is this member's.</summary>
internal sealed class PartitionLease(KafkaPartition partition, long? position)
{
    private const long Unknown = -1;

    private long _read = position ?? Unknown;
    private long _end = Unknown;
    private volatile bool _isOver;

    public KafkaPartition Partition { get; } = partition;

    public TopicPartition Inner { get; } = new(partition.Topic, partition.Number);

    /// <summary>Where the next batch begins; null where nothing was stored.</summary>
    public long? Position { get; set; } = position;

    /// <summary>Whether the partition moved on.</summary>
    public bool IsOver => _isOver;

    public void End() => _isOver = true;

    /// <summary>Notes what is known for whoever asks how far behind we are.</summary>
    public void Note(long end)
    {
        Volatile.Write(ref _read, Position ?? Unknown);
        Volatile.Write(ref _end, end);
    }

    public KafkaLag? Lag => Volatile.Read(ref _end) is >= 0 and var end
        ? new KafkaLag(Partition, Math.Max(0, Volatile.Read(ref _read)), end)
        : null;
}
