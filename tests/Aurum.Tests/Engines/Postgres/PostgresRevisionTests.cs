using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Revision conformance on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresRevisionTests(PostgresServer server) : RevisionConformance
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
