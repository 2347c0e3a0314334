using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Reading conformance on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresReadingTests(PostgresServer server) : ReadingConformance
{
    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override (string Sql, string List, object? Huge) OwnTypes =>
        ("ARRAY[1, 2] AS list, 170141183460469231731687303715884105727 AS huge", "{1,2}", 170141183460469231731687303715884105727d);

    protected override AurumStore Open() => _stores.Open();
}
