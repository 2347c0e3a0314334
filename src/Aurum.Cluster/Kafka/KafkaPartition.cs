namespace Aurum.Cluster.Kafka;

/// <summary>A partition of a topic.</summary>
/// <param name="Topic">Topic, as the cluster names it.</param>
/// <param name="Number">Number from 0.</param>
public readonly record struct KafkaPartition(string Topic, int Number)
{
    public override string ToString() => $"{Topic}[{Number}]";
}

/// <summary>What a batch has of a partition: from where the partition stood before it to where it stands when the batch is
/// stored.</summary>
/// <param name="Partition">Partition.</param>
/// <param name="From">Offset at which the batch begins: what <see cref="Next"/> was of the batch before, or what was claimed; null
/// where nothing was stored before.</param>
/// <param name="Next">Offset to go on with once the batch is stored.</param>
public readonly record struct KafkaRange(KafkaPartition Partition, long? From, long Next);

/// <summary>How far a reader is behind its partition.</summary>
/// <param name="Partition">Partition.</param>
/// <param name="Position">Offset of the next message that a reader gets.</param>
/// <param name="End">Offset that the next message written will have, as the broker said last.</param>
public readonly record struct KafkaLag(KafkaPartition Partition, long Position, long End)
{
    /// <summary>Messages that were not handed over yet.</summary>
    public long Messages => Math.Max(0, End - Position);
}
