using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Model conformance on PostgreSQL, with every delivery compared by the engine.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresStagedModelTests(PostgresServer server) : ModelConformance
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open(mostRowsInMemory: 0);
}
