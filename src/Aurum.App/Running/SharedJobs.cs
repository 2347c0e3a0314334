using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Jobs;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Works on the backfill jobs of a database that several processes have: all of them take days of the same jobs, each day under a
/// lease. A process that dies leaves its days to the others; how far a job is follows from the ledger, whoever did it.</summary>
/// <param name="platform">Store and pipeline.</param>
/// <param name="days">Days under leases.</param>
/// <param name="log">Hears a sentence when a job begins and ends here.</param>
internal sealed class SharedJobs(Platform platform, SharedDays days, Action<string> log) : IAsyncDisposable
{
    /// <summary>Days that are leased before the ledger is looked at again, and how many of them are worked on at the same time.</summary>
    private const int Leased = 16;
    private const int AtOnce = 4;

    /// <summary>Wait before a day is asked for the second time; doubles with each further one.</summary>
    private static readonly Duration FirstWait = Duration.FromSeconds(10);

    /// <summary>Jobs that this process speaks for: a job that runs and that nobody speaks for is queued again when a process
    /// starts.</summary>
    private readonly Dictionary<string, LeaseKeeper> _ours = new(StringComparer.Ordinal);

    /// <summary>Jobs that this program cannot work on, and has said so.</summary>
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);

    private JobBook Book => platform.Store.Jobs;

    private Instant Now => platform.Clock.GetCurrentInstant();

    /// <summary>Works on all jobs, the first by priority and age first, until it is cancelled, which is no error.</summary>
    public async Task Run(Action<DayReport> onDay, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                if (!await Riding(() => Round(onDay, cancel), cancel))
                {
                    await Task.Delay(days.Look.ToTimeSpan(), platform.Time, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked: the days in hand come again.
        }
    }

    /// <summary>Works on one job until it is over, paused or cancelled, whoever does its days.</summary>
    /// <returns>How it stands.</returns>
    public async Task<JobState> RunToEnd(string id, Action<DayReport> onDay, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            JobRecord? job = null;
            var hasWorked = await Riding(
                async () => (job = Book.Find(id)!).State.IsOpen() && await Step(job, ItemsOf(job), onDay, cancel), cancel);
            if (job is { State: var state } && !state.IsOpen())
            {
                await Leave(id);
                return state;
            }

            if (!hasWorked)
            {
                await Task.Delay(ShortLook, platform.Time, cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keeper in _ours.Values)
        {
            await keeper.DisposeAsync();
        }
    }

    /// <summary>A person waits: the end is to be seen soon, also where others do the last days.</summary>
    private TimeSpan ShortLook => Duration.Min(days.Look, Duration.FromSeconds(1)).ToTimeSpan();

    private async Task<bool> Riding(Func<Task<bool>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (EngineException error) when (!error.NeedsPerson)
        {
            await days.Ride(error, cancel);
            return false;
        }
    }

    /// <summary>Some days of the first job that has some. False: there were none.</summary>
    private async Task<bool> Round(Action<DayReport> onDay, CancellationToken cancel)
    {
        var jobs = Book.All().Where(static j => j.State.IsOpen()).OrderBy(static j => j.Priority).ThenBy(static j => j.CreatedAt).ToList();
        foreach (var over in _ours.Keys.Except(jobs.Select(static j => j.Id)).ToList())
        {
            await Leave(over);
        }

        foreach (var job in jobs)
        {
            if (TryItemsOf(job) is { } items && await Step(job, items, onDay, cancel))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Some days of a job; marks it as over where nothing is left to be done. False: there were none to be had.</summary>
    private async Task<bool> Step(
        JobRecord job, IReadOnlyList<WorkItem> items, Action<DayReport> onDay, CancellationToken cancel)
    {
        if (Book.Move(job.Id, [JobState.Queued], JobState.Running, "", Now))
        {
            log($"backfill job {job.Id} runs");
        }

        await Speak(job.Id);
        var open = platform.Collector.OpenOf(items);
        var (due, isOver) = Due(open, Book.Find(job.Id)!.StartedAt ?? Now);
        if (isOver)
        {
            await End(job.Id, items.Count, open);
            return true;
        }

        using var answers = new SharedAnswers();
        return await days.Run(
            due,
            platform.Collector.OpenOf,
            (Leased, AtOnce),
            async (item, lease, token) => onDay(await platform.Ingest.Run(item.Feed, item.Day, isLive: false, token, answers, lease)),
            cancel);
    }

    /// <summary>The days of a job; null where it has feeds that this program does not know: a process of another version may.</summary>
    private IReadOnlyList<WorkItem>? TryItemsOf(JobRecord job)
    {
        try
        {
            return ItemsOf(job);
        }
        catch (ArgumentException unknown)
        {
            if (_left.Add(job.Id))
            {
                log($"backfill job {job.Id} is left to other workers: {unknown.Message}");
            }

            return null;
        }
    }

    private IReadOnlyList<WorkItem> ItemsOf(JobRecord job) =>
        JobPlan.Items(job.Feeds, Book.Chunks(job.Id).Select(static c => c.Chunk));

    /// <summary>What of the open days may be asked for now, and whether none will be: each has had all its tries since the job was begun,
    /// or its publisher no longer shows it.</summary>
    private (IReadOnlyList<WorkItem> Due, bool IsOver) Due(IReadOnlyList<WorkItem> open, Instant since)
    {
        var now = Now;
        var tries = open.GroupBy(static i => i.Feed.Id).ToDictionary(static f => f.Key, f => platform.Store.Ledger.TriesSince(
            f.Key, f.Min(static i => i.Day.Date), f.Max(static i => i.Day.Date), since));
        var left = open.Where(i => Retention.IsShown(i, now)).Select(i => (Item: i, Had: tries[i.Feed.Id].GetValueOrDefault(i.Day.Date)))
            .Where(static i => i.Had.Tries < JobRunner.Passes).ToList();
        return (
            [.. left.Where(i => i.Had.Tries == 0 || i.Had.Last + WaitAfter(i.Had.Tries) <= now).Select(static i => i.Item)],
            left.Count == 0);
    }

    private static Duration WaitAfter(long tries) => FirstWait * (1 << (int)(tries - 1));

    private async Task End(string id, int ordered, IReadOnlyList<WorkItem> open)
    {
        var state = open.Count == 0 ? JobState.Completed : JobState.Incomplete;
        var why = open.Count == 0 ? "" : $"{open.Count} of {ordered} days are still missing; the first is {open[0]}";
        if (Book.Move(id, [JobState.Queued, JobState.Running], state, why, Now))
        {
            log($"backfill job {id} is {state.Word()}");
        }

        await Leave(id);
    }

    /// <summary>Others may speak for it, where it goes on.</summary>
    private async Task Leave(string id)
    {
        if (_ours.Remove(id, out var keeper))
        {
            await keeper.DisposeAsync();
        }
    }

    /// <summary>Sees that somebody speaks for a job.</summary>
    private async Task Speak(string id)
    {
        if (_ours.TryGetValue(id, out var keeper))
        {
            if (keeper.All is [var lease] && !keeper.Lost(lease).IsCancellationRequested)
            {
                return;
            }

            await Leave(id);
        }

        _ours[id] = days.Take(new FeedId($"job/{id}"));
    }
}
