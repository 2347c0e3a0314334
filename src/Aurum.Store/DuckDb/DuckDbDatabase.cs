using System.Runtime.InteropServices;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>An open DuckDB file. One per canonical path in a process: two instances on one file do not see each other, and the
/// committed rows of one of them are lost without an error.</summary>
internal sealed unsafe class DuckDbDatabase : SafeHandle
{
    private static readonly HashSet<string> OpenPaths = [];
    private readonly string _path;

    private DuckDbDatabase(string path)
        : base(0, ownsHandle: true) => _path = path;

    public override bool IsInvalid => handle == 0;

    /// <summary>Opens or creates a file. Extensions are never fetched from anywhere.</summary>
    /// <param name="path">The file, or <c>:memory:</c> for a database of its own in memory.</param>
    /// <param name="options">Engine options by name.</param>
    /// <exception cref="DuckDbException">The engine refused, or this process has the file open already.</exception>
    public static DuckDbDatabase Open(string path, params ReadOnlySpan<KeyValuePair<string, string>> options)
    {
        var database = new DuckDbDatabase(path == ":memory:" ? path : Canonical(path));
        database.Claim();
        try
        {
            database.OpenFile(options);
            return database;
        }
        catch
        {
            database.Release();
            database.SetHandleAsInvalid();
            throw;
        }
    }

    public DuckDbConnection Connect() => DuckDbConnection.Open(this);

    protected override bool ReleaseHandle()
    {
        duckdb_close(ref handle);
        Release();
        return true;
    }

    private static string Canonical(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        var target = Directory.Exists(folder) ? Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName : null;
        var file = Path.Combine(target ?? folder, Path.GetFileName(full));
        return (File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName : null) ?? file;
    }

    private void OpenFile(ReadOnlySpan<KeyValuePair<string, string>> options)
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

            if (duckdb_open_ext(_path, out var database, config, out var error) != 0)
            {
                var message = Text(error);
                duckdb_free(error);
                throw new DuckDbException(message);
            }

            SetHandle(database);
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

    private void Claim()
    {
        lock (OpenPaths)
        {
            if (_path != ":memory:" && !OpenPaths.Add(_path))
            {
                throw new DuckDbException($"{_path} is already open in this process");
            }
        }
    }

    private void Release()
    {
        lock (OpenPaths)
        {
            OpenPaths.Remove(_path);
        }
    }
}
