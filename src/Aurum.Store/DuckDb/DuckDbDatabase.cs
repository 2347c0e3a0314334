using Aurum.Store.Engines;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>An open DuckDB file. One per canonical path in a process: two instances on one file do not see each other, and the
/// committed rows of one of them are lost without an error.</summary>
internal sealed unsafe class DuckDbDatabase : EngineDatabase
{
    private const string InMemory = ":memory:";
    private static readonly HashSet<string> OpenPaths = [];
    private readonly DuckDbHandle _handle;

    private DuckDbDatabase(DuckDbHandle handle) => _handle = handle;

    public override SqlDialect Dialect => DuckDbSql.Instance;

    /// <summary>The file is closed when the last connection is.</summary>
    public bool IsClosed => _handle.IsClosed;

    /// <summary>Opens or creates a file. Extensions are never fetched from anywhere.</summary>
    /// <param name="path">The file, or <c>:memory:</c> for a database of its own in memory.</param>
    /// <param name="options">Engine options by name.</param>
    /// <exception cref="DuckDbException">The engine refused, or this process has the file open already.</exception>
    public static DuckDbDatabase Open(string path, params ReadOnlySpan<KeyValuePair<string, string>> options)
    {
        var file = path == InMemory ? path : Canonical(path);
        Claim(file);
        try
        {
            return new DuckDbDatabase(new DuckDbHandle(OpenFile(file, options), null, database => Close(database, file)));
        }
        catch
        {
            Release(file);
            throw;
        }
    }

    public override DuckDbConnection Connect()
    {
        if (duckdb_connect(_handle.Value, out var connection) != 0)
        {
            throw new DuckDbException("could not connect to the database");
        }

        return new DuckDbConnection(new DuckDbHandle(connection, _handle, static handle => duckdb_disconnect(ref handle)));
    }

    public override void Dispose() => _handle.Dispose();

    private static void Close(nint database, string file)
    {
        duckdb_close(ref database);
        Release(file);
    }

    private static string Canonical(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        var target = Directory.Exists(folder) ? Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName : null;
        var file = Path.Combine(target ?? folder, Path.GetFileName(full));
        return (File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName : null) ?? file;
    }

    private static nint OpenFile(string file, ReadOnlySpan<KeyValuePair<string, string>> options)
    {
        if (duckdb_create_config(out var config) != 0)
        {
            throw new DuckDbException("could not create a configuration");
        }

        try
        {
            SetOption(config, "autoinstall_known_extensions", "false");
            SetOption(config, "autoload_known_extensions", "false");
            SetOption(config, "allow_community_extensions", "false");
            foreach (var (name, value) in options)
            {
                SetOption(config, name, value);
            }

            if (duckdb_open_ext(file, out var database, config, out var error) != 0)
            {
                var message = Text(error);
                duckdb_free(error);
                throw new DuckDbException(message);
            }

            return database;
        }
        finally
        {
            duckdb_destroy_config(ref config);
        }
    }

    private static void SetOption(nint config, string name, string value)
    {
        if (duckdb_set_config(config, name, value) != 0)
        {
            throw new DuckDbException($"DuckDB refuses the option {name} = '{value}'");
        }
    }

    private static void Claim(string file)
    {
        lock (OpenPaths)
        {
            if (file != InMemory && !OpenPaths.Add(file))
            {
                throw new DuckDbException($"{file} is already open in this process");
            }
        }
    }

    private static void Release(string file)
    {
        lock (OpenPaths)
        {
            OpenPaths.Remove(file);
        }
    }
}
