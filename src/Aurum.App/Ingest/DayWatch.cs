using System.Collections.Concurrent;
using Aurum.Market.Feeds;
using Aurum.Quality.Balances;
using Aurum.Quality.History;
using Aurum.Quality.Suites;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Watch;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>Looks at rows after they are stored: whether what must agree does, and whether a whole day is like those before it. It
/// warns and holds nothing back, and is no part of the delivery: what a process that was killed did not come to is looked at by the
/// next one.</summary>
/// <param name="store">Where rows and findings are.</param>
internal sealed class DayWatch(AurumStore store)
{
    /// <summary>How far back the next process makes up for what a killed one did not come to.</summary>
    private static readonly Duration Reach = Duration.FromDays(7);

    private const int MinutesOfHour = 60;

    private readonly ConcurrentDictionary<string, (IReadOnlyList<ZScoreExpectation>, IReadOnlyList<StabilityExpectation>)> _expected = [];

    private static readonly ILookup<FeedId, Balance> BalancesOf = BalanceList.All
        .SelectMany(static b => b.Feeds.Select(feed => (Feed: feed, Balance: b))).ToLookup(static b => b.Feed, static b => b.Balance);

    /// <summary>To be called when a delivery is stored.</summary>
    public void Look(DayReport report)
    {
        // The delivery that makes a day whole may bring nothing new.
        if (report.Receipt.Written > 0
            || (report.IsComplete && report.Receipt.RowsIn > 0 && !store.Watch.WasWhole(report.Feed.Id, report.Day.Date)))
        {
            var look = new Look(report.Feed.Id, report.Day, report.Receipt.OutboxId, report.Receipt.KnownAt);
            Look(report.Feed, look, report.IsComplete);
        }
    }

    /// <summary>Looks at what an earlier process stored and did not look at.</summary>
    public void CatchUp(Instant now)
    {
        foreach (var missed in store.Watch.Missed(now - Reach))
        {
            if (FeedCatalog.TryFind(missed.Feed) is { } feed)
            {
                Look(feed, new Look(missed.Feed, feed.Day(missed.Day), missed.DeliveryId, missed.KnownAt), missed.IsComplete);
            }
        }
    }

    private void Look(Feed feed, Look look, bool isComplete)
    {
        var balances = BalancesOf[feed.Id].Where(b => isComplete || !IsOfPrices(b)).ToList();
        foreach (var balance in balances)
        {
            store.Watch.Settle(balance, FeedCatalog.Find, look);
        }

        var isJudged = isComplete && LookAtHistory(feed, look);
        if (balances.Count > 0 || isJudged)
        {
            store.Watch.Done(look, isComplete);
        }
    }

    /// <summary>Holds a whole day against the days before; feeds without a rhythm have no usual day.</summary>
    private bool LookAtHistory(Feed feed, Look look)
    {
        if (feed.Readings is null && feed.IntervalMinutes is not <= MinutesOfHour)
        {
            return false;
        }

        var (unusual, stable) = _expected.GetOrAdd(feed.Suite, static name =>
        {
            var suite = Suite.Load(name);
            return (ZScoreExpectation.Of(suite), StabilityExpectation.Of(suite));
        });
        foreach (var expected in unusual)
        {
            store.Watch.Replace(look, expected.Name, store.History.Unusual(feed, look, expected));
        }

        foreach (var expected in stable)
        {
            store.History.Drifted(feed, look, expected);
        }

        return unusual.Count + stable.Count > 0;
    }

    /// <summary>Prices have many places and are of no use to a running day: they wait until it is whole.</summary>
    private static bool IsOfPrices(Balance balance) =>
        balance.Terms.Any(static t => FeedCatalog.Find(t.Feed).Contract?.IsoProduct == IsoProduct.Lmp);
}
