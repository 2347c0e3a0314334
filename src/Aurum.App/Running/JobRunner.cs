using System.Diagnostics.CodeAnalysis;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Store.Jobs;

namespace Aurum.App.Running;

/// <summary>Does the work of one job: asks for the days that the ledger lacks, and says what came of it.</summary>
internal sealed class JobRunner(Platform platform)
{
    /// <summary>How often a day is asked for before it is left as a gap.</summary>
    public const int Passes = 5;

    /// <summary>Runs a job that is marked as running, and marks how it ended.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever stops a job is written down")]
    public async Task<JobState> Run(RunningJob running)
    {
        try
        {
            var job = platform.Store.Jobs.Find(running.Id)!;
            var items = JobPlan.Items(job.Feeds, platform.Store.Jobs.Chunks(job.Id).Select(c => c.Chunk));
            return await Run(running, items);
        }
        catch (OperationCanceledException) when (running.Stopped.IsCancellationRequested)
        {
            return Stopped(running);
        }
        catch (Exception e)
        {
            End(running, JobState.Failed, e.Message);
            throw;
        }
    }

    /// <summary>Asks for the days of an order at once and once, whatever is there; leaves no job.</summary>
    public async Task<bool> RunForced(BackfillOrder order, Action<BackfillEvent> tell, CancellationToken cancel)
    {
        var items = order.Feeds.SelectMany(id => ForcedDays(FeedCatalog.Find(new FeedId(id)), order)).ToList();
        var cost = BackfillCost.Of(items, platform.Sites, platform.Store, platform.Clock.GetCurrentInstant());
        tell(new BackfillEvent(BackfillEventKind.Cost, $"{items.Count} days asked for again; {cost}", items.Count));
        if (order.IsDryRun || items.Count == 0)
        {
            return true;
        }

        var totals = new BackfillTotals();
        var open = await platform.Collector.RunOnce(items, report => tell(Day(report, totals)), cancel);
        TellEnd(open, totals, tell);
        return open.Count == 0;
    }

    /// <summary>The same together with the other processes that have the database.</summary>
    private async Task<JobState> RunShared(RunningJob running, IReadOnlyList<WorkItem> items, SharedDays days)
    {
        var totals = new BackfillTotals();
        await using var jobs = new SharedJobs(platform, days, static _ => { });
        var state = await jobs.RunToEnd(running.Id, report => running.Tell(Day(report, totals)), running.Stopped);
        TellEnd(platform.Collector.OpenOf(items), totals, running.Tell);
        return state;
    }

    private async Task<JobState> Run(RunningJob running, IReadOnlyList<WorkItem> items)
    {
        if (SharedDays.Of(platform, text => running.Tell(new BackfillEvent(BackfillEventKind.Warning, text))) is { } days)
        {
            return await RunShared(running, items, days);
        }

        var now = platform.Clock.GetCurrentInstant();
        var totals = new BackfillTotals();
        await platform.Collector.RunBackfill(
            [.. items.Where(i => Retention.IsShown(i, now))],
            Passes,
            report => running.Tell(Day(report, totals)),
            running.Stopped,
            () => running.Rank);

        // Days that the publisher no longer shows are missing as well, although nobody was asked for them.
        var open = platform.Collector.OpenOf(items);
        var state = open.Count == 0 ? JobState.Completed : JobState.Incomplete;
        End(running, state, open.Count == 0 ? "" : $"{open.Count} of {items.Count} days are still missing; the first is {open[0]}");
        TellEnd(open, totals, running.Tell);
        return state;
    }

    private JobState Stopped(RunningJob running)
    {
        // Paused or cancelled already, where somebody wanted that; else the process ends.
        End(running, JobState.Queued, "the process that ran it ended");
        var state = platform.Store.Jobs.Find(running.Id)!.State;
        running.Tell(new BackfillEvent(
            BackfillEventKind.Stopped,
            state == JobState.Queued
                ? $"job {running.Id} was stopped; the next 'aurum up' goes on with it"
                : $"job {running.Id} was {state.Word()}; 'aurum jobs resume {running.Id}' goes on with it",
            Job: running.Id));
        return state;
    }

    private void End(RunningJob running, JobState state, string why) => platform.Store.Jobs.Move(
        running.Id, [JobState.Running], state, why, platform.Clock.GetCurrentInstant());

    private void TellEnd(IReadOnlyList<WorkItem> open, BackfillTotals totals, Action<BackfillEvent> tell)
    {
        var now = platform.Clock.GetCurrentInstant();
        foreach (var item in open)
        {
            var entry = platform.Store.Ledger.Find(item.Feed.Id, item.Day.Date);
            var why = entry is not null ? $"{entry.Outcome} {entry.Why}"
                : Retention.IsShown(item, now) ? "never tried"
                : "never tried: the publisher no longer shows it";
            tell(new BackfillEvent(BackfillEventKind.Gap, $"gap: {item} {why}".TrimEnd()));
        }

        tell(new BackfillEvent(BackfillEventKind.Done, totals.ToString()));
    }

    private static BackfillEvent Day(DayReport report, BackfillTotals totals)
    {
        totals.Add(report);
        return new BackfillEvent(BackfillEventKind.Day, report.ToString(), report.Outcome.IsSettled() ? 1 : 0);
    }

    private IEnumerable<WorkItem> ForcedDays(Feed feed, BackfillOrder order)
    {
        var to = order.To ?? Planner.LastDay(feed, platform.Clock.GetCurrentInstant()).Date;
        for (var date = to; date >= order.From; date = date.PlusDays(-1))
        {
            yield return new WorkItem(feed, feed.Day(date));
        }
    }
}
