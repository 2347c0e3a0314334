using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Ticks;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The tests of <see cref="TickReadingTests"/> on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresTickReadingTests : TickReadingTests
{
    private readonly PostgresStores _stores;

    public PostgresTickReadingTests(PostgresServer server)
        : this(new PostgresStores(server))
    {
    }

    private PostgresTickReadingTests(PostgresStores stores)
        : base(stores.Open()) => _stores = stores;

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Reopen(Func<StoreOptions, StoreOptions> with) => _stores.Open(with: with);
}
