using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Keeps asking for what the ledger lacks. Live collection and backfill differ only in their range of days.</summary>
/// <param name="store">Store.</param>
/// <param name="ingest">Brings one day in.</param>
/// <param name="time">Clock of waits.</param>
/// <param name="clock">Now.</param>
/// <param name="leastRefresh">Least time between two looks at the same day.</param>
/// <param name="holder">Name of this process, for the others that have the database open.</param>
internal sealed class Collector(
    AurumStore store, DayIngest ingest, TimeProvider time, IClock clock, Duration leastRefresh, string holder = "aurum")
{
    /// <summary>Days that are offered to the shared list of work at a time.</summary>
    private const int OfferedDays = 64;

    /// <summary>Longest nap between two looks at the ledger.</summary>
    private static readonly Duration LongestNap = Duration.FromSeconds(30);

    /// <summary>Days that are asked for before the ledger is looked at again.</summary>
    private const int SliceOfWork = 16;

    /// <summary>Days of one publisher that are worked on at the same time.</summary>
    private const int LanesPerPublisher = 2;

    /// <summary>Wait before the second pass of a backfill; doubles with each further one.</summary>
    private static readonly TimeSpan FirstPassWait = TimeSpan.FromSeconds(10);

    private readonly PublisherLanes _lanes = new(LanesPerPublisher);

    /// <summary>Collects until cancelled: today and the days before it, newest first, then corrections as they fall due.</summary>
    public Task RunLive(IReadOnlyList<Feed> feeds, int lookbackDays, Action<DayReport> onDay, CancellationToken cancel) =>
        Task.WhenAll(feeds.GroupBy(f => f.Id.Publisher).Select(publisher => Task.Run(
            () => RunPublisher([.. publisher], lookbackDays, onDay, cancel), cancel)));

    /// <summary>Everything that is due now in the look-back, once, one after the other. Returns when the next item falls due.</summary>
    public async Task<Instant?> RunDue(IReadOnlyList<Feed> feeds, int lookbackDays, Action<DayReport> onDay, CancellationToken cancel)
    {
        while (true)
        {
            var (due, next) = WorkList.Of(store.Ledger, feeds, lookbackDays, leastRefresh, clock.GetCurrentInstant());
            if (due.Count == 0)
            {
                return next;
            }

            foreach (var item in due)
            {
                onDay(await ingest.Run(item.Feed, item.Day, isLive: true, cancel));
            }
        }
    }

    /// <summary>Asks for the given days until each is settled, in at most <paramref name="passes"/>
    /// passes over what is still missing.</summary>
    /// <param name="items">Days, in the order of the work.</param>
    /// <param name="passes">How often a day is asked for before it is left as a gap.</param>
    /// <param name="onDay">Hears of each try.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="rank">Whose turn it is where several jobs want the same publisher; null: all are alike.</param>
    /// <returns>The days that are still not settled.</returns>
    public async Task<IReadOnlyList<WorkItem>> RunBackfill(
        IReadOnlyList<WorkItem> items, int passes, Action<DayReport> onDay, CancellationToken cancel, Func<JobRank>? rank = null)
    {
        using var shared = new SharedAnswers();
        var open = OpenOf(items);
        for (var pass = 1; pass <= passes && open.Count > 0; pass++)
        {
            if (pass > 1)
            {
                await Task.Delay(FirstPassWait * (1 << (pass - 2)), time, cancel);
            }

            await Task.WhenAll(open.GroupBy(i => i.Feed.Id.Publisher).Select(publisher => Parallel.ForEachAsync(
                publisher,
                new ParallelOptions { MaxDegreeOfParallelism = 2 * LanesPerPublisher, CancellationToken = cancel },
                async (item, token) =>
                {
                    // As many wait as work, so that a place that falls free goes to the job whose turn it is.
                    using var lane = await _lanes.Enter(publisher.Key, rank?.Invoke() ?? default, token);
                    onDay(await ingest.Run(item.Feed, item.Day, isLive: false, token, shared));
                })));
            open = OpenOf(open);
        }

        return open;
    }

    /// <summary>Asks for each of the given days once, whatever the ledger says of it.</summary>
    /// <returns>The days that lack rows afterwards.</returns>
    public async Task<IReadOnlyList<WorkItem>> RunOnce(IReadOnlyList<WorkItem> items, Action<DayReport> onDay, CancellationToken cancel)
    {
        using var shared = new SharedAnswers();
        foreach (var item in items)
        {
            onDay(await ingest.Run(item.Feed, item.Day, isLive: true, cancel, shared));
        }

        return OpenOf(items);
    }

    /// <summary>The days that lack rows that should be there by now, in the order given.</summary>
    public IReadOnlyList<WorkItem> OpenOf(IReadOnlyList<WorkItem> items)
    {
        var now = clock.GetCurrentInstant();
        var known = items.GroupBy(i => i.Feed.Id).SelectMany(feed =>
            store.Ledger.Entries(feed.Key, feed.Min(i => i.Day.Date), feed.Max(i => i.Day.Date))).ToDictionary(e => (e.Feed, e.Day));
        return
        [
            .. items.Where(i => known.GetValueOrDefault((i.Feed.Id, i.Day.Date)) is not { } entry
                || !entry.Outcome.IsSettled()
                || (!entry.IsComplete && Planner.IsCompleteBy(i.Feed, i.Day, now))),
        ];
    }

    private async Task RunPublisher(IReadOnlyList<Feed> feeds, int lookbackDays, Action<DayReport> onDay, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            // A slice at a time: what falls due while old days are caught up with, today's prices above all, goes first again.
            var (due, next) = WorkList.Of(store.Ledger, feeds, lookbackDays, leastRefresh, clock.GetCurrentInstant());
            if (store.Work is { } shared)
            {
                if (await RunLeased(shared, due, () => Due(feeds, lookbackDays), onDay, cancel))
                {
                    continue;
                }
            }
            else
            {
                await Parallel.ForEachAsync(
                    due.Take(SliceOfWork),
                    new ParallelOptions { MaxDegreeOfParallelism = LanesPerPublisher, CancellationToken = cancel },
                    async (item, token) => onDay(await ingest.Run(item.Feed, item.Day, isLive: true, token)));
                if (due.Count > SliceOfWork)
                {
                    continue;
                }
            }

            var nap = next is { } instant ? instant - clock.GetCurrentInstant() : LongestNap;
            nap = nap < Duration.FromMilliseconds(200) ? Duration.FromMilliseconds(200) : nap > LongestNap ? LongestNap : nap;
            await Task.Delay(nap.ToTimeSpan(), time, cancel);
        }
    }

    private IReadOnlyList<WorkItem> Due(IReadOnlyList<Feed> feeds, int lookbackDays) =>
        WorkList.Of(store.Ledger, feeds, lookbackDays, leastRefresh, clock.GetCurrentInstant()).Due;

    /// <summary>Works on days that no other process works on. False: there was none.</summary>
    private async Task<bool> RunLeased(
        SharedWork shared, IReadOnlyList<WorkItem> due, Func<IReadOnlyList<WorkItem>> dueNow, Action<DayReport> onDay,
        CancellationToken cancel)
    {
        var offered = due.Take(OfferedDays).ToDictionary(i => (i.Feed.Id.Text, i.Day.Date));
        using var leases = LeaseKeeper.Take(
            shared, holder, [.. offered.Values.Select(i => (i.Feed.Id, i.Day.Date))], LanesPerPublisher, time);
        if (leases.All.Count == 0)
        {
            return false;
        }

        // What another process has done between the look and the lease is not done again.
        var still = dueNow().ToHashSet();
        await Parallel.ForEachAsync(
            leases.All,
            new ParallelOptions { MaxDegreeOfParallelism = LanesPerPublisher, CancellationToken = cancel },
            async (lease, token) =>
            {
                if (offered[(lease.Feed, lease.Day)] is var item && still.Contains(item))
                {
                    onDay(await ingest.Run(item.Feed, item.Day, isLive: true, token, lease: lease));
                }

                leases.Release(lease);
            });
        return true;
    }
}
