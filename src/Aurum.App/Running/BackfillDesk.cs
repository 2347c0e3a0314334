using System.Globalization;
using Aurum.Store.Jobs;

namespace Aurum.App.Running;

/// <summary>Takes orders for days of the past, keeps them as jobs in the store, and runs them side by side. The command line and the
/// HTTP API have the same one. A job may be stopped at any time, also by kill -9: what is committed stays, and it goes on from
/// there.</summary>
/// <param name="platform">Store, publishers, pipeline.</param>
/// <param name="log">Hears a sentence when a job begins and ends.</param>
internal sealed class BackfillDesk(Platform platform, Action<string> log)
{
    /// <summary>Jobs that may be unfinished at the same time.</summary>
    public const int MaxUnfinished = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RunningJob> _running = new(StringComparer.Ordinal);
    private readonly JobRunner _runner = new(platform);
    private bool _isStopping;

    private JobBook Book => platform.Store.Jobs;

    private bool IsShared => platform.Store.Work is not null;

    private NodaTime.Instant Now => platform.Clock.GetCurrentInstant();

    /// <summary>Runs an order and tells how it goes. Where it is cancelled, the job that it began is paused; one that others began
    /// goes on.</summary>
    /// <returns>Whether nothing of the order is missing.</returns>
    /// <exception cref="ArgumentException">A feed is not known; the message names the nearest.</exception>
    /// <exception cref="BackfillRefusedException">The order can't be.</exception>
    public async Task<bool> Run(BackfillOrder order, Action<BackfillEvent> tell, CancellationToken cancel)
    {
        if (order.IsForced)
        {
            return await _runner.RunForced(order, tell, cancel);
        }

        if (order.IsDryRun)
        {
            TellCost(Estimate.Of(order, platform), tell);
            return true;
        }

        var (running, isOwner, isOpen) = Take(order, tell);
        if (!isOpen)
        {
            return true;
        }

        try
        {
            return await running!.Ended.WaitAsync(cancel) == JobState.Completed;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Abandon(running!, isOwner, tell);
            throw;
        }
        finally
        {
            running!.Leave(tell);
        }
    }

    /// <summary>Takes an order without waiting for it: the job is in the store, and this process works on it where it is told to.</summary>
    /// <param name="order">What to fetch.</param>
    /// <param name="runs">Whether this process begins with it.</param>
    /// <param name="tell">Hears of job, cost and warnings.</param>
    /// <exception cref="BackfillRefusedException">The order can't be.</exception>
    public JobRecord Place(BackfillOrder order, bool runs, Action<BackfillEvent> tell)
    {
        var estimate = Estimate.Of(order, platform);
        lock (_lock)
        {
            var job = Write(order, estimate, tell);
            TellCost(estimate, tell);
            if (runs && job.State == JobState.Queued)
            {
                _ = Working(job) ?? Start(job);
            }

            return job;
        }
    }

    /// <summary>Goes on with all jobs that nobody paused.</summary>
    public void StartUnfinished()
    {
        lock (_lock)
        {
            // What another process works on is worked on together with it.
            foreach (var job in Book.All().Where(j => j.State == JobState.Queued || (IsShared && j.State == JobState.Running)))
            {
                _ = Working(job) ?? Start(job);
            }
        }
    }

    /// <summary>Stops a job until it is resumed.</summary>
    /// <exception cref="BackfillRefusedException">There is no such job, or it is over.</exception>
    public JobRecord Pause(string id) => Halt(id, JobState.Paused);

    /// <summary>Ends a job; what it has committed stays.</summary>
    /// <exception cref="BackfillRefusedException">There is no such job, or it is over.</exception>
    public JobRecord Cancel(string id) => Halt(id, JobState.Cancelled);

    /// <summary>Goes on with a job that was paused, cancelled, or left days missing.</summary>
    /// <exception cref="BackfillRefusedException">There is no such job, or nothing of it is left to do.</exception>
    public JobRecord Resume(string id)
    {
        lock (_lock)
        {
            var job = JobChanges.Resume(Book, id, Now);
            _ = Working(job) ?? Start(job);
            return job;
        }
    }

    /// <summary>Stops the work in this process; the jobs are queued again for the next one.</summary>
    public async Task Stop()
    {
        List<RunningJob> running;
        lock (_lock)
        {
            _isStopping = true;
            running = [.. _running.Values];
            running.ForEach(r => r.Stop());
        }

        await ((Task)Task.WhenAll(running.Select(r => r.Ended))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Finds or makes the job of an order and sees that it runs.</summary>
    private (RunningJob? Job, bool IsOwner, bool IsOpen) Take(BackfillOrder order, Action<BackfillEvent> tell)
    {
        var estimate = Estimate.Of(order, platform);
        lock (_lock)
        {
            var job = Write(order, estimate, tell);
            TellCost(estimate, tell);
            if (job.State == JobState.Completed)
            {
                return (null, false, false);
            }

            if (Working(job) is { } working)
            {
                working.Watch(tell);
                return (working, false, true);
            }

            return (Start(job, tell), true, true);
        }
    }

    /// <summary>The job of an order, queued, running, or completed where nothing is open.</summary>
    private JobRecord Write(BackfillOrder order, Estimate estimate, Action<BackfillEvent> tell)
    {
        var known = Book.Find(estimate.Plan.Id);
        if (known is null && Book.All().Count(j => j.State.IsUnfinished()) >= MaxUnfinished)
        {
            throw new BackfillRefusedException($"{MaxUnfinished} jobs are unfinished: cancel some of them first ('aurum jobs')");
        }

        JobRecord job;
        if (known is not null && Working(known) is { } working)
        {
            Book.Prioritise(known.Id, order.Priority);
            working.Prioritise(order.Priority);
            job = known with { Priority = order.Priority };
        }
        else
        {
            job = estimate.ToJob(order, known, Now);
            Book.Write(job, estimate.Plan.Chunks);
        }

        tell(new BackfillEvent(
            BackfillEventKind.Job,
            known is null
                ? $"job {job.Id} is new, priority {job.Priority}"
                : $"job {job.Id} is known: the same order was {known.State.Word()}, priority {job.Priority}",
            Job: job.Id));
        return job;
    }

    private static void TellCost(Estimate estimate, Action<BackfillEvent> tell)
    {
        tell(new BackfillEvent(
            BackfillEventKind.Cost,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{estimate.Days:N0} days asked for, {estimate.Days - estimate.Open.Count:N0} already there; {estimate.Cost}"),
            estimate.Open.Count));
        foreach (var warning in estimate.Cost.Warnings)
        {
            tell(new BackfillEvent(BackfillEventKind.Warning, $"warning: {warning}"));
        }
    }

    /// <summary>The work on a job in this process; null where none is under way, or only to its end.</summary>
    private RunningJob? Working(JobRecord job) =>
        job.State is JobState.Queued or JobState.Running
        && _running.GetValueOrDefault(job.Id) is { Stopped.IsCancellationRequested: false } running
            ? running
            : null;

    private RunningJob Start(JobRecord job, Action<BackfillEvent>? watcher = null)
    {
        var before = _running.GetValueOrDefault(job.Id)?.Ended ?? Task.FromResult(job.State);
        var running = new RunningJob(job.Id, job.Priority, job.CreatedAt.ToUnixTimeTicks());
        if (watcher is not null)
        {
            running.Watch(watcher);
        }

        _running[job.Id] = running;
        running.Ended = Task.Run(() => Work(running, before), CancellationToken.None);
        return running;
    }

    private async Task<JobState> Work(RunningJob running, Task before)
    {
        // The same job may have been paused a moment ago and be about to end.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (!Book.Move(running.Id, [JobState.Queued], JobState.Running, "", Now)
                && Book.Find(running.Id)!.State is var state && !(IsShared && state == JobState.Running))
            {
                return state;
            }

            log($"backfill job {running.Id} runs");
            var ended = await _runner.Run(running);
            log($"backfill job {running.Id} is {ended.Word()}");
            return ended;
        }
        catch (Exception e)
        {
            log($"backfill job {running.Id} failed: {e.Message}");
            throw;
        }
        finally
        {
            lock (_lock)
            {
                if (_running.GetValueOrDefault(running.Id) == running)
                {
                    _running.Remove(running.Id);
                }
            }
        }
    }

    private JobRecord Halt(string id, JobState to)
    {
        lock (_lock)
        {
            var job = JobChanges.Halt(Book, id, to, Now);
            _running.GetValueOrDefault(job.Id)?.Stop();
            return job;
        }
    }

    /// <summary>Who began the job is gone: it waits until somebody wants it again. A process that ends leaves it queued.</summary>
    private async Task Abandon(RunningJob running, bool isOwner, Action<BackfillEvent> tell)
    {
        if (!isOwner || _isStopping)
        {
            return;
        }

        running.Leave(tell);
        lock (_lock)
        {
            if (Book.Move(running.Id, [JobState.Queued, JobState.Running], JobState.Paused, "whoever ordered it left", Now))
            {
                running.Stop();
            }
        }

        await ((Task)running.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        tell(new BackfillEvent(
            BackfillEventKind.Stopped,
            $"job {running.Id} is paused: 'aurum jobs resume {running.Id}' goes on with it, and so does the same order",
            Job: running.Id));
    }
}
