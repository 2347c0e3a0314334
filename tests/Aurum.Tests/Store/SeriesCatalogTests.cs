using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Store;
using Aurum.Store.DuckDb;
using Aurum.Store.Reading;

namespace Aurum.Tests.Store;

/// <summary>Rows that are not of a time: the catalog of series.</summary>
public sealed class SeriesCatalogTests : StoreConformance
{
    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();

    [Fact]
    public void An_entry_that_changes_has_a_revision_and_the_old_one_stays_readable()
    {
        Deliver(StoreFeeds.Catalog, [Entry("A", "old"), Entry("B", "b")], At(0));
        var again = Deliver(StoreFeeds.Catalog, [Entry("A", "old"), Entry("B", "b")], At(10), day: Day.PlusDays(1));
        var changed = Deliver(StoreFeeds.Catalog, [Entry("A", "new"), Entry("C", "c")], At(20), day: Day.PlusDays(2));

        Assert.Equal((0L, 2L), (again.Written, again.Identical));
        Assert.Equal((1L, 1L), (changed.New, changed.Changed));
        Assert.Equal(["A new 2", "B b 1", "C c 1"], Titles(new RowQuery("series_catalog")));
        Assert.Equal(["A old 1", "B b 1"], Titles(new RowQuery("series_catalog") { AsOf = At(19) }));
    }

    [Fact]
    public void Pages_follow_the_ids()
    {
        Deliver(StoreFeeds.Catalog, [Entry("C", "c"), Entry("A", "a"), Entry("B", "b")], At(0));
        using var first = Store.Read.Rows(new RowQuery("series_catalog") { Limit = 2 });
        while (first.NextChunk())
        {
        }

        Assert.Equal(["C c 1"], Titles(new RowQuery("series_catalog") { Limit = 2, After = first.NextCursor }));
        Assert.Throws<ArgumentException>(() => Store.Read.Rows(new RowQuery("series_catalog") { Start = At(0) }));
    }

    [Fact]
    public void An_entry_twice_counts_once_and_a_contradiction_is_held_back()
    {
        var receipt = Deliver(StoreFeeds.Catalog, [Entry("A", "a"), Entry("A", "a"), Entry("A", "z")], At(0));

        Assert.Equal((1L, 1L, 1L), (receipt.New, receipt.Duplicate, receipt.Quarantined));
    }

    [Fact]
    public void The_table_contract_has_times_and_the_first_and_last_knowledge()
    {
        Deliver(StoreFeeds.Catalog, [Entry("A", "old") with { StartDate = new Symbol("1970-01-01") }], At(0));
        Deliver(StoreFeeds.Catalog, [Entry("A", "new") with { StartDate = new Symbol("1970-01-01") }], At(60), day: Day.PlusDays(1));
        using var row = Store.Read.Sql("""
            select provider, series_id, title, unit_code, start_ts, end_ts, created_at, ingest_ts, version, iso_market
            from external_series_catalog
            """);

        Assert.True(row.NextChunk());
        Assert.Equal(
            ["fred", "A", "new", "USD/bbl", NodaTime.Instant.FromUtc(1970, 1, 1, 0, 0), null, At(0), At(60), 2L, null],
            Enumerable.Range(0, 10).Select(i => row.Value(i, 0)));
    }

    [Fact]
    public void A_store_of_version_4_keeps_its_rows_and_gets_the_catalog()
    {
        using var folder = new TestFolder();
        using (var store = DuckDbStores.Open(folder.Path))
        {
            using var intake = store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), At(0));
            intake.AddFile(FileOf(StoreFeeds.Prices, Day));
            intake.Append([Price(0, 10)]);
            intake.Commit(Complete);
        }

        using (var database = DuckDbDatabase.Open(folder["aurum.duckdb"]))
        using (var connection = database.Connect())
        {
            connection.Execute("DROP VIEW external_series_catalog; DROP VIEW series_catalog; DROP VIEW series_catalog_current");
            connection.Execute("DROP TABLE series_catalog_rows; UPDATE schema_version SET version = 4");
        }

        using var again = DuckDbStores.Open(folder.Path);
        Assert.Equal((1L, 0L), (again.Read.RowCounts()["iso_lmp"], again.Read.RowCounts()["series_catalog"]));
    }

    private static SeriesListing Entry(string id, string title) =>
        new SeriesListing(new Symbol(id), new Symbol(title), new Symbol("series")).WithUnit("Dollars per Barrel");

    private List<string> Titles(RowQuery query)
    {
        using var reader = Store.Read.Rows(query);
        var names = reader.Columns.Select(c => c.Name).ToList();
        List<string> lines = [];
        while (reader.NextChunk())
        {
            for (var row = 0; row < reader.Count; row++)
            {
                lines.Add($"{Cell("series_id", row)} {Cell("title", row)} {Cell("revision", row)}");
            }
        }

        return lines;

        object? Cell(string name, int row) => reader.Value(names.IndexOf(name), row);
    }
}
