using Aurum.Cluster.Postgres;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>Opens stores on PostgreSQL, in a schema and a folder of the test's own.</summary>
/// <param name="server">The server.</param>
/// <param name="isNew">Whether its schema is not there yet.</param>
internal sealed class PostgresStores(PostgresServer server, bool isNew = false) : IDisposable
{
    private const string DsnName = "AURUM_TEST_POSTGRES_DSN";
    private const string SchemaName = "AURUM_TEST_POSTGRES_SCHEMA";

    private readonly TestFolder _folder = new();

    public PostgresOptions Options { get; } = isNew ? server.NewSchema() : server.NewDatabase();

    /// <param name="mostRowsInMemory">Rows up to which a delivery is compared in memory; null: as usual.</param>
    /// <param name="waitSeconds">How long a delivery waits for another one of its feed.</param>
    /// <param name="feeds">Feeds; null: those of tests.</param>
    /// <param name="process">Which of several processes on the database it plays: each has a data directory of its own.</param>
    /// <param name="with">Changes other options; null: none.</param>
    /// <param name="seconds">How long a statement may run, and a connection may take to be made; null: as usual.</param>
    public AurumStore Open(int? mostRowsInMemory = null, string process = "a", int waitSeconds = 20,
        Func<StoreOptions, StoreOptions>? with = null, IReadOnlyList<Feed>? feeds = null, int? seconds = null)
    {
        var options = new StoreOptions(Path.Combine(_folder.Path, process)) { IntakeWaitSeconds = waitSeconds };
        options = with is null ? options : with(options);
        return PostgresStore.Open(
            mostRowsInMemory is { } most ? options with { MostRowsInMemory = most } : options,
            seconds is { } limit ? Options with { StatementSeconds = limit, ConnectSeconds = limit } : Options,
            feeds ?? StoreFeeds.All,
            new StoppedClock(Instant.FromUtc(2025, 3, 5, 0, 0)),
            TimeProvider.System);
    }

    /// <summary>How another process opens this schema.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        [DsnName] = Options.Dsn, [SchemaName] = Options.Schema,
    };

    /// <summary>Opens the schema that another process has named; null where none is.</summary>
    public static AurumStore? OfEnvironment(string folder) => System.Environment.GetEnvironmentVariable(DsnName) is { } dsn
        ? PostgresStore.Open(
            new StoreOptions(folder),
            new PostgresOptions { Dsn = dsn, Schema = System.Environment.GetEnvironmentVariable(SchemaName)! },
            StoreFeeds.All,
            new StoppedClock(Instant.FromUtc(2025, 3, 5, 0, 0)),
            TimeProvider.System)
        : null;

    public string Psql(string sql, string role = "aurum_app") =>
        PostgresServer.Psql(PostgresServer.As(role, Options.Dsn), $"SET search_path = {Options.Schema}; {sql}");

    public void Dispose() => _folder.Dispose();
}
