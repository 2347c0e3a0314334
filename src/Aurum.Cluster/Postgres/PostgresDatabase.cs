using System.Collections.Concurrent;
using Aurum.Store.Engines;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>The store's schema in a PostgreSQL database, which other processes may have open too.</summary>
internal sealed class PostgresDatabase : EngineDatabase
{
    /// <summary>Most time of a statement on leases and limits, and its connections: one that works, one that asks whether the database
    /// is there.</summary>
    private const int QuickSeconds = 20;
    private const int QuickConnections = 4;

    /// <summary>A process from which nothing is heard for less may just have little of its machine.</summary>
    private const int LeastIdleSeconds = 30;

    /// <summary>How often an idle connection that holds locks says that it is there.</summary>
    private const int KeepAliveSeconds = 10;

    private readonly TimeProvider _time;
    private readonly EngineLogin _login;
    private readonly Lock _rotating = new();
    private readonly List<NpgsqlDataSource> _retired = [];
    private readonly bool _holdsLocks;
    private volatile Pool _pool;
    private PostgresSharing? _sharing;

    /// <param name="options">Where and how.</param>
    /// <param name="asOwner">Whether to connect as the owner of the tables.</param>
    /// <param name="time">The clock of waits.</param>
    public PostgresDatabase(PostgresOptions options, bool asOwner, TimeProvider time)
        : this(options, asOwner, holdsLocks: false, time)
    {
    }

    private PostgresDatabase(PostgresOptions options, bool asOwner, bool holdsLocks, TimeProvider time)
    {
        Options = options;
        _holdsLocks = holdsLocks;
        _time = time;
        var (setting, dsn) = asOwner && options.OwnerDsn.Length > 0
            ? ("Postgres:OwnerDsn", options.OwnerDsn)
            : ("Postgres:Dsn", options.Dsn);
        _login = new EngineLogin(options.Secrets, (setting, dsn));
        _pool = PoolOf(dsn);
    }

    public PostgresOptions Options { get; }

    public override SqlDialect Dialect => PostgresSql.Instance;

    public override EngineSharing? Sharing => _sharing;

    /// <summary>Most seconds of a statement that waits for nothing and touches next to nothing.</summary>
    public int AnswerSeconds => Math.Min(Options.StatementSeconds, QuickSeconds);

    /// <summary>Types of the columns of tables that are appended to, by table.</summary>
    public ConcurrentDictionary<string, PostgresColumn[]> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>Partitions that are known to be there, as table and month.</summary>
    public ConcurrentDictionary<(string Table, int Month), bool> Rooms { get; } = [];

    /// <summary>The same database for what is asked often and must never be waited for long: leases, shares of limits, whether it is
    /// there.</summary>
    public PostgresDatabase Quick() => new(
        Options with
        {
            MaxConnections = QuickConnections,
            ConnectSeconds = Math.Min(Options.ConnectSeconds, QuickSeconds),
            StatementSeconds = AnswerSeconds,
            CommitWaitSeconds = Math.Min(Options.CommitWaitSeconds, QuickSeconds),
        },
        asOwner: false,
        _time);

    /// <summary>The same database for locks of a session, which the server takes from a process of which it hears nothing for a while.
    /// A client that asks whether the server is there waits for it: nothing is asked here that takes long.</summary>
    public PostgresDatabase Locks() => new(
        Options with { MaxConnections = QuickConnections, StatementSeconds = Options.CommitWaitSeconds + QuickSeconds },
        asOwner: false,
        holdsLocks: true,
        _time);

    /// <summary>Gives a connection that is open. What signs in is asked for each time: a new password or user has new connections, and
    /// those that are open stay. One that is refused is asked for anew, once.</summary>
    /// <exception cref="PostgresEngineException">The server was not reached, or it refused.</exception>
    public override PostgresConnection Connect() => new(this, Open());

    /// <summary>A connection in place of one that was cut: others that lie idle may be cut too.</summary>
    /// <exception cref="PostgresEngineException">The server was not reached, or it refused.</exception>
    public NpgsqlConnection OpenAnew()
    {
        _pool.Source.Clear();
        return Open();
    }

    /// <summary>A connection that hears what others notify, outside of the pool.</summary>
    /// <exception cref="PostgresEngineException">There is nothing to sign in with.</exception>
    public async Task<NpgsqlConnection> Listener(CancellationToken cancel)
    {
        var settings = Settings(await Task.Run(PresentOrRefused, cancel));
        settings.ApplicationName = PostgresListener.Name;
        settings.KeepAlive = PostgresListener.KeepAliveSeconds;
        return await OpenAlone(settings, cancel);
    }

    /// <summary>An open connection outside of every pool.</summary>
    public static async Task<NpgsqlConnection> OpenAlone(NpgsqlConnectionStringBuilder settings, CancellationToken cancel)
    {
        settings.Pooling = false;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The clock of waits.</summary>
    public TimeProvider Time => _time;

    /// <summary>Takes part in the locks of the processes that have the database open.</summary>
    public PostgresSharing Share() => _sharing ??= new PostgresSharing(this);

    public override void Dispose()
    {
        _sharing?.Dispose();
        _pool.Source.Dispose();
        _retired.ForEach(static s => s.Dispose());
    }

    private string Present() => _login.Present()[0]!;

    private string PresentOrRefused()
    {
        try
        {
            return Present();
        }
        catch (Exception error) when (error is SecretGoneException or ArgumentException)
        {
            throw new PostgresEngineException($"PostgreSQL: {error.Message}");
        }
    }

    private NpgsqlConnection Open()
    {
        var dsn = PresentOrRefused();
        try
        {
            return Open(dsn);
        }
        catch (PostgresEngineException error) when (error.IsLogin && _login.Renew([dsn], CancellationToken.None))
        {
            return Open(PresentOrRefused());
        }
    }

    private NpgsqlConnection Open(string dsn)
    {
        var pool = _pool;
        return pool.Dsn == dsn ? Open(pool) : Rotate(dsn);
    }

    /// <summary>Connects by a new connection string. It takes the place of the old one when the server has taken it; until then
    /// connections of the old one that are open go on to be used.</summary>
    private NpgsqlConnection Rotate(string dsn)
    {
        lock (_rotating)
        {
            var old = _pool;
            if (old.Dsn == dsn)
            {
                return Open(old);
            }

            Pool? found = null;
            try
            {
                found = PoolOf(dsn);
                var connection = Open(found);
                _pool = found;
                _retired.Add(old.Source);
                old.Source.Clear();
                return connection;
            }
            catch (PostgresEngineException error)
            {
                found?.Source.Dispose();
                if ((found is null || error.IsLogin) && OpenIdle(old) is { } idle)
                {
                    return idle;
                }

                throw;
            }
        }
    }

    /// <summary>A connection of the old password, which may be no longer good for new ones; null: there is none.</summary>
    private static NpgsqlConnection? OpenIdle(Pool old)
    {
        try
        {
            return Open(old);
        }
        catch (PostgresEngineException)
        {
            return null;
        }
    }

    private static NpgsqlConnection Open(Pool pool)
    {
        try
        {
            return pool.Source.OpenConnection();
        }
        catch (NpgsqlException error)
        {
            throw new PostgresEngineException(error);
        }
    }

    private Pool PoolOf(string dsn)
    {
        var builder = new NpgsqlDataSourceBuilder(Settings(dsn).ConnectionString);
        builder.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        return new Pool(dsn, builder.Build());
    }

    /// <exception cref="PostgresEngineException">A text that changed is no connection string.</exception>
    private NpgsqlConnectionStringBuilder Settings(string dsn) =>
        new(Connection(dsn).ConnectionString)
        {
            ApplicationName = "aurum",
            Timeout = Options.ConnectSeconds,
            CommandTimeout = Options.StatementSeconds + 5,
            CancellationTimeout = 2_000,
            MaxPoolSize = Options.MaxConnections,
            SearchPath = $"{Options.Schema},public",
            Timezone = "UTC",
            KeepAlive = _holdsLocks ? KeepAliveSeconds : 0,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 3,
            Enlist = false,
            Options = string.Join(' ', new (string Name, string Value)[]
            {
                ("statement_timeout", $"{Options.StatementSeconds}s"),
                ("lock_timeout", $"{Options.CommitWaitSeconds}s"),
                // A process that is frozen must not keep the others from theirs by its transaction, or by locks of its session.
                ("idle_in_transaction_session_timeout", $"{Math.Max(LeastIdleSeconds, Options.CommitWaitSeconds)}s"),
                ("idle_session_timeout", _holdsLocks ? $"{Math.Max(LeastIdleSeconds, Options.CommitWaitSeconds)}s" : "0"),
                ("DateStyle", "ISO"),
                ("client_min_messages", "warning"),
            }.Select(o => $"-c {o.Name}={o.Value}")),
        };

    private static NpgsqlConnectionStringBuilder Connection(string dsn)
    {
        try
        {
            return PostgresOptions.Connection(dsn, "Postgres:Dsn");
        }
        catch (ArgumentException error)
        {
            throw new PostgresEngineException($"PostgreSQL: {error.Message}");
        }
    }

    /// <summary>Connections by one connection string.</summary>
    private sealed class Pool(string dsn, NpgsqlDataSource source)
    {
        public string Dsn => dsn;

        public NpgsqlDataSource Source => source;
    }
}

/// <summary>A column of a table: its name, and the number of its type.</summary>
internal readonly record struct PostgresColumn(string Name, uint Type);
