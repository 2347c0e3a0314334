using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Engines;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Keeps asking for what the ledger lacks. Live collection and backfill differ only in their range of days.</summary>
/// <param name="store">Store.</param>
/// <param name="ingest">Brings one day in.</param>
/// <param name="time">Clock of waits.</param>
/// <param name="clock">Now.</param>
/// <param name="leastRefresh">Least time between two looks at the same day.</param>
internal sealed class Collector(AurumStore store, DayIngest ingest, TimeProvider time, IClock clock, Duration leastRefresh)
{
    /// <summary>Shortest and longest nap between two looks at the ledger.</summary>
    private static readonly Duration ShortestNap = Duration.FromMilliseconds(200);
    private static readonly Duration LongestNap = Duration.FromSeconds(30);

    /// <summary>Days that are asked for before the ledger is looked at again.</summary>
    private const int SliceOfWork = 16;

    /// <summary>Days of one publisher that are worked on at the same time.</summary>
    private const int LanesPerPublisher = 2;

    /// <summary>Wait before the second pass of a backfill; doubles with each further one.</summary>
    private static readonly TimeSpan FirstPassWait = TimeSpan.FromSeconds(10);

    private readonly PublisherLanes _lanes = new(LanesPerPublisher);

    /// <summary>Collects until cancelled: today and the days before it, newest first, then corrections as they fall due.</summary>
    /// <param name="feeds">Feeds.</param>
    /// <param name="lookbackDays">Days before today that are kept whole.</param>
    /// <param name="onDay">Hears of each try.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="shared">How days are shared with other processes; null: there are none.</param>
    public async Task RunLive(
        IReadOnlyList<Feed> feeds, int lookbackDays, Action<DayReport> onDay, CancellationToken cancel, SharedDays? shared = null)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAll(feeds.GroupBy(f => f.Id.Publisher).Select(publisher => Task.Run(
            async () =>
            {
                try
                {
                    await RunPublisher([.. publisher], lookbackDays, onDay, shared, either.Token);
                }
                catch when (!either.IsCancellationRequested)
                {
                    // Whoever started it is to hear of it now, not when the other publishers have nothing left.
                    await either.CancelAsync();
                    throw;
                }
            },
            CancellationToken.None)));
    }

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

    private async Task RunPublisher(
        IReadOnlyList<Feed> feeds, int lookbackDays, Action<DayReport> onDay, SharedDays? shared, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var nap = shared is null
                ? await RunSlice(feeds, lookbackDays, onDay, cancel)
                : await RunLeased(shared, feeds, lookbackDays, onDay, cancel);
            if (nap > Duration.Zero)
            {
                await Task.Delay(Duration.Max(ShortestNap, Duration.Min(nap, LongestNap)).ToTimeSpan(), time, cancel);
            }
        }
    }

    /// <summary>A slice at a time: what falls due while old days are caught up with, today's prices above all, goes first again.</summary>
    /// <returns>How long there is nothing to do.</returns>
    private async Task<Duration> RunSlice(
        IReadOnlyList<Feed> feeds, int lookbackDays, Action<DayReport> onDay, CancellationToken cancel)
    {
        var (due, next) = WorkList.Of(store.Ledger, feeds, lookbackDays, leastRefresh, clock.GetCurrentInstant());
        await Parallel.ForEachAsync(
            due.Take(SliceOfWork),
            new ParallelOptions { MaxDegreeOfParallelism = LanesPerPublisher, CancellationToken = cancel },
            async (item, token) => onDay(await ingest.Run(item.Feed, item.Day, isLive: true, token)));
        return due.Count > SliceOfWork ? Duration.Zero : NapUntil(next);
    }

    /// <summary>The same with days that no other process works on.</summary>
    private async Task<Duration> RunLeased(
        SharedDays shared, IReadOnlyList<Feed> feeds, int lookbackDays, Action<DayReport> onDay, CancellationToken cancel)
    {
        WorkList Look() => WorkList.Of(store.Ledger, feeds, lookbackDays, leastRefresh, clock.GetCurrentInstant());
        try
        {
            var (due, next) = Look();
            var hasWorked = due.Count > 0 && await shared.Run(
                due,
                _ => Look().Due,
                (LanesPerPublisher, LanesPerPublisher),
                async (item, lease, token) => onDay(await ingest.Run(item.Feed, item.Day, isLive: true, token, lease: lease)),
                cancel);
            return hasWorked ? Duration.Zero : due.Count > 0 ? Duration.Min(shared.Look, NapUntil(next)) : NapUntil(next);
        }
        catch (EngineException error) when (!error.NeedsPerson)
        {
            await shared.Ride(error, cancel);
            return error.IsTransient ? ShortestNap : shared.Look;
        }
    }

    private Duration NapUntil(Instant? next) =>
        next is { } instant ? Duration.Max(ShortestNap, instant - clock.GetCurrentInstant()) : LongestNap;
}
