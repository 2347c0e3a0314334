using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>The partitions of a member: what came, what went, and who had to be asked first. All but the figures is used by the polling
/// thread alone.</summary>
/// <param name="options">Options.</param>
/// <param name="subscription">Subscription.</param>
/// <param name="positions">Where positions lie; null: in Kafka.</param>
/// <param name="queue">Batches that wait or are in hand.</param>
/// <param name="world">Clock.</param>
/// <param name="forget">Takes partitions out of the batch that is being filled.</param>
internal sealed class GroupLeases(
    KafkaOptions options,
    KafkaSubscription subscription,
    IPositionStore? positions,
    BatchQueue queue,
    ConsumerWorld world,
    Action<Func<PartitionLease, bool>> forget)
{
    private readonly Dictionary<(string Topic, int Number), PartitionLease> _leases = [];
    private volatile PartitionLease[] _all = [];
    private PartitionLease? _last;
    private long _rebalances;

    public IReadOnlyList<PartitionLease> All => _all;

    public int Count => _all.Length;

    public long Rebalances => Interlocked.Read(ref _rebalances);

    public IReadOnlyList<KafkaLag> Lags => [.. _all.Select(static l => l.Lag).OfType<KafkaLag>()];

    /// <summary>The lease of a message's partition; null where it is no longer ours.</summary>
    public PartitionLease? Find(string topic, int number)
    {
        if (_last is { } last && last.Partition.Number == number && last.Partition.Topic == topic)
        {
            return last;
        }

        return _last = _leases.GetValueOrDefault((topic, number));
    }

    /// <summary>Partitions came.</summary>
    /// <returns>Where to begin in each.</returns>
    public IEnumerable<TopicPartitionOffset> Assigned(IReadOnlyList<TopicPartition> partitions)
    {
        var came = partitions.Select(static p => new KafkaPartition(p.Topic, p.Partition.Value)).ToList();
        var found = came.Count == 0 ? [] : positions?.Claim(came) ?? [.. came.Select(static _ => (long?)null)];
        var begin = new List<TopicPartitionOffset>(came.Count);
        for (var i = 0; i < came.Count; i++)
        {
            _leases[(came[i].Topic, came[i].Number)] = new PartitionLease(came[i], found[i]);
            begin.Add(new TopicPartitionOffset(partitions[i], Begin(found[i])));
        }

        Changed();
        return begin;
    }

    /// <summary>Partitions go. Returns when nobody works on them any more, or when that took too long.</summary>
    public void Revoked(IEnumerable<TopicPartitionOffset> partitions, bool isLost) => Release(
        [.. partitions.Select(p => _leases.GetValueOrDefault((p.Topic, p.Partition.Value))).OfType<PartitionLease>()], isLost);

    /// <summary>The client is gone, and with it whatever it still had.</summary>
    public void Lost() => Release([.. _leases.Values], isLost: true);

    private void Release(IReadOnlyList<PartitionLease> gone, bool isLost)
    {
        if (gone.Count == 0)
        {
            return;
        }

        var set = gone.ToHashSet();
        forget(set.Contains);
        queue.Remove(set.Contains);
        if (!isLost && !queue.WaitForReaders(set.Contains, TimeSpan.FromSeconds(subscription.ReleaseSeconds), world.Time))
        {
            world.Told($"{subscription.Group}: {gone.Count} partitions moved away while a batch of them was in hand");
        }

        foreach (var lease in gone)
        {
            lease.End();
            _leases.Remove((lease.Partition.Topic, lease.Partition.Number));
        }

        Changed();
        positions?.Release([.. gone.Select(static l => l.Partition)], isLost);
    }

    private Offset Begin(long? position) => position is { } known ? new Offset(known)
        : positions is null ? Offset.Unset
        : options.FromBeginning ? Offset.Beginning
        : Offset.End;

    private void Changed()
    {
        Interlocked.Increment(ref _rebalances);
        _last = null;
        _all = [.. _leases.Values];
    }
}
