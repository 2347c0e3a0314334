using System.Diagnostics;
using System.Globalization;
using System.Net;
using Aurum.Cluster.ClickHouse;

namespace Aurum.Tests.Engines.Servers;

/// <summary>ClickHouse on loopback, with a user that may all, one that may only read, and one with a quota.</summary>
public sealed class ClickHouseServer : IAsyncLifetime, IDisposable
{
    public const string Password = "it's a \\secret\\";

    /// <summary>May only read.</summary>
    public const string Reader = "reader";

    /// <summary>May ask a few times an hour.</summary>
    public const string Limited = "limited";

    /// <summary>May all; the tests give it new passwords, the first is <c>one</c>.</summary>
    public const string Turning = "turning";

    private const string Package = "clickhouse-server";
    private const string Program = "clickhouse-server";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly TestFolder _folder = new();
    private readonly int _port = ServerProcess.FreePort();
    private readonly int _tcpPort = ServerProcess.FreePort();
    private ServerProcess? _process;
    private int _databases;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>Port that clickhouse-client speaks to.</summary>
    public int TcpPort => _tcpPort;

    internal ServerProcess Process => _process!;

    public async Task InitializeAsync()
    {
        Write("config.xml", $"""
            <yandex>
              <logger>
                <level>warning</level><log>{At("ch.log")}</log><errorlog>{At("ch.err.log")}</errorlog><size>10M</size><count>1</count>
              </logger>
              <http_port>{_port}</http_port><tcp_port>{_tcpPort}</tcp_port><listen_host>127.0.0.1</listen_host>
              <path>{At("data/")}</path><tmp_path>{At("tmp/")}</tmp_path><users_config>{At("users.xml")}</users_config>
              <user_files_path>{At("files/")}</user_files_path><format_schema_path>{At("schemas/")}</format_schema_path>
              <default_profile>default</default_profile><default_database>default</default_database>
              <mark_cache_size>67108864</mark_cache_size><timezone>UTC</timezone><max_concurrent_queries>50</max_concurrent_queries>
            </yandex>
            """);
        WriteUsers("one");
        await Start();
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Dispose();
            _process = null;
            _http.Dispose();
            _folder.Dispose();
        }
    }

    /// <summary>Starts it, or again.</summary>
    public async Task Start()
    {
        _process?.Dispose();
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(static folder => File.Exists(Path.Combine(folder, Program))))
        {
            throw new InvalidOperationException($"{Program} is not there: apt-get install {Package}, or run ./test.sh once");
        }

        // A file that may not grow is an error of the write to it, and not the end of the program.
        _process = await ServerProcess.Start(
            "env", Package, ["--ignore-signal=XFSZ", Program, "--config-file=" + At("config.xml")], Answers, folder: _folder.Path);
    }

    /// <summary>Lets no file grow beyond some bytes, as a disk without room does; null: as before.</summary>
    public void LimitFiles(long? bytes) => Process.LimitFiles(bytes);

    /// <summary>Kills it as a power cut of the process does.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Gives <see cref="Turning"/> another password.</summary>
    public async Task Turn(string password)
    {
        WriteUsers(password);
        await Client("SYSTEM RELOAD CONFIG");
    }

    /// <summary>Settings of a database that no other test has.</summary>
    public ClickHouseOptions NewOptions()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _databases)}");
        return new ClickHouseOptions
        {
            Url = Url,
            Password = Password,
            Database = name,
            OpsDatabase = name + "_ops",
            RequestTimeoutSeconds = 20,
            RetryMilliseconds = 20,
            ConnectTimeoutSeconds = 2,
        };
    }

    /// <summary>What the server's own client prints for a query.</summary>
    public async Task<string> Client(string sql, params string[] settings)
    {
        var start = new ProcessStartInfo(
            "clickhouse-client", ["--host=127.0.0.1", $"--port={TcpPort}", "--password=" + Password, "--query=" + sql, .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _folder.Path,
        };
        using var client = System.Diagnostics.Process.Start(start)
            ?? throw new InvalidOperationException("clickhouse-client could not be started: apt-get install clickhouse-client");
        client.StandardInput.Close();
        var errors = client.StandardError.ReadToEndAsync();
        var text = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        Assert.True(client.ExitCode == 0, await errors);
        return text;
    }

    private async Task<bool> Answers(CancellationToken cancel)
    {
        using var answer = await _http.GetAsync(new Uri(Url + "/ping"), cancel);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private void WriteUsers(string password) =>
        Write("users.xml", $"""
            <yandex>
              <profiles>
                <default>
                  <max_memory_usage>2000000000</max_memory_usage><max_threads>2</max_threads>
                  <min_insert_block_size_rows>20000</min_insert_block_size_rows>
                </default>
                <readers><readonly>1</readonly></readers>
              </profiles>
              <users>
                {User("default", Password, "default", "none")}
                {User(Reader, "", "readers", "none")}
                {User(Limited, "", "default", "few")}
                {User(Turning, password, "default", "none")}
              </users>
              <quotas>
                <none><interval><duration>3600</duration><queries>0</queries><errors>0</errors></interval></none>
                <few><interval><duration>3600</duration><queries>1</queries><errors>0</errors></interval></few>
              </quotas>
            </yandex>
            """);

    private static string User(string name, string password, string profile, string quota) =>
        $"<{name}><password>{password}</password><networks><ip>127.0.0.1</ip></networks>"
        + $"<profile>{profile}</profile><quota>{quota}</quota></{name}>";

    private string At(string name) => Path.Combine(_folder.Path, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}

/// <summary>Tests that share one server.</summary>
[CollectionDefinition(Name)]
public sealed class ClickHouseCollection : ICollectionFixture<ClickHouseServer>
{
    public const string Name = "ClickHouse";
}
