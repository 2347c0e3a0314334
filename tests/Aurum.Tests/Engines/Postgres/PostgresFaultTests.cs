using Aurum.Cluster.Postgres;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>A server that dies: one of the test's own.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresFaultTests
{
    [Fact]
    public async Task A_server_that_was_killed_is_reached_again_when_it_is_back_and_has_all_that_was_acknowledged()
    {
        using var server = new PostgresServer();
        using var stores = new PostgresStores(server, isNew: true);
        using var store = stores.Open();
        store.Sinks.Move("x", 1, Instant.FromUtc(2025, 3, 1, 0, 0));
        server.Process.Kill();
        var error = Assert.Throws<PostgresEngineException>(() => store.Sinks.Move("x", 2, Instant.FromUtc(2025, 3, 1, 0, 1)));
        Assert.True(error.IsTransient);
        await server.StartAgain();
        store.Sinks.Move("x", store.Sinks.Cursor("x") + 2, Instant.FromUtc(2025, 3, 1, 0, 2));
        Assert.Equal(3, store.Sinks.Cursor("x"));
    }
}
