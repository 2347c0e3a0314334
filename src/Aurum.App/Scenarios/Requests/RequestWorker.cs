using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Aurum.App.Scenarios.Running;
using Aurum.Cluster.Kafka;
using Aurum.Store.Engines;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Scenarios.Requests;

/// <summary>Works on runs that are ordered as messages. A run is one worker's at a time; what it comes to is stored in one transaction with
/// how far the partition of its request has come, and what is to be told of it. A worker that dies is taken over by the others.</summary>
internal sealed class RequestWorker : IDisposable
{
    private static readonly Duration BetweenTries = Duration.FromSeconds(1);
    private static readonly Duration AfterFault = Duration.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly RequestWorld _world;
    private readonly RequestPublisher _publisher;
    private readonly RequestHall _hall;
    private readonly RequestLetters _letters;
    private readonly RequestIntake _intake;
    private readonly RunLeases _leases;
    private readonly RequestMember[] _members;
    private readonly ConcurrentDictionary<string, (RunRecord Run, ActiveRun Active)> _active = new(StringComparer.Ordinal);

    /// <param name="world">Options, store, clock.</param>
    /// <param name="publisher">Tells what is to be told of runs; the caller disposes of it.</param>
    public RequestWorker(RequestWorld world, RequestPublisher publisher)
    {
        (_world, _publisher) = (world, publisher);
        var options = world.Options;
        _hall = new RequestHall(options.TenantConcurrency, world.Time);
        _letters = new RequestLetters(publisher.Producer, world.Kafka, world.Time, world.Told);
        _intake = new RequestIntake(world.Store, options.QueueLength);
        _leases = new RunLeases(world.Store.Work, options.Holder, Duration.FromSeconds(options.LeaseSeconds), world.Time);
        _members =
        [
            new RequestMember(world, _hall, _letters, RequestTopics.Requests, world.Kafka.GroupOf(options.Group)),
            new RequestMember(world, _hall, _letters, RequestTopics.Retries, world.Kafka.GroupOf(options.Group + "-retry")),
        ];
    }

    public RequestFigures Figures => _world.Figures;

    /// <summary>Requests in hand that wait.</summary>
    public int Waiting => _hall.Waiting;

    /// <summary>Runs that are computed now.</summary>
    public int Running => _active.Count;

    /// <summary>Partitions that it has.</summary>
    public int Lanes => _members.Sum(static m => m.Lanes.Count);

    /// <summary>Works until it is asked to stop; then puts back what it computes, and leaves the groups.</summary>
    public async Task Run(KafkaMetrics? metrics, CancellationToken cancel)
    {
        metrics?.Watch("scenarios", _publisher.Producer);
        using var telling = new CancellationTokenSource();
        var publishing = _publisher.Run(telling.Token);
        await Task.WhenAll(
        [
            .. _members.Select(m => m.Run(metrics, cancel)),
            .. Enumerable.Range(0, _world.Options.Workers).Select(_ => Task.Run(() => Work(cancel), CancellationToken.None)),
            LookForCancelled(cancel),
        ]);
        await telling.CancelAsync();
        await publishing;
    }

    public void Dispose() => _hall.Dispose();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "a runner goes on, whatever a request does")]
    private async Task Work(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            Instant? later = null;
            HeldRequest? request = null;
            QueuedRun? place = null;
            try
            {
                (request, place) = await _hall.Take(cancel);
                later = await Handle(request, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // Asked to stop: who gets the partition reads the message again.
            }
            catch (Exception error)
            {
                _world.Told($"scenarios: {request?.Message.Name}: {error.Message}; tried again");
                later = _world.Now + AfterFault;
            }

            if (place is not null)
            {
                _hall.Done(place);
            }

            if (later is { } at && request is { Lane.IsOver: false })
            {
                _hall.Add(request, at);
            }
        }
    }

    /// <returns>When to look at the request again; null: it is done with.</returns>
    private async Task<Instant?> Handle(HeldRequest held, CancellationToken cancel)
    {
        if (held.Lane.IsOver)
        {
            return null;
        }

        RunRecord? asked;
        try
        {
            asked = _intake.Take(held.Request, held.Message, _world.Now);
        }
        catch (RequestRefusedException refused)
        {
            await MemberOf(held).GiveUp(held.Lane, held.Message, refused, cancel);
            return null;
        }

        if (asked is null)
        {
            return _world.Now + AfterFault;
        }

        await using var lease = asked.State.IsFinal() ? null : await _leases.TryTake(asked.Id);
        if (_world.Store.Runs.Find(asked.Tenant, asked.Id) is not { } run || run.State.IsFinal())
        {
            Figures.KnewIt();
            await _world.Stored(() => MemberOf(held).Pass(held.Lane, held.Message.Offset), cancel);
            return null;
        }

        return lease is null ? _world.Now + BetweenTries
            : run.NotBefore > _world.Now ? run.NotBefore
            : await Compute(held, run, lease, cancel);
    }

    private async Task<Instant?> Compute(HeldRequest held, RunRecord run, RunLease lease, CancellationToken cancel)
    {
        var started = _world.Time.GetTimestamp();
        if (run.State == RunState.Running)
        {
            // Nobody has its lease: whoever computed it is gone.
            Figures.TookOver();
            var left = RunAttempt.Failed(run, RunAttempt.Abandoned);
            if (!left.IsAgain)
            {
                await Settle(held, run, left, lease, started, cancel);
                return null;
            }

            _world.Store.Runs.Requeue(run.Id, left.Error, notBefore: null, _world.Now, new RunStep { Lease = lease.Lease });
            run = run with { RetryCount = run.RetryCount + 1 };
        }

        var now = _world.Now;
        if (!_world.Store.Runs.Start(run.Id, now, new RunStep { Lease = lease.Lease }))
        {
            return now + BetweenTries;
        }

        run = run with { StartedAt = now };
        RunOutputs? outputs = null;
        RunAttempt attempt;
        using (var active = new ActiveRun(TimeSpan.FromMinutes(run.TimeoutMinutes), _world.Time, cancel))
        await using (lease.Lost.Register(active.Cancel))
        {
            _active[run.Id] = (run, active);
            try
            {
                attempt = RunAttempt.Make(run, active, _world.Compute, made => outputs = made, _world.Told);
            }
            finally
            {
                _active.TryRemove(run.Id, out _);
            }

            if (attempt == RunAttempt.Interrupted)
            {
                return PutBack(run, active, lease);
            }
        }

        if (outputs is not null)
        {
            var isFirst = await Finish(
                held, lease, [RunNews.Outputs, RunNews.Status], step => _world.Store.Runs.Succeed(run, outputs, _world.Now, step), cancel);
            Tell(isFirst, run with { Manifest = outputs.Manifest }, RunState.Succeeded, null, started);
        }
        else
        {
            await Settle(held, run, attempt, lease, started, cancel);
        }

        return null;
    }

    /// <summary>Somebody ended the run or took it over, which the next look sees; or the worker stops, and no attempt is
    /// counted.</summary>
    private Instant PutBack(RunRecord run, ActiveRun active, RunLease lease)
    {
        if (!active.IsCancelled)
        {
            _world.Store.Runs.Requeue(run.Id, error: null, notBefore: null, _world.Now, new RunStep { Lease = lease.Lease });
        }

        return _world.Now;
    }

    /// <summary>Writes down how an attempt failed: another one is told to the topic of retries, the last one to the topic of
    /// letters.</summary>
    private async Task Settle(
        HeldRequest held, RunRecord run, RunAttempt attempt, RunLease lease, long started, CancellationToken cancel)
    {
        if (attempt.IsAgain)
        {
            var notBefore = _world.Now + RetryDelay.Of(run.Id, run.RetryCount + 1);
            if (await Finish(
                held, lease, [RunNews.Retry],
                step => _world.Store.Runs.Requeue(run.Id, attempt.Error, notBefore, _world.Now, step), cancel))
            {
                Figures.TriesAgain();
                _world.Metrics.ScenarioRetried();
            }

            return;
        }

        await _letters.Send(held.Message, attempt.State!.Value.Word(), attempt.Error ?? "", run.RetryCount + 1, cancel);
        Figures.GaveUp();
        var isFirst = await Finish(
            held, lease, [RunNews.Status],
            step => _world.Store.Runs.End(run.Id, attempt.State.Value, attempt.Error, _world.Now, step), cancel);
        Tell(isFirst, run, attempt.State.Value, attempt.Error, started);
    }

    /// <summary>Stores a step of the run, how far its partition has come, and what is to be told, in one transaction.</summary>
    private async Task<bool> Finish(
        HeldRequest held, RunLease lease, IReadOnlyList<RunNews> news, Func<RunStep, bool> store, CancellationToken cancel)
    {
        var isMade = false;
        await _world.Stored(
            () =>
            {
                lock (held.Lane.Gate)
                {
                    isMade = store(new RunStep
                    {
                        Lease = lease.Lease,
                        Position = held.Lane.After(held.Message.Offset),
                        News = news,
                        Holder = _world.Options.Holder,
                        Trace = held.Message.Trace,
                    });
                    held.Lane.Done(held.Message.Offset);
                }
            },
            cancel);
        _publisher.Wake();
        return isMade;
    }

    private void Tell(bool isFirst, RunRecord run, RunState state, string? error, long started)
    {
        if (isFirst)
        {
            Figures.Ended();
            _world.Metrics.ScenarioEnded(state, _world.Time.GetElapsedTime(started));
            _world.Ended(run, state, error);
        }
    }

    private RequestMember MemberOf(HeldRequest held) =>
        held.Message.Partition.Topic == _world.Kafka.TopicOf(RequestTopics.Requests) ? _members[0] : _members[1];

    /// <summary>A run is ended in the store, by whoever ends it; who computes it looks there.</summary>
    private async Task LookForCancelled(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(BetweenLooks, _world.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                foreach (var (run, active) in _active.Values)
                {
                    if (IsEnded(run))
                    {
                        active.Cancel();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The worker stops.
        }
    }

    private bool IsEnded(RunRecord run)
    {
        try
        {
            return _world.Store.Runs.Find(run.Tenant, run.Id) is null or { State: not RunState.Running };
        }
        catch (EngineException)
        {
            // The database is away: the next look comes soon.
            return false;
        }
    }
}
