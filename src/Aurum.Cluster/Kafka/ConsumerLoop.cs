using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>The thread of a consumer: polls, fills batches, and makes the client anew where it broke.</summary>
internal sealed class ConsumerLoop
{
    private const int BytesOfKiB = 1_024;
    private const int IdlePollMilliseconds = 100;
    private const int PausedPollMilliseconds = 50;
    private const int MessagesBetweenLooks = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookAtEnds = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly KafkaConsumer _owner;
    private readonly KafkaOptions _options;
    private readonly KafkaSubscription _subscription;
    private readonly BatchQueue _queue;
    private readonly ConsumerWorld _world;
    private readonly ClientTalk _talk;
    private readonly SliceReader _slices = new();
    private readonly GroupLeases _leases;
    private readonly Lock _turn = new();
    private readonly List<(PartitionLease Lease, long First, long? From)> _rewinds = [];
    private readonly bool _readsOneTopic;
    private IConsumer<MessageSlice, MessageSlice>? _client;
    private KafkaBatch _filling;
    private long _firstAt;
    private long _endsLookedAt;
    private long _messages;
    private long _bytes;
    private long _restarts;
    private volatile bool _isPaused;
    private volatile string? _trouble;

    public ConsumerLoop(
        KafkaConsumer owner, KafkaOptions options, KafkaSubscription subscription, IPositionStore? positions, BatchQueue queue,
        ConsumerWorld world)
    {
        (_owner, _options, _subscription, _queue, _world) = (owner, options, subscription, queue, world);
        _talk = new ClientTalk(text => world.Told($"{subscription.Group}: {text}"), world.Time);
        _readsOneTopic = subscription.Topics.Count == 1;
        _filling = queue.Rent(owner);
        _slices.Batch = _filling;
        _leases = new GroupLeases(options, subscription, positions, queue, world, gone => _filling.Remove(gone));
    }

    public ConsumerStanding Standing => new(
        _leases.Count, _leases.Rebalances, Interlocked.Read(ref _messages), Interlocked.Read(ref _bytes), _queue.Waiting,
        _queue.Bytes + _filling.Size, _isPaused,
        Interlocked.Read(ref _restarts), _trouble);

    public IReadOnlyList<KafkaLag> Lags => _leases.Lags;

    public void Run(CancellationToken stop)
    {
        var wait = FirstWait;
        while (!stop.IsCancellationRequested)
        {
            var began = _world.Time.GetTimestamp();
            try
            {
                Live(stop);
            }
            catch (Exception e)
            {
                // A runner goes on, whatever a callback or the client threw; what was not acknowledged comes again.
                _trouble = e.Message;
                _world.Told($"{_subscription.Group}: {e.Message}");
                Interlocked.Increment(ref _restarts);
            }

            wait = _world.Time.GetElapsedTime(began) > LongestWait ? FirstWait : wait;
            if (!stop.IsCancellationRequested)
            {
                stop.WaitHandle.WaitOne(wait * (1 + (_world.Chance?.NextDouble() ?? 0)));
                wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
            }
        }

        // Whoever still knows the consumer, such as a list of metrics, must not keep what it read into.
        _filling.Free();
        _queue.End();
    }

    /// <summary>Puts positions down in Kafka, for those who watch the group.</summary>
    public void Acknowledge(IEnumerable<(PartitionLease Lease, long Next)> positions)
    {
        lock (_turn)
        {
            foreach (var (lease, next) in positions)
            {
                if (_client is null || lease.IsOver)
                {
                    continue;
                }

                try
                {
                    _client.StoreOffset(new TopicPartitionOffset(lease.Inner, next));
                }
                catch (KafkaException e) when (e.Error.Code is ErrorCode.Local_State or ErrorCode.Local_UnknownPartition)
                {
                    // It moved away in this moment; its new reader puts its own position down.
                    lease.End();
                }
            }
        }
    }

    /// <summary>Asks for messages again that were given back.</summary>
    public void Rewind(IReadOnlyList<(PartitionLease Lease, long First, long? From)> starts)
    {
        _queue.Block([.. starts.Select(static s => s.Lease)]);
        lock (_turn)
        {
            _rewinds.AddRange(starts);
        }
    }

    /// <summary>One life of a client.</summary>
    private void Live(CancellationToken stop)
    {
        var login = new ClientLogin(_options, text => _world.Told($"{_subscription.Group}: {text}"));
        var client = Build(login);
        try
        {
            login.Begin(client);
            client.Subscribe(_subscription.Topics);
            lock (_turn)
            {
                _client = client;
            }

            Poll(client, stop);
        }
        finally
        {
            login.End();
            Close(client);
        }
    }

    private void Close(IConsumer<MessageSlice, MessageSlice> client)
    {
        try
        {
            // Leaves the group; partitions are released from within.
            client.Close();
        }
        catch (KafkaException e)
        {
            _world.Told($"{_subscription.Group}: {e.Error.Reason}");
        }

        lock (_turn)
        {
            _client = null;
            _rewinds.Clear();
        }

        try
        {
            _leases.Lost();
        }
        finally
        {
            _filling.Clear();
            client.Dispose();
        }
    }

    private IConsumer<MessageSlice, MessageSlice> Build(ClientLogin login)
    {
        var config = ClientSettings.Consumer(_options, _subscription.Group);
        var fields = new List<string> { "timestamp" };
        if (_subscription.WithHeaders)
        {
            fields.Add("headers");
        }

        if (!_readsOneTopic)
        {
            fields.Add("topic");
        }

        config.ConsumeResultFields = string.Join(',', fields);
        return new ConsumerBuilder<MessageSlice, MessageSlice>(config)
            .SetKeyDeserializer(_slices)
            .SetValueDeserializer(_slices)
            .SetPartitionsAssignedHandler((_, partitions) => _leases.Assigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => _leases.Revoked(partitions, isLost: false))
            .SetPartitionsLostHandler((_, partitions) => _leases.Revoked(partitions, isLost: true))
            .SetErrorHandler((_, error) =>
            {
                _trouble = $"{error.Reason} ({error.Code})";
                _talk.Say(_trouble);
                login.Heard(error);
            })
            .SetLogHandler((_, line) => _talk.Say(line.Message))
            .Build();
    }

    private void Poll(IConsumer<MessageSlice, MessageSlice> client, CancellationToken stop)
    {
        var sinceLook = 0;
        while (!stop.IsCancellationRequested)
        {
            ApplyRewinds(client);
            var came = Consume(client, PollMilliseconds());
            if (came && ++sinceLook < MessagesBetweenLooks && !IsFull)
            {
                continue;
            }

            sinceLook = 0;
            if (_filling.Count > 0 && (IsFull || Elapsed() >= _subscription.BatchMilliseconds))
            {
                HandOver(client, stop);
            }

            LookAtTheEnds(client, isQuiet: !came);
        }
    }

    private bool IsFull =>
        _filling.Count >= _subscription.BatchMessages || _filling.Size >= _subscription.BatchKiB * BytesOfKiB;

    private int PollMilliseconds() => _filling.Count == 0
        ? IdlePollMilliseconds
        : (int)Math.Clamp(_subscription.BatchMilliseconds - Elapsed(), 0, IdlePollMilliseconds);

    private double Elapsed() => _world.Time.GetElapsedTime(_firstAt).TotalMilliseconds;

    /// <summary>Takes one message, or lets the client do what else is due.</summary>
    private bool Consume(IConsumer<MessageSlice, MessageSlice> client, int milliseconds)
    {
        ConsumeResult<MessageSlice, MessageSlice>? message;
        if (_filling.Count == 0)
        {
            _filling.Clear();
        }

        try
        {
            message = client.Consume(milliseconds);
        }
        catch (ConsumeException e) when (!e.Error.IsFatal && e.Error.Code is not ErrorCode.Local_Application)
        {
            _trouble = $"{e.Error.Reason} ({e.Error.Code})";
            _talk.Say(_trouble);
            return false;
        }

        if (message is null
            || _leases.Find(_readsOneTopic ? _subscription.Topics[0] : message.Topic, message.Partition.Value) is not { } lease)
        {
            return false;
        }

        if (_filling.Count == 0)
        {
            _firstAt = _world.Time.GetTimestamp();
            _trouble = null;
        }

        _filling.Add(lease, message);
        return true;
    }

    private void HandOver(IConsumer<MessageSlice, MessageSlice> client, CancellationToken stop)
    {
        var (count, size) = (_filling.Count, _filling.Size);
        if (!_queue.Offer(_filling, Patience))
        {
            _isPaused = true;
            client.Pause(client.Assignment);
            while (!stop.IsCancellationRequested && !_queue.Offer(_filling, TimeSpan.Zero))
            {
                // The group hears of us meanwhile, and partitions may come that are not paused.
                if (Consume(client, PausedPollMilliseconds))
                {
                    client.Pause(client.Assignment);
                }
            }

            client.Resume(client.Assignment);
            _isPaused = false;
            if (stop.IsCancellationRequested)
            {
                return;
            }
        }

        Interlocked.Add(ref _messages, count);
        Interlocked.Add(ref _bytes, size);
        _filling = _queue.Rent(_owner);
        _slices.Batch = _filling;
    }

    private void ApplyRewinds(IConsumer<MessageSlice, MessageSlice> client)
    {
        (PartitionLease Lease, long First, long? From)[] rewinds;
        lock (_turn)
        {
            if (_rewinds.Count == 0)
            {
                return;
            }

            rewinds = [.. _rewinds];
            _rewinds.Clear();
        }

        var leases = rewinds.Select(static r => r.Lease).ToHashSet();
        _filling.Remove(leases.Contains);
        foreach (var lease in leases.Where(static l => !l.IsOver))
        {
            var (_, first, from) = rewinds.Where(r => r.Lease == lease).MinBy(static r => r.First);
            client.Seek(new TopicPartitionOffset(lease.Inner, first));
            lease.Rewind(from);
        }

        _queue.Unblock(leases);
    }

    private void LookAtTheEnds(IConsumer<MessageSlice, MessageSlice> client, bool isQuiet)
    {
        if (_world.Time.GetElapsedTime(_endsLookedAt) < LookAtEnds)
        {
            return;
        }

        _endsLookedAt = _world.Time.GetTimestamp();
        foreach (var lease in _leases.All)
        {
            var passed = client.Position(lease.Inner);
            lease.Note(client.GetWatermarkOffsets(lease.Inner).High.Value, passed.IsSpecial ? null : passed.Value, isQuiet);
        }
    }
}
