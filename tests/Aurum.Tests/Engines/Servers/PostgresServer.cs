using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.Postgres;
using Aurum.Tests.Store;
using NodaTime;
using Npgsql;

namespace Aurum.Tests.Engines.Servers;

/// <summary>A PostgreSQL server of the tests' own on loopback: started by the first test that asks, gone with the process. Each test has a
/// schema of its own in one database; it has an owner of tables, a role of the program, and neither is a superuser.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Package = "postgresql";
    private const string Password = "aurum";
    private const int MostStarts = 300;

    private readonly TestFolder _folder = new();
    private readonly string[] _command;
    private ServerProcess _process;
    private readonly Lock _template = new();
    private int _schemas;
    private bool _hasTemplate;
    private bool _isFrozen;

    public PostgresServer()
    {
        Port = ServerProcess.FreePort();
        var binaries = Binaries();
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
            .. Drop, Path.Combine(binaries, "initdb"), "-D", data, "-U", "power", "-A", "md5", $"--pwfile={words}", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        ];
        Run(initdb[0], initdb[1..]);
        _command =
        [
            .. Drop, Path.Combine(binaries, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", Number(Port), "-k", "",
            "-c", "password_encryption=md5", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB",
            "-c", "max_connections=200", "-c", "autovacuum=off", "-c", "max_wal_size=2GB",
        ];
        _process = Start().GetAwaiter().GetResult();
        Ask("""
            CREATE ROLE aurum_owner LOGIN PASSWORD 'aurum';
            CREATE ROLE aurum_app LOGIN PASSWORD 'aurum'
            """, "postgres");
        Ask("CREATE DATABASE aurum OWNER aurum_owner", "postgres");
    }

    public int Port { get; }

    internal ServerProcess Process => _process;

    /// <summary>Starts the server again, after it was killed: as soon as the last of its old processes has gone.</summary>
    public async Task StartAgain()
    {
        for (var tries = 1; ; tries++)
        {
            _process.Dispose();
            try
            {
                _process = await Start();
                return;
            }
            catch (InvalidOperationException error)
                when (error.Message.Contains("still in use", StringComparison.Ordinal) && tries < MostStarts)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Freezes it with all its sessions: connections stay, nothing is answered.</summary>
    public void Pause()
    {
        _isFrozen = true;
        _process.PauseAll();
    }

    public void Resume()
    {
        _isFrozen = false;
        _process.ResumeAll();
    }

    /// <summary>Lets no file of the server grow beyond so many bytes, as a full disk does; null: as before. Sessions that are there
    /// are held to it too.</summary>
    public void LimitFiles(long? bytes)
    {
        foreach (var process in (int[])[_process.Id, .. _process.Children()])
        {
            ServerProcess.LimitFiles(Drop, process, bytes);
        }
    }

    /// <summary>Options for a schema that no other test uses, and that is not there yet.</summary>
    public PostgresOptions NewSchema() => OptionsOf("aurum") with { Schema = $"aurum_{Number(Interlocked.Increment(ref _schemas))}" };

    /// <summary>Options for a database that no other test uses, with a schema in its present form: a copy of one that was made
    /// once.</summary>
    public PostgresOptions NewDatabase()
    {
        lock (_template)
        {
            if (!_hasTemplate)
            {
                Ask("CREATE DATABASE template_aurum OWNER aurum_owner", "postgres");
                var clock = new StoppedClock(Instant.FromUtc(2025, 1, 1, 0, 0));
                PostgresStore.Migrate(OptionsOf("template_aurum"), clock, TimeProvider.System);
                _hasTemplate = true;
            }

            var name = $"aurum_{Number(Interlocked.Increment(ref _schemas))}";
            Ask($"CREATE DATABASE {name} OWNER aurum_owner TEMPLATE template_aurum STRATEGY file_copy", "postgres");
            return OptionsOf(name);
        }
    }

    /// <summary>The same connection as another role.</summary>
    public static string As(string role, string dsn) => dsn.Replace("//aurum_app:", $"//{role}:", StringComparison.Ordinal);

    /// <summary>What <c>psql</c> prints for a query: lines of cells, parted by <c>|</c>.</summary>
    internal static string Psql(string dsn, string sql) =>
        Run("psql", [dsn, "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql]).Trim();

    public void Dispose()
    {
        if (_isFrozen)
        {
            // What is frozen does not see that its parent has gone.
            Resume();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    /// <summary>What a command begins with that runs as the server's user.</summary>
    private static string[] Drop => IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

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

    private PostgresOptions OptionsOf(string database) => new()
    {
        Dsn = Dsn("aurum_app", database),
        OwnerDsn = Dsn("aurum_owner", database),
        AppRole = "aurum_app",
        MaxConnections = 20,
    };

    private string Dsn(string role, string database) => $"postgresql://{role}:{Password}@127.0.0.1:{Number(Port)}/{database}";

    private Task<ServerProcess> Start() => ServerProcess.Start(_command[0], Package, _command[1..], Answers, folder: _folder.Path);

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
