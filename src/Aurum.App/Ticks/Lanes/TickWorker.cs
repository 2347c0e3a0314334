using System.Collections.Concurrent;
using Aurum.App.Running;
using Aurum.Cluster.Kafka;
using Aurum.Store.Engines;
using Aurum.Store.Ticks;

namespace Aurum.App.Ticks.Lanes;

/// <summary>One stage as a member of a consumer group: takes the lanes that the group gives it, and stores what came of their messages
/// together with how far it has come. Goes on by itself whatever brokers and store do.</summary>
/// <param name="world">Options, store, clock.</param>
/// <param name="chance">Jitter of retries.</param>
internal sealed class TickWorker(LaneWorld world, Random chance) : IPositionStore
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(30);

    /// <summary>How long commits that hang are waited for when their lanes have gone.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<KafkaPartition, TickLane> _lanes = new();
    private readonly Dictionary<KafkaPartition, List<int>> _dealt = [];
    private readonly string? _output = LaneStages.OutputOf(world.Options.Stage) is { } topic ? world.Kafka.TopicOf(topic) : null;
    private volatile KafkaConsumer? _consumer;
    private KafkaProducer? _producer;

    /// <summary>Whether no server takes ticks into this store itself: none begins that once there are lanes.</summary>
    private bool _isAlone;

    /// <summary>What it did so far.</summary>
    public WorkerFigures Figures { get; } = new();

    public IReadOnlyList<TickLane> Lanes => [.. _lanes.Values];

    public IReadOnlyList<KafkaLag> Lags => _consumer?.Lags ?? [];

    public ConsumerStanding? Standing => _consumer?.Standing;

    /// <summary>Works until it is asked to stop; then finishes what it has in hand, and leaves the group.</summary>
    public async Task Run(KafkaMetrics? metrics, CancellationToken cancel)
    {
        using var producer = new KafkaProducer(world.Kafka, world.Time, world.Told);
        _producer = producer;
        metrics?.Watch($"ticks-{world.Options.Stage}", producer);
        await EndlessWork.Run(
            alive => Live(metrics, alive),
            error =>
            {
                // Lanes are claimed again, and what was not stored is read again.
                Figures.Restarted();
                var cause = error is AggregateException { InnerException: { } first } ? first : error;
                world.Told($"{world.Options.Stage}: {cause.Message}; begins again");
            },
            world.Time,
            chance,
            cancel);
    }

    public IReadOnlyList<long?> Claim(IReadOnlyList<KafkaPartition> partitions)
    {
        Drop(partitions, leaves: false);
        var positions = new long?[partitions.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            var lane = TickLane.Open(world, new LaneId(world.Group, partitions[i].Topic, partitions[i].Number));
            positions[i] = lane.Position;
            _lanes[partitions[i]] = lane;
        }

        Figures.Claimed(positions.Length);
        return positions;
    }

    public void Release(IReadOnlyList<KafkaPartition> partitions, bool isLost) => Drop(partitions, leaves: !isLost);

    private void Drop(IReadOnlyList<KafkaPartition> partitions, bool leaves)
    {
        var gone = new List<TickLane>();
        foreach (var partition in partitions)
        {
            if (_lanes.TryRemove(partition, out var lane))
            {
                lane.Stop();
                gone.Add(lane);
            }
        }

        var since = world.Time.GetTimestamp();
        foreach (var lane in gone)
        {
            var left = Hanging - world.Time.GetElapsedTime(since);
            Drop(lane, left > TimeSpan.Zero ? left : TimeSpan.Zero, leaves);
        }
    }

    private void Drop(TickLane lane, TimeSpan longest, bool leaves)
    {
        if (!Monitor.TryEnter(lane.Gate, longest))
        {
            // Its commit hangs in a store that does not answer: it is stored once, or refused, and whoever comes next finds which.
            world.Told($"{lane.Id}: left with a commit that the store has not answered");
            return;
        }

        try
        {
            if (leaves)
            {
                lane.Leave();
            }

            lane.Dispose();
        }
        finally
        {
            Monitor.Exit(lane.Gate);
        }
    }

    /// <summary>One life of a member of the group.</summary>
    private async Task Live(KafkaMetrics? metrics, CancellationToken cancel)
    {
        var options = world.Options;
        var subscription = new KafkaSubscription(world.Group, [world.Kafka.TopicOf(LaneStages.TopicOf(options.Stage))])
        {
            BatchMessages = 100_000,
            BatchKiB = options.CommitKiB,
            BatchMilliseconds = options.CommitMilliseconds,
            WaitingBatches = 2,
            WithHeaders = true,
        };
        using var consumer = new KafkaConsumer(world.Kafka, subscription, this, world.Time, chance, world.Told);
        _consumer = consumer;
        using var watched = metrics?.Watch(consumer);
        using var late = new CancellationTokenSource();
        var overdue = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var asked = cancel.Register(() => late.CancelAfter(TimeSpan.FromSeconds(options.StopSeconds)));
        await using var end = late.Token.Register(() => StopLanes(overdue));
        try
        {
            await Read(consumer, overdue.Task, late.Token, cancel);
        }
        finally
        {
            _consumer = null;
        }
    }

    /// <summary>Takes what comes until it is asked to stop, and looks for quiet lanes once a second, however busy the others are.</summary>
    private async Task Read(KafkaConsumer consumer, Task overdue, CancellationToken late, CancellationToken cancel)
    {
        Task<KafkaBatch?>? reading = null;
        var lookedAt = world.Time.GetTimestamp();
        while (true)
        {
            reading ??= consumer.Read(cancel).AsTask();
            if (reading.IsCompleted || await Task.WhenAny(reading, Task.Delay(Look, world.Time, CancellationToken.None)) == reading)
            {
                using var batch = await reading;
                reading = null;
                if (batch is null || !(_isAlone |= await BeAlone(cancel)))
                {
                    return;
                }

                // What is in hand is finished, also where it was asked to stop; but not for ever, where the store hangs.
                var taking = Task.Run(() => Take(batch, late), CancellationToken.None);
                if (await Task.WhenAny(taking, overdue) != taking)
                {
                    throw new OperationCanceledException("the store has not answered", late);
                }

                await taking;
                batch.DoneBut([.. _lanes.Where(static l => l.Value.IsHeld).Select(static l => l.Key)]);
            }

            if (_isAlone && world.Time.GetElapsedTime(lookedAt) >= Look)
            {
                lookedAt = world.Time.GetTimestamp();
                LookForQuiet();
            }
        }
    }

    /// <summary>Waits for a server that takes ticks into this store itself: it sees the lanes and gives way.</summary>
    /// <returns>False where the worker was asked to stop.</returns>
    private async Task<bool> BeAlone(CancellationToken cancel)
    {
        var told = "";
        while (!_isAlone && WaitsFor() is { } waits)
        {
            if (waits != told)
            {
                world.Told($"{world.Options.Stage}: nothing is stored yet: {told = waits}");
            }

            await Task.Delay(Look, world.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancel.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    private string? WaitsFor()
    {
        try
        {
            return world.Work is { } shared && IntakeTurn.HolderIn(shared) is { } holder
                ? $"{holder} takes real-time prices into this store itself, and gives way" : null;
        }
        catch (EngineException away)
        {
            return away.Reason;
        }
    }

    /// <summary>Ends waits for the store; a commit that hangs in it is left soon after.</summary>
    private void StopLanes(TaskCompletionSource overdue)
    {
        StopLanes();
        _ = Task.Delay(Hanging, world.Time, CancellationToken.None).ContinueWith(
            _ => overdue.TrySetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void StopLanes()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Stop();
        }
    }

    private async Task Take(KafkaBatch batch, CancellationToken cancel)
    {
        Deal(batch);
        var lanes = _dealt.Where(d => d.Value.Count > 0 && _lanes.ContainsKey(d.Key)).Select(d => (Lane: _lanes[d.Key], d.Value)).ToList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = world.Options.Threads };
        Parallel.ForEach(lanes, parallel, lane => Work(lane.Lane, batch, lane.Value));
        await Send([.. lanes.Select(static l => l.Lane)], cancel);
        Parallel.ForEach(lanes, parallel, lane => Commit(lane.Lane));
        Figures.Took(batch.Count);
    }

    /// <summary>Finds which messages are of which lane.</summary>
    private void Deal(KafkaBatch batch)
    {
        foreach (var places in _dealt.Values)
        {
            places.Clear();
        }

        for (var i = 0; i < batch.Count; i++)
        {
            var partition = batch[i].Partition;
            if (!_dealt.TryGetValue(partition, out var places))
            {
                _dealt.Add(partition, places = []);
            }

            places.Add(i);
        }
    }

    private static void Work(TickLane lane, KafkaBatch batch, List<int> places)
    {
        lock (lane.Gate)
        {
            if (lane.IsOver)
            {
                return;
            }

            foreach (var place in places)
            {
                lane.OnMessage(batch[place]);
            }
        }
    }

    private void Commit(TickLane lane)
    {
        lock (lane.Gate)
        {
            try
            {
                if (!lane.IsOver)
                {
                    Figures.Stored(lane.Output);
                    lane.Commit();
                }
            }
            catch (OperationCanceledException) when (lane.IsOver)
            {
                // It went to somebody else, who reads these messages again.
            }
            catch (LaneLostException lost) when (lane.IsOver)
            {
                world.Told(lost.Message);
            }
        }
    }

    /// <summary>Sends frames to the stage behind and dead letters to their topic, until brokers have them. What was sent before it failed
    /// comes twice: frames are a chain, letters have keys.</summary>
    private Task Send(IReadOnlyList<TickLane> lanes, CancellationToken cancel)
    {
        return EndlessWork.Until<BrokerException>(
            async () =>
            {
                var batch = _producer!.Begin();
                foreach (var lane in lanes)
                {
                    lock (lane.Gate)
                    {
                        if (!lane.IsOver)
                        {
                            Send(batch, lane, cancel);
                        }
                    }
                }

                if (batch.Count > 0)
                {
                    await batch.Complete(LongestSend, cancel);
                }
            },
            away => world.Told($"{world.Options.Stage}: not sent, tried again: {away.Message}"),
            world.Time,
            cancel,
            static away => away.IsRetryable);
    }

    private void Send(SendBatch batch, TickLane lane, CancellationToken cancel)
    {
        foreach (var frame in lane.Output.Frames)
        {
            if (_output is null)
            {
                break;
            }

            var headers = new KafkaHeaders()
                .With(KafkaHeaders.ContentType, TickTopics.Frame)
                .With(TickTopics.SourceOffset, frame.Source)
                .With(TickTopics.SourceBefore, frame.SourceBefore);
            batch.Send(
                new OutgoingMessage(_output, default, frame.Value)
                {
                    Partition = lane.Id.Number,
                    Headers = frame.Trace.Length > 0 ? headers.With(KafkaHeaders.Trace, frame.Trace) : headers,
                },
                cancel);
        }

        for (var i = 0; i < lane.Output.Rows.LetterCount; i++)
        {
            var letter = lane.Output.Rows.LetterAt(i);
            batch.Send(
                new OutgoingMessage(world.Kafka.TopicOf(TickTopics.Letters), LetterMessages.KeyOf(letter), letter.Message)
                {
                    Headers = LetterMessages.HeadersOf(letter),
                },
                cancel);
        }
    }

    private void LookForQuiet()
    {
        var atEnd = Lags.Where(static l => l.Messages == 0).Select(static l => l.Partition).ToHashSet();
        foreach (var (partition, lane) in _lanes)
        {
            if (!atEnd.Contains(partition))
            {
                continue;
            }

            lock (lane.Gate)
            {
                if (!lane.IsOver)
                {
                    lane.OnQuiet();
                }
            }
        }
    }
}
