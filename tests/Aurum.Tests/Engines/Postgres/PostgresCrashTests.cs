using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Killed writers on PostgreSQL: their connections end in the middle of a commit.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresCrashTests(PostgresServer server) : CrashTests
{
    private readonly PostgresStores _stores = Migrated(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();

    protected override IReadOnlyDictionary<string, string> Environment => _stores.Environment;

    private static PostgresStores Migrated(PostgresServer server)
    {
        var stores = new PostgresStores(server);
        stores.Open().Dispose();
        return stores;
    }
}
