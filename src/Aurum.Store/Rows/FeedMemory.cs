using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Ledger;
using Aurum.Store.Sql;
using Aurum.Store.Watch;

namespace Aurum.Store.Rows;

/// <summary>Reads what is remembered of feeds: little of each.</summary>
internal static class FeedMemory
{
    /// <summary>Reads it.</summary>
    /// <param name="engine">Where from.</param>
    /// <param name="only">Of which feed; null for all.</param>
    /// <param name="of">Takes it.</param>
    public static void Read(StoreEngine engine, string? only, Func<FeedId, FeedState> of)
    {
        static FeedId IdOf(EngineRows rows, int i) => new(rows.String(0, i));

        engine.List(
                DeliverySql.AllHours,
                s => s.Bind(only),
                (rows, i) => (Feed: IdOf(rows, i), From: rows.Int64(1, i), Through: rows.Int64(2, i)))
            .ForEach(range => of(range.Feed).Hours.Append(range.From, range.Through));
        engine.List(WatchSql.AllGateResults, s => s.Bind(only), (rows, i) => (Feed: IdOf(rows, i), Delivery: rows.Int64(1, i)))
            .ForEach(result => of(result.Feed).Judged(result.Delivery));
        engine.List(
                LedgerSql.Watermarks,
                s => s.Bind(only),
                (rows, i) => (Feed: IdOf(rows, i), First: rows.Date(1, i), Through: rows.DateOrNull(2, i)))
            .ForEach(mark => of(mark.Feed).Watermark = (mark.First, mark.Through));
        foreach (var latest in engine.List(LedgerSql.Latest, s => s.Bind(only), GapLedger.Entry).GroupBy(static e => e.Feed))
        {
            of(latest.Key).Recall([.. latest]);
        }
    }
}
