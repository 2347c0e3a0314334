using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.Postgres;
using Npgsql;

namespace Aurum.Tests.Engines.Servers;

/// <summary>A PostgreSQL server of the tests' own on loopback: started by the first test that asks, gone with the process. Each test has a
/// schema of its own in one database; it has an owner of tables, a role of the program, and neither is a superuser.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Package = "postgresql";
    private const string Password = "aurum";

    private readonly TestFolder _folder = new();
    private readonly ServerProcess _process;
    private int _schemas;

    public PostgresServer()
    {
        Port = ServerProcess.FreePort();
        var binaries = Binaries();
        var drop = IsRoot ? new[] { "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups" } : [];
        var data = Path.Combine(_folder.Path, "data");
        if (IsRoot)
        {
            Run("chown", ["postgres", _folder.Path]);
            Run("chmod", ["711", _folder.Path]);
        }

        var words = Path.Combine(_folder.Path, "words");
        File.WriteAllText(words, Password + "\n");
        string[] initdb =
        [
            .. drop, Path.Combine(binaries, "initdb"), "-D", data, "-U", "power", "-A", "scram-sha-256", $"--pwfile={words}", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        ];
        Run(initdb[0], initdb[1..]);
        string[] server =
        [
            .. drop, Path.Combine(binaries, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", Number(Port), "-k", "",
            "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB",
            "-c", "max_connections=200", "-c", "autovacuum=off", "-c", "max_wal_size=2GB",
        ];
        _process = ServerProcess.Start(server[0], Package, server[1..], Answers, folder: _folder.Path).GetAwaiter().GetResult();
        Ask("""
            CREATE ROLE aurum_owner LOGIN PASSWORD 'aurum';
            CREATE ROLE aurum_app LOGIN PASSWORD 'aurum'
            """, "postgres");
        Ask("CREATE DATABASE aurum OWNER aurum_owner", "postgres");
    }

    public int Port { get; }

    internal ServerProcess Process => _process;

    /// <summary>Options for a schema that no other test uses.</summary>
    public PostgresOptions NewSchema() => new()
    {
        Dsn = Dsn("aurum_app"),
        OwnerDsn = Dsn("aurum_owner"),
        Schema = $"aurum_{Number(Interlocked.Increment(ref _schemas))}",
        AppRole = "aurum_app",
        MaxConnections = 20,
    };

    public string Dsn(string role) => $"postgresql://{role}:{Password}@127.0.0.1:{Number(Port)}/aurum";

    /// <summary>What <c>psql</c> prints for a query: lines of cells, parted by <c>|</c>.</summary>
    internal static string Psql(string dsn, string sql) =>
        Run("psql", [dsn, "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql]).Trim();

    public void Dispose()
    {
        _process.Dispose();
        _folder.Dispose();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Binaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderBy(static f => f, StringComparer.Ordinal).Select(f => Path.Combine(f, "bin"))
            .Last(f => File.Exists(Path.Combine(f, "initdb")))
        : throw new InvalidOperationException($"no PostgreSQL server: apt-get install {Package}, or run ./test.sh once");

    private static string Run(string file, IEnumerable<string> arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{file} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}{output}");
    }

    private void Ask(string sql, string database)
    {
        using var connection = new NpgsqlConnection(Settings(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private string Settings(string database) =>
        $"Host=127.0.0.1;Port={Number(Port)};Username=power;Password={Password};Database={database};Pooling=false;Timeout=5";

    private async Task<bool> Answers(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(Settings("postgres"));
        await connection.OpenAsync(cancel);
        return true;
    }
}

/// <summary>Tests that share the server.</summary>
[CollectionDefinition("PostgreSQL")]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>;
