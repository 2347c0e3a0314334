using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.Curves.Documents;
using Aurum.Store.Engines;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Scenarios.Running;

/// <summary>Computes a run.</summary>
/// <exception cref="DocumentException">It cannot be computed.</exception>
internal delegate RunOutputs RunComputation(RunRecord run, IProgress<double>? progress, CancellationToken cancel);

/// <summary>Works on the runs of a store with some workers, or leaves them to workers that take requests from Kafka. What is queued, runs
/// and has ended is in the store: a run comes to its end there, once, and one whose process ends is queued again when the store is opened,
/// or by another process that shares the database.</summary>
internal sealed class ScenarioService : IAsyncDisposable
{
    /// <summary>Least time between two looks for runs of processes that are gone.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(20);

    private readonly RunBook _book;
    private readonly ScenarioSettings _settings;
    private readonly TimeProvider _time;
    private readonly AurumMetrics _metrics;
    private readonly RunComputation _compute;
    private readonly RunQueue _queue;
    private readonly Lock _lock = new();
    private readonly RunBell _bell;
    private readonly ConcurrentDictionary<string, ActiveRun> _active = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task[] _workers = [];
    private ITimer? _looks;
    private (int Waiting, int Running) _counted;

    /// <param name="book">The runs.</param>
    /// <param name="settings">Workers and limits.</param>
    /// <param name="time">Clock of waits, stamps and timeouts.</param>
    /// <param name="metrics">Is told what becomes of runs.</param>
    /// <param name="compute">Computes a run.</param>
    public ScenarioService(
        RunBook book, ScenarioSettings settings, TimeProvider time, AurumMetrics metrics, RunComputation compute)
    {
        (_book, _settings, _time, _metrics, _compute) = (book, settings, time, metrics, compute);
        _queue = new RunQueue(settings.TenantConcurrency);
        _bell = new RunBell(time);
        metrics.Watch("aurum.scenario.queued", "{run}", "Runs of scenarios that wait", () => [new(Standing().Waiting)]);
        metrics.Watch("aurum.scenario.running", "{run}", "Runs of scenarios that are computed now", () => [new(Standing().Running)]);
    }

    /// <summary>Is told, for people, of runs that failed by a fault of ours.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Is told of runs that have ended: how, and why they failed.</summary>
    public Action<RunRecord, RunState, string?> Ended { get; init; } = static (_, _, _) => { };

    /// <summary>Keeps processes apart that share the database; null: there are no others.</summary>
    public RunLeases? Leases { get; init; }

    /// <summary>Where requests for workers elsewhere are written down; null: runs are worked on here.</summary>
    public RequestBook? Requests { get; init; }

    /// <summary>Who this is.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Is called when there is something to be told in <see cref="Requests"/>.</summary>
    public Action Noted { get; set; } = static () => { };

    /// <summary>Runs that wait here, and runs that are computed; of all processes where workers elsewhere compute them.</summary>
    public (int Waiting, int Running) Standing()
    {
        if (Requests is not null)
        {
            return CountAll();
        }

        lock (_lock)
        {
            return (_queue.Waiting, _queue.Running);
        }
    }

    /// <summary>Begins to work, with what the store has waiting.</summary>
    public void Start()
    {
        if (Requests is not null)
        {
            // Whatever became of earlier requests: one that comes twice is one run.
            Requests.TellWaiting(Holder, Now);
            Noted();
            return;
        }

        AddWaiting();
        if (Leases is not null)
        {
            _looks = _time.CreateTimer(_ => _ = LookForOthers(), null, BetweenLooks, BetweenLooks);
        }

        _workers = [.. Enumerable.Range(0, _settings.Workers).Select(_ => Task.Run(Work))];
    }

    /// <summary>Takes an order; the same order twice is one run.</summary>
    public (RunOrder Order, RunRecord Run) Submit(RunRecord draft)
    {
        var submitted = _book.Submit(draft, _settings.QueueLength, Now, Told(RunNews.Request));
        Queue([submitted]);
        return submitted;
    }

    /// <summary>Takes several orders in one transaction.</summary>
    public IReadOnlyList<(RunOrder Order, RunRecord Run)> SubmitAll(IReadOnlyList<RunRecord> drafts)
    {
        var submitted = _book.SubmitAll(drafts, _settings.QueueLength, Now, Told(RunNews.Request));
        Queue(submitted);
        return submitted;
    }

    /// <summary>Ends a run that has not come to its end: it has no outputs then, whatever its worker still does.</summary>
    /// <returns>Whether it had not.</returns>
    public bool End(string id, RunState state, string? error)
    {
        var isEnded = _book.End(id, state, error, Now, Told(RunNews.Status));
        if (isEnded)
        {
            Noted();
            lock (_lock)
            {
                _queue.Remove(id);
            }

            if (_active.TryGetValue(id, out var active))
            {
                active.Cancel();
            }

            _metrics.ScenarioEnded(state, TimeSpan.Zero);
        }

        return isEnded;
    }

    /// <summary>How far a run is, percent; null where none computes it now.</summary>
    public double? PercentOf(string id) => _active.TryGetValue(id, out var active) ? active.Percent : null;

    /// <summary>Stops the workers. What runs goes back to the queue, and no attempt is counted for it.</summary>
    public async Task Stop()
    {
        await (_looks?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_workers).WaitAsync(TimeSpan.FromSeconds(_settings.StopSeconds), _time);
        }
        catch (TimeoutException)
        {
            // What does not notice is queued again when the store is opened next.
            Tell($"scenarios: {_active.Count} runs did not stop within {_settings.StopSeconds} seconds");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stop.Dispose();
    }

    private Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    /// <summary>What waits is worked on here, who ever ordered it first: to be queued twice is to be run once.</summary>
    private void Queue(IReadOnlyList<(RunOrder Order, RunRecord Run)> submitted)
    {
        if (Requests is not null)
        {
            Noted();
            return;
        }

        var added = submitted.Where(static s => s.Order != RunOrder.QueueFull && s.Run.State == RunState.Queued)
            .Select(static s => QueuedRun.Of(s.Run)).ToList();
        lock (_lock)
        {
            added.ForEach(_queue.Add);
        }

        if (added.Count > 0)
        {
            _bell.Ring(added.Count);
        }
    }

    private async Task Work()
    {
        while (!_stop.IsCancellationRequested)
        {
            QueuedRun? next;
            Instant? due;
            lock (_lock)
            {
                // One look at the clock: what falls due between two would be slept through.
                var now = Now;
                next = _queue.Take(now);
                due = next is null ? _queue.NextDue(now) : null;
            }

            if (next is null)
            {
                await _bell.Wait(due, _stop.Token);
                continue;
            }

            try
            {
                await Run(next);
            }
            finally
            {
                lock (_lock)
                {
                    _queue.Done(next);
                }

                _bell.Ring();
            }
        }
    }

    /// <summary>A gauge must not throw: where the database is away, what was counted last.</summary>
    private (int Waiting, int Running) CountAll()
    {
        try
        {
            var counts = _book.Counts();
            return _counted = ((int)counts.GetValueOrDefault(RunState.Queued), (int)counts.GetValueOrDefault(RunState.Running));
        }
        catch (EngineException)
        {
            return _counted;
        }
    }

    private RunStep? Told(RunNews news) =>
        Requests is null ? null : new RunStep { News = [news], Holder = Holder, Trace = Activity.Current?.Id };

    private void AddWaiting()
    {
        lock (_lock)
        {
            foreach (var run in _book.Waiting())
            {
                _queue.Add(QueuedRun.Of(run));
            }
        }
    }

    /// <summary>Takes over what other processes of the database have left, who died while they computed it or before they began.</summary>
    private async Task LookForOthers()
    {
        try
        {
            foreach (var run in _book.Running().Where(r => !_active.ContainsKey(r.Id)))
            {
                await using var lease = await Leases!.TryTake(run.Id);
                if (lease is not null && _book.Find(run.Tenant, run.Id) is { State: RunState.Running } left)
                {
                    Settle(left, RunAttempt.Failed(left, RunAttempt.Abandoned), lease, _time.GetTimestamp());
                }
            }

            AddWaiting();
            _bell.Ring();
        }
        catch (EngineException)
        {
            // The database is away: the next look comes soon.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever ends a run is written down")]
    private async Task Run(QueuedRun queued)
    {
        try
        {
            await using var lease = Leases is null ? null : await Leases.TryTake(queued.Id);
            if ((Leases is not null && lease is null) || _book.Find(queued.Tenant, queued.Id) is not { } run)
            {
                return;
            }

            using var active = new ActiveRun(TimeSpan.FromMinutes(run.TimeoutMinutes), _time, _stop.Token);
            await using var lost = lease?.Lost.Register(active.Cancel) ?? default;
            _active[run.Id] = active;
            try
            {
                var now = Now;
                if (_book.Start(run.Id, now, StepOf(lease)))
                {
                    Attempt(run with { StartedAt = now }, active, lease);
                }
            }
            finally
            {
                _active.TryRemove(run.Id, out _);
            }
        }
        catch (Exception error)
        {
            // The store itself does not take what became of the run: it is queued again when it is opened next.
            Tell($"scenarios: run {queued.Id}: {error.Message}");
        }
    }

    private void Attempt(RunRecord run, ActiveRun active, RunLease? lease)
    {
        var started = _time.GetTimestamp();
        var isStored = false;
        string? manifest = null;
        var attempt = RunAttempt.Make(
            run, active, _compute,
            outputs => (manifest, isStored) = (outputs.Manifest, _book.Succeed(run, outputs, Now, StepOf(lease))), Tell);
        if (attempt == RunAttempt.Interrupted)
        {
            if (!active.IsCancelled)
            {
                _book.Requeue(run.Id, error: null, notBefore: null, Now, StepOf(lease));
            }
        }
        else if (attempt.State != RunState.Succeeded)
        {
            Settle(run, attempt, lease, started);
        }
        else if (isStored)
        {
            _metrics.ScenarioEnded(RunState.Succeeded, _time.GetElapsedTime(started));
            Ended(run with { Manifest = manifest }, RunState.Succeeded, null);
        }
    }

    /// <summary>Writes down how an attempt failed.</summary>
    private void Settle(RunRecord run, RunAttempt attempt, RunLease? lease, long started)
    {
        var now = Now;
        if (attempt.IsAgain)
        {
            var notBefore = now + RetryDelay.Of(run.Id, run.RetryCount + 1);
            if (_book.Requeue(run.Id, attempt.Error, notBefore, now, StepOf(lease)))
            {
                _metrics.ScenarioRetried();
                lock (_lock)
                {
                    _queue.Add(QueuedRun.Of(run) with { QueuedAt = now, NotBefore = notBefore });
                }
            }
        }
        else if (_book.End(run.Id, attempt.State!.Value, attempt.Error, now, StepOf(lease)))
        {
            _metrics.ScenarioEnded(attempt.State.Value, _time.GetElapsedTime(started));
            Ended(run, attempt.State.Value, attempt.Error);
        }
    }

    private static RunStep? StepOf(RunLease? lease) => lease?.Lease is { } held ? new RunStep { Lease = held } : null;
}
