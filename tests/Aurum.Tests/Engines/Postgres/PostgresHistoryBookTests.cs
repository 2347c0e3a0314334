using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Watch;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The tests of <see cref="HistoryBookTests"/> on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresHistoryBookTests : HistoryBookTests
{
    private readonly TestFolder _folder;

    public PostgresHistoryBookTests(PostgresServer server)
        : this(server, new TestFolder())
    {
    }

    private PostgresHistoryBookTests(PostgresServer server, TestFolder folder)
        : base(PostgresStore.Open(new StoreOptions(folder.Path), server.NewDatabase(), [Feed], Clock, TimeProvider.System)) =>
        _folder = folder;

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }
}
