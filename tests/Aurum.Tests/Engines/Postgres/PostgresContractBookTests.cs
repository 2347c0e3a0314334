using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Models;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The tests of <see cref="ContractBookTests"/> on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresContractBookTests(PostgresServer server) : ContractBookTests
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
