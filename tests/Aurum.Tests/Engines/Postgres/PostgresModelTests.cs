using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Model conformance on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresModelTests(PostgresServer server) : ModelConformance
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
