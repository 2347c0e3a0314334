using System.Collections.Concurrent;
using System.Globalization;
using Aurum.Store.DuckDb;
using Aurum.Store.Engines;
using Aurum.Store.Sinks;
using Aurum.Store.Sql;

namespace Aurum.Store;

/// <summary>The open database of a store: connections to reuse, and one commit at a time.</summary>
internal sealed class StoreEngine : IDisposable
{
    /// <summary>Row groups that the engine puts together at a time, its own default.</summary>
    private const string MostCompactions = "100";

    /// <summary>The tenant of work that is for all of them: queues, counts, what is known by a unique id.</summary>
    public const string AllTenants = "*";

    private readonly EngineDatabase _database;
    private readonly ConcurrentBag<EngineConnection> _idle = [];
    private readonly Lock _commit = new();
    private volatile bool _disposed;

    public StoreEngine(EngineDatabase database) => _database = database;

    /// <summary>How other processes are kept apart; null where there are none.</summary>
    public EngineSharing? Sharing => _database.Sharing;

    public SqlDialect Dialect => _database.Dialect;

    /// <summary>What is counted under the commit lock. To be given before the first commit that counts.</summary>
    public StoreIds Ids { get; set; } = new();

    /// <summary>Rings after each commit of a delivery.</summary>
    public OutboxBell Bell { get; } = new();

    /// <summary>Runs in each commit of a shared database, before the work, with the others kept out.</summary>
    public Action<EngineConnection>? Entered { get; set; }

    public static StoreEngine Open(StoreOptions options)
    {
        var temporary = Path.Combine(Path.GetFullPath(options.DataDirectory), "tmp");
        Directory.CreateDirectory(temporary);
        var threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        var database = DuckDbDatabase.Open(
            Path.Combine(options.DataDirectory, "aurum.duckdb"),
            [
                new("memory_limit", Number(options.MemoryLimitMiB) + "MiB"),
                new("threads", Number(threads)),
                new("checkpoint_threshold", Number(options.CheckpointMiB) + "MiB"),
                new("temp_directory", temporary),
                new("max_temp_directory_size", Number(options.MaxTempMiB) + "MiB"),
                new("preserve_insertion_order", "false"),
                new("max_vacuum_tasks", options.CompactsWhenFolding ? MostCompactions : "0"),
            ]);
        var engine = new StoreEngine(database);
        try
        {
            if (!options.FoldsAtClose)
            {
                using var lease = engine.Rent();
                lease.Connection.Execute("PRAGMA disable_checkpoint_on_shutdown");
            }

            engine.Confine([temporary]);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>An engine without a file, that reads and writes files of the given folders only.</summary>
    /// <param name="scratch">Where it spills to.</param>
    /// <param name="folders">Folders that it may reach beside that.</param>
    /// <param name="memoryLimitMiB">Memory, MiB.</param>
    /// <param name="threads">Threads.</param>
    public static StoreEngine OpenWithoutFile(string scratch, IReadOnlyList<string> folders, int memoryLimitMiB, int threads)
    {
        var database = DuckDbDatabase.Open(
            ":memory:",
            [
                new("memory_limit", Number(memoryLimitMiB) + "MiB"),
                new("threads", Number(threads)),
                new("temp_directory", scratch),
            ]);
        var engine = new StoreEngine(database);
        try
        {
            engine.Confine([scratch, .. folders]);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>A connection of one's own until the lease is disposed.</summary>
    public ConnectionLease Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ConnectionLease(this, _idle.TryTake(out var idle) ? idle : _database.Connect());
    }

    /// <summary>Runs work in a transaction, alone among the writers. A failure rolls everything back.</summary>
    /// <param name="connection">Where to run it.</param>
    /// <param name="work">Writes.</param>
    /// <param name="committed">Runs when all of it is durable, before the next writer.</param>
    /// <param name="tenant">Whose rows it is about, where it is about those of tenants.</param>
    public T Commit<T>(EngineConnection connection, Func<T> work, Action committed, string? tenant = null)
    {
        lock (_commit)
        {
            connection.Begin();
            try
            {
                Enter(connection, tenant);
                var before = Ids.Last(StoreId.Delivery);
                var result = work();
                var last = Ids.Last(StoreId.Delivery);
                Leave(connection, last > before ? last : null);
                connection.Commit();
                committed();
                if (last > before)
                {
                    Bell.Ring();
                }

                return result;
            }
            catch
            {
                connection.RollBack();
                throw;
            }
        }
    }

    /// <summary>Reads all rows of a small result.</summary>
    /// <param name="sql">Query.</param>
    /// <param name="bind">Binds its arguments.</param>
    /// <param name="map">Makes a value of a row.</param>
    /// <param name="tenant">Whose rows they are, where they are those of tenants.</param>
    public List<T> List<T>(string sql, Action<EngineStatement> bind, Func<EngineRows, int, T> map, string? tenant = null)
    {
        using var lease = Rent();
        if (tenant is null || Sharing is null)
        {
            return List(lease.Connection, sql, bind, map);
        }

        lease.Connection.Begin(readOnly: true);
        try
        {
            lease.Connection.ActFor(tenant);
            return List(lease.Connection, sql, bind, map);
        }
        finally
        {
            lease.Connection.RollBack();
        }
    }

    /// <summary>Reads all rows of a small result on a connection.</summary>
    public static List<T> List<T>(EngineConnection connection, string sql, Action<EngineStatement> bind, Func<EngineRows, int, T> map)
    {
        using var statement = connection.Prepare(sql);
        bind(statement);
        using var rows = statement.Query();
        List<T> list = [];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                list.Add(map(rows, i));
            }
        }

        return list;
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _database.Dispose();
    }

    internal void Return(EngineConnection connection)
    {
        if (_disposed || !connection.TryRest())
        {
            connection.Dispose();
        }
        else
        {
            _idle.Add(connection);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Enter(EngineConnection connection, string? tenant)
    {
        if (Sharing is not { } sharing)
        {
            return;
        }

        sharing.LockCommits(connection);
        Ids.Read(connection);
        if (tenant is not null)
        {
            connection.ActFor(tenant);
        }

        Entered?.Invoke(connection);
    }

    private void Leave(EngineConnection connection, long? delivery)
    {
        if (Sharing is not { } sharing)
        {
            return;
        }

        Ids.Write(connection);
        if (delivery is { } last)
        {
            sharing.Ring(connection, last);
        }
    }

    /// <summary>SQL can reach no file but those of the folders, and cannot change that.</summary>
    private void Confine(IEnumerable<string> folders)
    {
        using var lease = Rent();
        lease.Connection.Execute($"SET allowed_directories = {SqlText.List(folders)}");
        lease.Connection.Execute("SET GLOBAL TimeZone = 'UTC'");
        lease.Connection.Execute("SET enable_external_access = false");
        lease.Connection.Execute("SET lock_configuration = true");
    }
}

/// <summary>A connection that goes back to its pool; without one it stays with whoever lent it.</summary>
internal sealed class ConnectionLease(StoreEngine? engine, EngineConnection connection) : IDisposable
{
    private bool _returned;

    public EngineConnection Connection { get; } = connection;

    public void Dispose()
    {
        if (!_returned)
        {
            _returned = true;
            engine?.Return(Connection);
        }
    }
}
