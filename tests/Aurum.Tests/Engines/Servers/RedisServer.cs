using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Aurum.Cluster.Redis;

namespace Aurum.Tests.Engines.Servers;

/// <summary>A Redis server of Debian's package on loopback that keeps nothing on disk. redis-cli is the independent reader of what lies
/// in it.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private const string Package = "redis-server redis-tools";

    private readonly string _folder = Directory.CreateTempSubdirectory("aurum-redis-").FullName;
    private readonly int _port = ServerProcess.FreePort();
    private readonly string[] _more;
    private ServerProcess? _process;

    public RedisServer()
        : this([])
    {
    }

    private RedisServer(string[] more) => _more = more;

    /// <summary>Settings that reach it, patient enough for a busy machine.</summary>
    public RedisOptions Options => new() { Port = _port, ConnectTimeoutMs = 10_000, RequestTimeoutMs = 10_000, ReconnectMs = 100 };

    /// <summary>A server of one's own.</summary>
    /// <param name="more">Further arguments.</param>
    public static async Task<RedisServer> Start(params string[] more)
    {
        var server = new RedisServer(more);
        await server.InitializeAsync();
        return server;
    }

    public async Task InitializeAsync()
    {
        _process?.Dispose();
        var isTls = _more.Contains("--tls-cert-file");
        _process = await ServerProcess.Start(
            "redis-server", Package,
            [
                "--port", isTls ? "0" : Text(_port), "--tls-port", isTls ? Text(_port) : "0", "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "no", "--dir", _folder, .. _more,
            ],
            Answers);
    }

    public async Task DisposeAsync()
    {
        _process?.Dispose();
        await Task.Run(() => Directory.Delete(_folder, recursive: true));
    }

    /// <summary>Starts it again where it was, empty.</summary>
    public Task Restart() => InitializeAsync();

    public void Kill() => _process!.Kill();

    public void Pause() => _process!.Pause();

    public void Resume() => _process!.Resume();

    /// <summary>What redis-cli prints, without the last line's end.</summary>
    public async Task<string> Cli(params string[] words)
    {
        var start = new ProcessStartInfo("redis-cli", ["-p", Text(_port), .. words]) { RedirectStandardOutput = true };
        using var cli = Process.Start(start) ?? throw new InvalidOperationException($"redis-cli: apt-get install {Package}");
        var text = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return text.TrimEnd('\n');
    }

    /// <summary>A redis-cli that runs on.</summary>
    internal Process CliOn(params string[] words) =>
        Process.Start(new ProcessStartInfo("redis-cli", ["-p", Text(_port), .. words]) { RedirectStandardOutput = true })!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<bool> Answers(CancellationToken cancel)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port, cancel);
        if (_more.Contains("--tls-cert-file"))
        {
            return true;
        }

        await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancel);
        var answer = new byte[64];
        var length = await client.GetStream().ReadAsync(answer, cancel);
        return Encoding.ASCII.GetString(answer, 0, length) is { } text
            && (text.StartsWith("+PONG", StringComparison.Ordinal) || text.StartsWith("-NOAUTH", StringComparison.Ordinal));
    }
}

[CollectionDefinition(Name)]
public sealed class RedisTests : ICollectionFixture<RedisServer>
{
    public const string Name = "Redis";
}
