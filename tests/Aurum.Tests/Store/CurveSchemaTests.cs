using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.DuckDb;
using Aurum.Store.Rows;
using Aurum.Tests.Ingest;
using NodaTime;

namespace Aurum.Tests.Store;

public sealed class CurveSchemaTests
{
    private static readonly LocalDate AsOf = new(2025, 9, 17);
    private static readonly Instant Now = Instant.FromUtc(2025, 9, 17, 18, 0);
    private static readonly CurveFeed Eugp = CurveFeeds.Vendors.Single(v => v.Vendor == "eugp");

    [Fact]
    public void A_store_of_version_5_keeps_its_rows_and_gets_the_tables_of_curves()
    {
        using var folder = new TestFolder();
        using (var store = DuckDbStores.Open(folder.Path))
        {
            using var intake = store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(AsOf), Now);
        }

        using (var database = DuckDbDatabase.Open(folder["aurum.duckdb"]))
        using (var connection = database.Connect())
        {
            foreach (var table in new[] { "curve_observation", "curve_landing" })
            {
                connection.Execute($"DROP VIEW {table}; DROP VIEW {table}_current; DROP TABLE {table}_rows");
            }

            connection.Execute("DROP TABLE curve_branches; DROP TABLE curve_loads; UPDATE schema_version SET version = 5");
        }

        using var again = Open(folder);
        Assert.Equal(2, Store(again, Eugp.Landing, [Landed(31.5), Landed(32.5, "Calendar 2026")], 0).New);
        using var reader = again.Read.Sql("select (select count(*) from curve_branches) + (select count(*) from curve_loads) as n");
        Assert.True(reader.NextChunk());
        Assert.Equal(0, reader.Whole(0, 0));
    }

    [Fact]
    public void A_quote_that_changes_is_a_revision_and_other_dates_are_not_looked_at()
    {
        using var folder = new TestFolder();
        using var store = Open(folder);
        Assert.Equal((1, 0, 0), Counts(Store(store, Eugp.Merged, [Quote(31.5)], 0)));
        Assert.Equal((1, 0, 0), Counts(Store(store, Eugp.Merged, [Quote(31.5, asOf: AsOf.PlusDays(1))], 1)));
        Assert.Equal((0, 1, 0), Counts(Store(store, Eugp.Merged, [Quote(31.6)], 2)));
        Assert.Equal((0, 0, 1), Counts(Store(store, Eugp.Merged, [Quote(31.6)], 3)));
    }

    private static (long New, long Changed, long Identical) Counts(CommitReceipt receipt) =>
        (receipt.New, receipt.Changed, receipt.Identical);

    private static AurumStore Open(TestFolder folder) => AurumStore.Open(
        new StoreOptions(folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, StoredFeeds.All, new ProviderClock(new HandClock(Now)));

    private static CommitReceipt Store<TRow>(AurumStore store, Feed<TRow> feed, TRow[] rows, int minutes)
        where TRow : struct
    {
        using var intake = store.BeginDay(feed, feed.Day(AsOf), Now + Duration.FromMinutes(minutes));
        var fetch = new Fetch(feed.Id, AsOf, Fetch.HandedOver, "/a.xlsx", "a.xlsx", 0);
        intake.AddFile(new FileRecord(fetch, new string('a', 64), 1, Now));
        intake.Append(rows);
        return intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    private static LandedQuote Landed(double mid, string? label = null) => new(Quote(mid, label), new Symbol("eod_20250917"), null);

    private static CurveQuote Quote(double mid, string? label = null, LocalDate? asOf = null)
    {
        var date = asOf ?? AsOf;
        var identity = new CurveIdentity(AssetClass.Gas, null, "EU", "Dutch_TTF", "EU", "gas", null, null);
        var head = new CurveHead(
            date, "a.xlsx", "Strips - Mid", identity, new CurveUnit("EUR", "MWh"), "EUR/MWh", CurveVersion.HashOf("a.xlsx", "s", date));
        var rules = new TenorRules { Winter = WinterYear.Last, AsOf = date.ToYearMonth() };
        Assert.True(Tenor.TryParse(label ?? "2025-09", rules, out var tenor));
        return new CurveQuote(head, tenor, mid, mid - 0.1, mid + 0.1, new CellAddress(12, 3));
    }
}
