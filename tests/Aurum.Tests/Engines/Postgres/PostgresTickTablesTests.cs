using Aurum.Cluster.Contracts;
using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Ticks;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The tests of <see cref="TickTablesTests"/> on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresTickTablesTests(PostgresServer server) : TickTablesTests
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public void Events_that_are_not_read_to_their_end_leave_no_connection_behind()
    {
        using var folder = new TestFolder();
        using var store = PostgresStore.Open(
            new StoreOptions(folder.Path),
            _stores.Options with { MaxConnections = 4, ConnectSeconds = 5 },
            StoreFeeds.All,
            new StoppedClock(TickFrames.Start),
            TimeProvider.System);
        store.Ticks.Settle(new TickFrames().First().Settlement);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var events = new SettledTickEvents(store.Ticks, static _ => 1, "aurum@1");
            Assert.Single(events.Of(0, 1, default).Take(1));
        }
    }

    protected override AurumStore Open() => _stores.Open();
}
