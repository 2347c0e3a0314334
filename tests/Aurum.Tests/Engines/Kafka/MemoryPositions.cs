using Aurum.Cluster.Kafka;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>Data and positions under one lock: what a store does in one transaction.</summary>
internal sealed class MemoryPositions : IPositionStore
{
    private readonly Lock _turn = new();
    private readonly Dictionary<KafkaPartition, long> _positions = [];

    /// <summary>What was stored, in the order of storing.</summary>
    public List<(KafkaPartition Partition, long Offset, string Value)> Stored { get; } = [];

    public List<(KafkaPartition Partition, bool IsLost)> Released { get; } = [];

    public int Claims { get; private set; }

    /// <summary>How often claims fail from now on.</summary>
    public int FailingClaims { get; set; }

    public IReadOnlyList<long?> Claim(IReadOnlyList<KafkaPartition> partitions)
    {
        lock (_turn)
        {
            Claims++;
            if (FailingClaims > 0)
            {
                FailingClaims--;
                throw new IOException("the store is away");
            }

            return [.. partitions.Select(p => _positions.TryGetValue(p, out var position) ? position : (long?)null)];
        }
    }

    public void Release(IReadOnlyList<KafkaPartition> partitions, bool isLost)
    {
        lock (_turn)
        {
            Released.AddRange(partitions.Select(p => (p, isLost)));
        }
    }

    /// <summary>Stores a batch with its positions; false where the fence refuses it.</summary>
    public bool Store(KafkaBatch batch)
    {
        lock (_turn)
        {
            if (batch.Ranges.Any(r => _positions.TryGetValue(r.Partition, out var at) ? at != r.From : r.From is not null))
            {
                return false;
            }

            for (var i = 0; i < batch.Count; i++)
            {
                var message = batch[i];
                Stored.Add((message.Partition, message.Offset, System.Text.Encoding.UTF8.GetString(message.Value)));
            }

            foreach (var range in batch.Ranges)
            {
                _positions[range.Partition] = range.Next;
            }

            return true;
        }
    }

    public int Count
    {
        get
        {
            lock (_turn)
            {
                return Stored.Count;
            }
        }
    }
}
