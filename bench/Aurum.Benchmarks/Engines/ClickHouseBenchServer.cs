using System.Diagnostics;
using System.Globalization;

namespace Aurum.Benchmarks.Engines;

/// <summary>ClickHouse from its Debian package, on loopback, for a benchmark.</summary>
internal sealed class ClickHouseBenchServer : IDisposable
{
    private const int StartSeconds = 60;
    private const int PollMilliseconds = 50;

    private readonly Process _process;
    private readonly int _tcpPort;

    private ClickHouseBenchServer(Process process, int httpPort, int tcpPort)
    {
        (_process, _tcpPort) = (process, tcpPort);
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{httpPort}");
    }

    public string Url { get; }

    public static async Task<ClickHouseBenchServer> Start(string folder)
    {
        var (http, tcp) = (BenchServer.FreePort(), BenchServer.FreePort());
        await File.WriteAllTextAsync(Path.Combine(folder, "config.xml"), $"""
            <yandex>
              <logger><level>warning</level><log>{folder}/ch.log</log><errorlog>{folder}/ch.err.log</errorlog></logger>
              <http_port>{http}</http_port><tcp_port>{tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
              <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><users_config>{folder}/users.xml</users_config>
              <user_files_path>{folder}/files/</user_files_path><format_schema_path>{folder}/schemas/</format_schema_path>
              <default_profile>default</default_profile><default_database>default</default_database>
              <mark_cache_size>67108864</mark_cache_size><timezone>UTC</timezone>
            </yandex>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "users.xml"), """
            <yandex>
              <profiles><default><max_memory_usage>4000000000</max_memory_usage></default></profiles>
              <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
              </default></users>
              <quotas><default><interval><duration>3600</duration><queries>0</queries></interval></default></quotas>
            </yandex>
            """);
        var process = Process.Start(new ProcessStartInfo("clickhouse-server", [$"--config-file={folder}/config.xml"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ClickHouseBenchServer(process, http, tcp);
        try
        {
            await server.WaitUntilItAnswers();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Inserts a file in FORMAT Native with the server's own client.</summary>
    public async Task Insert(string table, string file)
    {
        using var client = Process.Start(new ProcessStartInfo(
            "/bin/sh",
            [
                "-c", "exec clickhouse-client --host=127.0.0.1 --port=\"$0\" --query=\"$1\" < \"$2\"",
                _tcpPort.ToString(CultureInfo.InvariantCulture), $"INSERT INTO {table} FORMAT Native", file,
            ]))!;
        await client.WaitForExitAsync();
        if (client.ExitCode != 0)
        {
            throw new InvalidOperationException($"clickhouse-client ended with {client.ExitCode}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task WaitUntilItAnswers()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(StartSeconds));
        while (true)
        {
            try
            {
                await http.GetStringAsync(new Uri(Url + "/ping"), limit.Token);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited && !limit.IsCancellationRequested)
            {
                await Task.Delay(PollMilliseconds, limit.Token);
            }
        }
    }
}
