using System.Collections.Concurrent;
using Aurum.Store.Engines;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>The store's schema in a PostgreSQL database, which other processes may have open too.</summary>
internal sealed class PostgresDatabase : EngineDatabase
{
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private PostgresSharing? _sharing;

    /// <param name="options">Where and how.</param>
    /// <param name="asOwner">Whether to connect as the owner of the tables.</param>
    /// <param name="time">Tells how long a connection has been idle.</param>
    public PostgresDatabase(PostgresOptions options, bool asOwner, TimeProvider time)
    {
        Options = options;
        _time = time;
        var dsn = asOwner && options.OwnerDsn.Length > 0 ? options.OwnerDsn : options.Dsn;
        var builder = new NpgsqlDataSourceBuilder(Settings(options, dsn).ConnectionString);
        builder.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        _source = builder.Build();
    }

    public PostgresOptions Options { get; }

    public override SqlDialect Dialect => PostgresSql.Instance;

    public override EngineSharing? Sharing => _sharing;

    /// <summary>Types of the columns of tables that are appended to, by table.</summary>
    public ConcurrentDictionary<string, PostgresColumn[]> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>Partitions that are known to be there, as table and month.</summary>
    public ConcurrentDictionary<(string Table, int Month), bool> Rooms { get; } = [];

    public override PostgresConnection Connect()
    {
        try
        {
            return new PostgresConnection(this, _source.OpenConnection(), _time);
        }
        catch (NpgsqlException error)
        {
            throw new PostgresEngineException(error);
        }
    }

    /// <summary>Takes part in the locks of the processes that have the database open.</summary>
    public PostgresSharing Share() => _sharing ??= new PostgresSharing(this);

    public override void Dispose()
    {
        _sharing?.Dispose();
        _source.Dispose();
    }

    private static NpgsqlConnectionStringBuilder Settings(PostgresOptions options, string dsn) =>
        new(PostgresOptions.Connection(dsn, "Postgres.Dsn").ConnectionString)
        {
            ApplicationName = "aurum",
            Timeout = options.ConnectSeconds,
            CommandTimeout = options.StatementSeconds + 5,
            CancellationTimeout = 2_000,
            MaxPoolSize = options.MaxConnections,
            SearchPath = $"{options.Schema},public",
            Timezone = "UTC",
            KeepAlive = 30,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 3,
            Enlist = false,
            Options = string.Join(' ', new (string Name, string Value)[]
            {
                ("statement_timeout", $"{options.StatementSeconds}s"),
                ("lock_timeout", $"{options.CommitWaitSeconds}s"),
                ("DateStyle", "ISO"),
                ("client_min_messages", "warning"),
            }.Select(o => $"-c {o.Name}={o.Value}")),
        };
}

/// <summary>A column of a table: its name, and the number of its type.</summary>
internal readonly record struct PostgresColumn(string Name, uint Type);
