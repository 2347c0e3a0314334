using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Ledger conformance on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresLedgerTests(PostgresServer server) : LedgerConformance
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
