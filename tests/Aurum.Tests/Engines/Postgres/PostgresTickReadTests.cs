using Aurum.Cluster.Postgres;
using Aurum.App.Ingest;
using Aurum.Store;
using Aurum.Tests.Api.Ticks;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The tests of <see cref="TickReadTests"/> on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresTickReadTests(PostgresTickReading reading) : TickReadTests(reading), IClassFixture<PostgresTickReading>;

/// <summary>The tests of <see cref="TickRevisionTests"/> on PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresTickRevisionTests(PostgresServer server) : TickRevisionTests
{
    private protected override Task<TickServer> StartAsync() => PostgresTickReading.StartAsync(server.NewDatabase());
}

/// <summary>A server on PostgreSQL that takes ticks in itself.</summary>
public sealed class PostgresTickReading(PostgresServer server) : TickReading
{
    internal static Task<TickServer> StartAsync(PostgresOptions options) => TickServer.StartAsync(
        open: (folder, time) => PostgresStore.Open(new StoreOptions(folder), options, StoredFeeds.All, time, time));

    private protected override Task<TickServer> StartAsync() => StartAsync(server.NewDatabase());
}
