using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Ticks;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The tests of <see cref="TickLanesTests"/> on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresTickLanesTests(PostgresServer server) : TickLanesTests
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
