using Aurum.Store;
using Aurum.Store.DuckDb;
using Aurum.Store.Reading;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Both engines keep the same.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresContentTests(PostgresServer server) : StoreConformance
{
    private readonly PostgresStores _stores = new(server);
    private readonly DuckDbStores _files = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void The_same_deliveries_have_the_same_content_hash_and_pages_on_both_engines()
    {
        using var file = _files.Open();
        string[] places = ["Ängelholm", "Z", "a", "Zebra_9", "_x", "HUB A", "ab"];
        foreach (var store in (AurumStore[])[file, Store])
        {
            for (var k = 0; k < 4; k++)
            {
                using var intake = store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), At(k));
                intake.AddFile(FileOf(StoreFeeds.Prices, Day));
                intake.Append([.. places.Skip(k % 2).SelectMany((p, i) => PricesOf(24, h => (h * i) - (k > 1 ? 0.1 : 0), p))]);
                intake.Commit(Complete);
            }
        }

        Assert.Equal(file.Read.ContentHash("iso_lmp"), Store.Read.ContentHash("iso_lmp"));
        Assert.Equal(Cursors(file), Cursors(Store));
    }

    [Fact]
    public void A_query_that_is_left_early_costs_no_more_and_its_connection_goes_on()
    {
        using (var reader = Store.Read.Sql("SELECT a FROM generate_series(1, 100000) a, generate_series(1, 100000) b", maxRows: 10))
        {
            Assert.True(reader.NextChunk());
        }

        Assert.Equal(1, Scalar("SELECT 1"));
    }

    [Fact]
    public void Rows_of_every_kind_go_into_a_parquet_file()
    {
        using var file = _files.Open();
        const string Rows = """
            SELECT i AS whole, i / 4.0e0 AS number, CASE WHEN i % 3 = 0 THEN NULL ELSE 'text ü ' || CAST(i AS VARCHAR) END AS words,
              DATE '2025-01-01' + CAST(i % 9 AS INTEGER) AS day, TIMESTAMPTZ '2025-01-01 00:00:00+00' AS instant, i % 2 = 0 AS even
            FROM generate_series(1, 5000) AS g(i)
            """;
        Assert.Equal(ParquetOf(file, Rows), ParquetOf(Store, Rows));
    }

    protected override AurumStore Open() => _stores.Open();

    /// <summary>What DuckDB reads out of the file.</summary>
    private static List<string> ParquetOf(AurumStore store, string sql)
    {
        var path = Path.Combine(store.Options.DataDirectory, "rows.parquet");
        store.Parquet.Write(sql, path);
        using var database = DuckDbDatabase.Open(":memory:");
        using var connection = database.Connect();
        using var read = connection.Prepare(
            $"SELECT CAST(whole AS VARCHAR) || concat_ws('|', number, words, day, instant, even) FROM '{path}' ORDER BY whole");
        using var rows = read.Query();
        List<string> lines = [];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                lines.Add(rows.String(0, i));
            }
        }

        return lines;
    }

    private static List<string> Cursors(AurumStore store)
    {
        List<string> cursors = [];
        for (string? after = null; ;)
        {
            using var reader = store.Read.Rows(new RowQuery("iso_lmp") { Limit = 50, After = after, AllRevisions = true });
            while (reader.NextChunk())
            {
            }

            if ((after = reader.NextCursor) is null)
            {
                return cursors;
            }

            cursors.Add(after);
        }
    }
}
