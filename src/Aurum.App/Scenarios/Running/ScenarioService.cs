using System.Collections.Concurrent;
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

/// <summary>Works on the runs of a store with some workers. What is queued, runs and has ended is in the store: a run comes to its end
/// there, once, and one whose process ends is queued again when the store is opened.</summary>
internal sealed class ScenarioService : IAsyncDisposable
{
    private readonly RunBook _book;
    private readonly ScenarioSettings _settings;
    private readonly TimeProvider _time;
    private readonly AurumMetrics _metrics;
    private readonly RunComputation _compute;
    private readonly RunQueue _queue;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _change = new(0);
    private readonly ConcurrentDictionary<string, ActiveRun> _active = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task[] _workers = [];

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
        metrics.Watch("aurum.scenario.queued", "{run}", "Runs of scenarios that wait", () => [new(Standing().Waiting)]);
        metrics.Watch("aurum.scenario.running", "{run}", "Runs of scenarios that are computed now", () => [new(Standing().Running)]);
    }

    /// <summary>Is told, for people, of runs that failed by a fault of ours.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>Is told of runs that have ended: how, and why they failed.</summary>
    public Action<RunRecord, RunState, string?> Ended { get; init; } = static (_, _, _) => { };

    /// <summary>Runs that wait here, and runs that are computed.</summary>
    public (int Waiting, int Running) Standing()
    {
        lock (_lock)
        {
            return (_queue.Waiting, _queue.Running);
        }
    }

    /// <summary>Begins to work, with what the store has waiting.</summary>
    public void Start()
    {
        lock (_lock)
        {
            foreach (var run in _book.Waiting())
            {
                _queue.Add(QueuedRun.Of(run));
            }
        }

        _workers = [.. Enumerable.Range(0, _settings.Workers).Select(_ => Task.Run(Work))];
    }

    /// <summary>Takes an order; the same order twice is one run.</summary>
    public (RunOrder Order, RunRecord Run) Submit(RunRecord draft)
    {
        var submitted = _book.Submit(draft, _settings.QueueLength, Now);
        Queue([submitted]);
        return submitted;
    }

    /// <summary>Takes several orders in one transaction.</summary>
    public IReadOnlyList<(RunOrder Order, RunRecord Run)> SubmitAll(IReadOnlyList<RunRecord> drafts)
    {
        var submitted = _book.SubmitAll(drafts, _settings.QueueLength, Now);
        Queue(submitted);
        return submitted;
    }

    /// <summary>Ends a run that has not come to its end: it has no outputs then, whatever its worker still does.</summary>
    /// <returns>Whether it had not.</returns>
    public bool End(string id, RunState state, string? error)
    {
        var isEnded = _book.End(id, state, error, Now);
        if (isEnded)
        {
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
        var added = submitted.Where(static s => s.Order != RunOrder.QueueFull && s.Run.State == RunState.Queued)
            .Select(static s => QueuedRun.Of(s.Run)).ToList();
        lock (_lock)
        {
            added.ForEach(_queue.Add);
        }

        if (added.Count > 0)
        {
            _change.Release(added.Count);
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
                next = _queue.Take(Now);
                due = next is null ? _queue.NextDue(Now) : null;
            }

            if (next is null)
            {
                await Wait(due);
                continue;
            }

            try
            {
                Run(next);
            }
            finally
            {
                lock (_lock)
                {
                    _queue.Done(next);
                }

                _change.Release();
            }
        }
    }

    /// <summary>Waits until something changes, or until a run is due.</summary>
    private async Task Wait(Instant? due)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var timer = due is { } at
            ? new CancellationTokenSource((at - Now).ToTimeSpan() + TimeSpan.FromMilliseconds(1), _time)
            : new CancellationTokenSource();
        using var registration = timer.Token.Register(wake.Cancel);
        try
        {
            await _change.WaitAsync(wake.Token);
        }
        catch (OperationCanceledException)
        {
            // A run is due, or the service stops: the loop looks which.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever ends a run is written down")]
    private void Run(QueuedRun queued)
    {
        try
        {
            if (_book.Find(queued.Tenant, queued.Id) is not { } run)
            {
                return;
            }

            using var active = new ActiveRun(TimeSpan.FromMinutes(run.TimeoutMinutes), _time, _stop.Token);
            _active[run.Id] = active;
            try
            {
                if (_book.Start(run.Id, Now))
                {
                    Attempt(run, active);
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

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever ends a run is written down")]
    private void Attempt(RunRecord run, ActiveRun active)
    {
        var started = _time.GetTimestamp();
        try
        {
            var outputs = _compute(run, active, active.Token);
            active.Token.ThrowIfCancellationRequested();
            if (_book.Succeed(run, outputs, Now))
            {
                _metrics.ScenarioEnded(RunState.Succeeded, _time.GetElapsedTime(started));
                Ended(run, RunState.Succeeded, null);
            }
        }
        catch (OperationCanceledException) when (active.Token.IsCancellationRequested)
        {
            Interrupted(run, active, started);
        }
        catch (DocumentException refused)
        {
            End(run, RunState.Failed, refused.Message, started);
        }
        catch (Exception error) when (IsTransient(error))
        {
            Again(run, error.Message, started);
        }
        catch (Exception error)
        {
            Tell($"scenarios: run {run.Id} failed by a fault of ours: {error}");
            End(run, RunState.Failed, $"a fault of the program, which was logged: {error.Message}", started);
        }
    }

    private void Interrupted(RunRecord run, ActiveRun active, long started)
    {
        if (active.IsCancelled)
        {
            return;
        }

        if (active.IsTooLong)
        {
            End(run, RunState.Timeout, $"it took longer than {run.TimeoutMinutes} minutes", started);
        }
        else
        {
            _book.Requeue(run.Id, error: null, notBefore: null, Now);
        }
    }

    private void Again(RunRecord run, string error, long started)
    {
        var attempt = run.RetryCount + 1;
        if (attempt >= run.MaxAttempts)
        {
            End(run, RunState.Failed, $"{attempt} attempts: {error}", started);
            return;
        }

        var now = Now;
        var notBefore = now + RetryDelay.Of(run.Id, attempt);
        if (_book.Requeue(run.Id, error, notBefore, now))
        {
            _metrics.ScenarioRetried();
            lock (_lock)
            {
                _queue.Add(QueuedRun.Of(run) with { QueuedAt = now, NotBefore = notBefore });
            }
        }
    }

    private void End(RunRecord run, RunState state, string error, long started)
    {
        if (_book.End(run.Id, state, error, Now))
        {
            _metrics.ScenarioEnded(state, _time.GetElapsedTime(started));
            Ended(run, state, error);
        }
    }

    /// <summary>What may pass: disk, engine, time.</summary>
    private static bool IsTransient(Exception error) => error is IOException or TimeoutException or EngineException;
}
