using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Opens stores on PostgreSQL, in a schema and a folder of the test's own.</summary>
internal sealed class PostgresStores(PostgresServer server) : IDisposable
{
    private readonly TestFolder _folder = new();

    public PostgresOptions Options { get; } = server.NewSchema();

    /// <param name="mostRowsInMemory">Rows up to which a delivery is compared in memory; null: as usual.</param>
    /// <param name="process">Which of several processes on the database it plays: each has a data directory of its own.</param>
    public AurumStore Open(int? mostRowsInMemory = null, string process = "a")
    {
        var options = new StoreOptions(Path.Combine(_folder.Path, process)) { IntakeWaitSeconds = 20 };
        return PostgresStore.Open(
            mostRowsInMemory is { } most ? options with { MostRowsInMemory = most } : options,
            Options,
            StoreFeeds.All,
            new StoppedClock(Instant.FromUtc(2025, 3, 5, 0, 0)),
            TimeProvider.System);
    }

    public string Psql(string sql, string role = "aurum_app") =>
        PostgresServer.Psql(server.Dsn(role), $"SET search_path = {Options.Schema}; {sql}");

    public void Dispose() => _folder.Dispose();
}
