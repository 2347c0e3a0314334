using System.Globalization;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Fetches the days of an order that the ledger lacks, and tells how it goes. The command line and the HTTP API run the same
/// job. May be stopped at any time: what is committed stays, and the next run goes on from there.</summary>
internal sealed class BackfillJob(Platform platform)
{
    /// <summary>How often a day is asked for again before it is left as a gap.</summary>
    private const int Passes = 5;

    /// <returns>Whether nothing of the order is missing.</returns>
    /// <exception cref="ArgumentException">A feed is not known; the message names the nearest.</exception>
    public async Task<bool> Run(BackfillOrder order, Action<BackfillEvent> tell, CancellationToken cancel)
    {
        var now = platform.Clock.GetCurrentInstant();
        var wanted = order.Feeds.SelectMany(id => Days(FeedCatalog.Find(new FeedId(id)), order, now)).ToList();
        var items = order.IsForced ? wanted : [.. wanted.Where(platform.Collector.IsOpen)];
        var cost = BackfillCost.Of(items, platform.Sites, platform.Store, now);
        tell(new BackfillEvent(
            BackfillEventKind.Cost,
            string.Create(CultureInfo.InvariantCulture,
                $"{wanted.Count:N0} days asked for, {wanted.Count - items.Count:N0} already there; {cost}"),
            items.Count));
        if (order.IsDryRun || items.Count == 0)
        {
            return true;
        }

        var totals = new BackfillTotals();
        void OnDay(DayReport report)
        {
            totals.Add(report);
            tell(new BackfillEvent(BackfillEventKind.Day, report.ToString(), report.Outcome.IsSettled() ? 1 : 0));
        }

        var open = order.IsForced
            ? await platform.Collector.RunOnce(items, OnDay, cancel)
            : await platform.Collector.RunBackfill(items, Passes, OnDay, cancel);
        foreach (var item in open)
        {
            var entry = platform.Store.Ledger.Find(item.Feed.Id, item.Day.Date);
            tell(new BackfillEvent(BackfillEventKind.Gap, $"gap: {item} {entry?.Outcome} {entry?.Why}".TrimEnd()));
        }

        tell(new BackfillEvent(BackfillEventKind.Done, totals.ToString()));
        return open.Count == 0;
    }

    /// <summary>Newest first: what people look at comes before history.</summary>
    private static IEnumerable<WorkItem> Days(Feed feed, BackfillOrder order, Instant now)
    {
        var last = Planner.LastDay(feed, now).Date;
        var to = order.To is { } asked && (order.IsForced || asked < last) ? asked : last;
        for (var date = to; date >= order.From; date = date.PlusDays(-1))
        {
            yield return new WorkItem(feed, feed.Day(date));
        }
    }
}
