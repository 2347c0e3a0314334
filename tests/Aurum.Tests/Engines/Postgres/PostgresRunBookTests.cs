using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Models;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The tests of <see cref="RunBookTests"/> on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresRunBookTests(PostgresServer server) : RunBookTests
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
