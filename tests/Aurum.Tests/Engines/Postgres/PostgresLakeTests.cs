using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Lake.Reading;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The lake over PostgreSQL: the same tables as over the file.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresLakeTests(PostgresServer server) : LakeFollowerConformance
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public void The_same_deliveries_are_the_same_rows_in_the_lake_whichever_engine_keeps_the_store()
    {
        (Feed<LmpRow> Feed, double Price)[] deliveries =
            [(StoreFeeds.Prices, 10), (StoreFeeds.NewYork, 0.1 + 0.2), (StoreFeeds.Prices, -11.5), (StoreFeeds.NewYork, 20)];
        foreach (var (feed, price) in deliveries)
        {
            Deliver(feed, Day, price);
            new LakeFollower(Store, Lake).Sync();
        }

        using var file = new FileLake();
        file.Follow(deliveries);

        var ours = Lake.Texts($"SELECT CAST(r AS VARCHAR) FROM ({Lake.Table(Prices).ReadSql(new LakeRead())}) r ORDER BY 1");
        Assert.Equal(230, ours.Count);
        Assert.Equal(file.Rows(), ours);
    }

    protected override int Rounds => 2;

    protected override AurumStore Open(string folder) => _stores.Open();

    /// <summary>A lake over a file.</summary>
    private sealed class FileLake : LakeFollowerConformance
    {
        public void Follow((Feed<LmpRow> Feed, double Price)[] deliveries)
        {
            foreach (var (feed, price) in deliveries)
            {
                Deliver(feed, Day, price);
            }

            new LakeFollower(Store, Lake).Sync();
        }

        public IReadOnlyList<string> Rows() =>
            Lake.Texts($"SELECT CAST(r AS VARCHAR) FROM ({Lake.Table(Prices).ReadSql(new LakeRead())}) r ORDER BY 1");

        protected override AurumStore Open(string folder) => DuckDbStores.Open(folder);
    }
}
