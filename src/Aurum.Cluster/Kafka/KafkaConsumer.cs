namespace Aurum.Cluster.Kafka;

/// <summary>A member of a consumer group. Polls on a thread of its own, hands messages over in bounded batches, pauses while readers are
/// slower, and keeps going whatever the cluster does.</summary>
/// <remarks>
/// <para>Effectively once: a reader stores what it made of a batch together with <see cref="KafkaBatch.Ranges"/>; positions are claimed
/// from an <see cref="IPositionStore"/> whenever partitions come. Without one the group's positions in Kafka count, and a batch may come
/// twice after a crash: then key what is stored by (topic, partition, offset).</para>
/// <para>Positions of batches that are <see cref="KafkaBatch.Done"/> are put down in Kafka too, a few seconds later, for those who watch
/// the group's lag.</para>
/// <para>Where partitions move away, what waits of them is dropped and the reader has <see cref="KafkaSubscription.ReleaseSeconds"/> to
/// finish what it has in hand.</para>
/// </remarks>
public sealed class KafkaConsumer : IDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly BatchQueue _queue;
    private readonly ConsumerLoop _loop;
    private readonly Thread _thread;
    private int _isDisposed;

    /// <param name="options">Checked options.</param>
    /// <param name="subscription">What to read.</param>
    /// <param name="positions">Where positions lie beside the data; null: in Kafka alone.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="chance">Jitter of retries; null: none.</param>
    /// <param name="told">Is told what the client says about its connections and group; null: nobody.</param>
    /// <exception cref="BrokerException">librdkafka is missing or too old.</exception>
    /// <exception cref="ArgumentException">The subscription is wrong.</exception>
    public KafkaConsumer(
        KafkaOptions options,
        KafkaSubscription subscription,
        IPositionStore? positions,
        TimeProvider time,
        Random? chance = null,
        Action<string>? told = null)
    {
        KafkaLibrary.Load();
        subscription.Check();
        Subscription = subscription;
        _queue = new BatchQueue(subscription.WaitingBatches);
        _loop = new ConsumerLoop(
            this, options, subscription, positions, _queue, new ConsumerWorld(time, chance, told ?? (static _ => { })));
        _thread = new Thread(() => _loop.Run(_stop.Token)) { IsBackground = true, Name = $"kafka {subscription.Group}" };
        _thread.Start();
    }

    public KafkaSubscription Subscription { get; }

    public ConsumerStanding Standing => _loop.Standing;

    /// <summary>How far this member is behind in each of its partitions, as of about a second ago.</summary>
    public IReadOnlyList<KafkaLag> Lags => _loop.Lags;

    /// <summary>The next batch; null once the consumer is disposed of.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public ValueTask<KafkaBatch?> Read(CancellationToken cancel) => _queue.Take(cancel);

    /// <summary>Leaves the group: others get its partitions at once.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _stop.Cancel();
        if (_thread.Join(LongestEnd))
        {
            _queue.Dispose();
            _stop.Dispose();
        }
    }

    internal void Acknowledge(IEnumerable<(PartitionLease Lease, long Next)> positions) => _loop.Acknowledge(positions);

    internal void Return(KafkaBatch batch, bool isDone)
    {
        if (!_queue.Return(batch))
        {
            return;
        }

        if (!isDone)
        {
            _loop.Rewind(batch.Starts);
        }

        _queue.Free(batch);
    }
}

/// <summary>What a consumer has of the world.</summary>
internal sealed record ConsumerWorld(TimeProvider Time, Random? Chance, Action<string> Told);
