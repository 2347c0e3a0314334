using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.Postgres;
using Npgsql;

namespace Aurum.Benchmarks.Engines;

/// <summary>PostgreSQL from its Debian package, on loopback, for a benchmark.</summary>
internal sealed class PostgresBenchServer : IDisposable
{
    private const string Packages = "/usr/lib/postgresql";
    private const int StartSeconds = 60;

    private readonly Process _process;
    private readonly int _port;

    private PostgresBenchServer(Process process, int port) => (_process, _port) = (process, port);

    public static bool IsThere => Directory.Exists(Packages);

    public string Settings => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=power;Database=postgres;Timeout=5");

    public PostgresOptions Options => new() { Dsn = Settings, Schema = "public" };

    public static PostgresBenchServer Start(string folder)
    {
        var programs = Directory.GetDirectories(Packages).Order(StringComparer.Ordinal).Select(f => Path.Combine(f, "bin")).Last();
        string[] drop = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        if (drop.Length > 0)
        {
            Run("chown", ["postgres", folder]);
        }

        var (data, port) = (Path.Combine(folder, "pg"), BenchServer.FreePort());
        string[] initdb =
            [.. drop, Path.Combine(programs, "initdb"), "-D", data, "-U", "power", "-A", "trust", "-E", "UTF8", "--no-sync"];
        Run(initdb[0], initdb[1..]);
        string[] server =
        [
            .. drop, Path.Combine(programs, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture),
            "-k", "", "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB", "-c", "logging_collector=off",
        ];
        var process = Process.Start(
            new ProcessStartInfo(server[0], server[1..]) { RedirectStandardError = true, WorkingDirectory = folder })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var started = new PostgresBenchServer(process, port);
        started.WaitUntilItAnswers();
        return started;
    }

    /// <summary>Runs a command of psql.</summary>
    public void Psql(string command) => Run(
        "psql",
        ["-X", "-q", "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "power", "-d", "postgres", "-c",
            command]);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static void Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
        }
    }

    private void WaitUntilItAnswers()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var connection = new NpgsqlConnection(Settings + ";Pooling=false");
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began).TotalSeconds < StartSeconds)
            {
                _process.WaitForExit(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
