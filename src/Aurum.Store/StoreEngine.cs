using System.Collections.Concurrent;
using System.Globalization;
using Aurum.Store.DuckDb;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store;

/// <summary>The open database of a store: connections to reuse, and one commit at a time.</summary>
internal sealed class StoreEngine : IDisposable
{
    /// <summary>Row groups that the engine puts together at a time, its own default.</summary>
    private const string MostCompactions = "100";

    private readonly EngineDatabase _database;
    private readonly ConcurrentBag<EngineConnection> _idle = [];
    private readonly Lock _commit = new();
    private volatile bool _disposed;

    private StoreEngine(EngineDatabase database) => _database = database;

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
        return new ConnectionLease(this, _idle.TryTake(out var idle) ? idle : Connect());
    }

    /// <summary>Runs work in a transaction, alone among the writers. A failure rolls everything back.</summary>
    /// <param name="connection">Where to run it.</param>
    /// <param name="work">Writes.</param>
    /// <param name="committed">Runs when all of it is durable, before the next writer.</param>
    public T Commit<T>(EngineConnection connection, Func<T> work, Action committed)
    {
        lock (_commit)
        {
            connection.Execute("BEGIN TRANSACTION");
            try
            {
                var result = work();
                connection.Execute("COMMIT");
                committed();
                return result;
            }
            catch
            {
                RollBack(connection);
                throw;
            }
        }
    }

    /// <summary>Reads all rows of a small result.</summary>
    public List<T> List<T>(string sql, Action<EngineStatement> bind, Func<EngineRows, int, T> map)
    {
        using var lease = Rent();
        using var statement = lease.Connection.Prepare(sql);
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
        if (_disposed)
        {
            connection.Dispose();
        }
        else
        {
            _idle.Add(connection);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A failed COMMIT has ended the transaction already: then there is nothing to roll back, and the first error is
    /// the one to show.</summary>
    private static void RollBack(EngineConnection connection)
    {
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (EngineException error) when (error.Message.Contains("no transaction is active", StringComparison.Ordinal))
        {
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

    private EngineConnection Connect() => _database.Connect();
}

/// <summary>A connection that goes back to its pool.</summary>
internal sealed class ConnectionLease(StoreEngine engine, EngineConnection connection) : IDisposable
{
    private bool _returned;

    public EngineConnection Connection { get; } = connection;

    public void Dispose()
    {
        if (!_returned)
        {
            _returned = true;
            engine.Return(Connection);
        }
    }
}
