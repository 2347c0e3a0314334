using Aurum.Store;
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

    protected override AurumStore Open() => _stores.Open();

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
