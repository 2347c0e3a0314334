using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Revision conformance on PostgreSQL, with every delivery compared by the engine.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresStagedRevisionTests(PostgresServer server) : RevisionConformance
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open(mostRowsInMemory: 0);
}
