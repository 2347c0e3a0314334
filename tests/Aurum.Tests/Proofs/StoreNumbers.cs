using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Reading;

namespace Aurum.Tests.Proofs;

/// <summary>What a sound store's own counts say of each other.</summary>
internal static class StoreNumbers
{
    /// <summary>The single whole number that a query gives.</summary>
    public static long Of(AurumStore store, string sql)
    {
        using var rows = store.Read.Sql(sql);
        Assert.True(rows.NextChunk());
        return rows.Columns[0].Kind == ResultKind.Whole ? rows.Whole(0, 0) : Convert.ToInt64(rows.Value(0, 0), null);
    }

    /// <summary>Every row is of a delivery that counts it, and of a file that is there; what a delivery says that it wrote is
    /// there.</summary>
    public static void AddUp(AurumStore store)
    {
        foreach (var (table, rows) in store.Read.RowCounts())
        {
            Assert.Equal(
                rows, Of(store, $"select coalesce(sum(rows_new + rows_changed), 0) from deliveries where table_name = '{table}'"));
            Assert.Equal(
                0, Of(store, $"select count(*) from {table} r left join files f on f.file_id = r.file_id where f.file_id is null"));
            Assert.Equal(0, Of(store, $"""
                with said as (select feed, known_at, sum(rows_new + rows_changed) as n from deliveries
                  where table_name = '{table}' group by all),
                  held as (select feed, known_at, count(*) as n from {table} group by all)
                select count(*) from said full join held on held.feed = said.feed and held.known_at = said.known_at
                where coalesce(said.n, 0) <> coalesce(held.n, 0)
                """));
        }

        Assert.Equal(
            Of(store, "select coalesce(sum(rows_new), 0) from deliveries"),
            Of(store, "select coalesce(sum(rows_stored), 0) from ledger"));
        Assert.Equal(
            Of(store, "select count(*) from quarantine"),
            Of(store, "select coalesce(sum(rows_quarantined), 0) from deliveries"));
        Assert.Equal(Of(store, "select count(*) from deliveries"), Of(store, "select coalesce(sum(attempts), 0) from ledger"));
    }

    /// <summary>The stored watermark of each feed is the one that follows from the ledger.</summary>
    public static void WatermarksAreTrue(AurumStore store, IEnumerable<Feed> feeds)
    {
        foreach (var feed in feeds)
        {
            Assert.Equal(store.Ledger.ComputeWatermark(feed.Id), store.Ledger.WatermarkOf(feed.Id));
        }
    }

    /// <summary>The bytes have their hashes, and give the same rows once more.</summary>
    public static void AreReproduced(Aurum.App.Platform platform)
    {
        Assert.True(platform.Store.Archive.Verify().IsSound);
        Assert.All(Replay.Verify(platform, CancellationToken.None), table => Assert.True(table.IsEqual, $"{table.Table} differs"));
    }
}
