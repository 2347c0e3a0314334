using System.Globalization;
using Aurum.Benchmarks.Engines;
using Aurum.Cluster.S3;

namespace Aurum.Tests.Engines.Servers;

/// <summary>OpenStack Swift on one node with its S3 API, from Debian packages: account, container, object and proxy server and memcached
/// on loopback. Started once a run.</summary>
public sealed class SwiftServer : IAsyncLifetime
{
    public const string AccessKey = SwiftSite.AccessKey;
    public const string SecretKey = SwiftSite.SecretKey;

    private readonly string _folder = Directory.CreateTempSubdirectory("aurum-swift-").FullName;
    private readonly List<ServerProcess> _servers = [];
    private SwiftSite? _site;
    private ServerProcess? _proxy;
    private int _buckets;

    public string Endpoint => _site!.Endpoint;

    public S3Options Options => new()
    {
        Endpoint = Endpoint,
        AccessKey = AccessKey,
        SecretKey = SecretKey,
        RequestSeconds = 20,
        TotalSeconds = 60,
        PartMiB = 5,
    };

    public async Task InitializeAsync()
    {
        _site = new SwiftSite(_folder);
        _servers.Add(await Start(_site.Cache, Listens(_site.Cache.Port)));
        _servers.AddRange(await Task.WhenAll(_site.Storage.Select(s => Start(s, Listens(s.Port)))));
        await StartProxy();
    }

    public Task DisposeAsync()
    {
        _proxy?.Dispose();
        _servers.ForEach(s => s.Dispose());
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A new bucket.</summary>
    internal async Task<string> NewBucket()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bucket-{Interlocked.Increment(ref _buckets)}");
        using var connection = new S3Connection(Options, TimeProvider.System, static () => 1);
        await connection.Client.PutBucketAsync(name);
        return name;
    }

    internal void Pause() => _proxy!.Pause();

    internal void Resume() => _proxy!.Resume();

    /// <summary>Lets its object server keep no file beyond so many bytes, as a full disk does; null: as before.</summary>
    internal void LimitFiles(long? bytes) => _servers[^1].LimitFiles(bytes);

    internal void KillProxy() => _proxy!.Kill();

    internal async Task StartProxy()
    {
        using var http = new HttpClient();
        _proxy?.Dispose();
        _proxy = await Start(
            _site!.Proxy, async cancel => (await http.GetAsync($"{Endpoint}/healthcheck", cancel)).IsSuccessStatusCode);
    }

    private Task<ServerProcess> Start(SwiftProcess part, Func<CancellationToken, Task<bool>> answers) =>
        ServerProcess.Start(part.Program, SwiftSite.Package, part.Arguments, answers, _site!.Variables);

    private static Func<CancellationToken, Task<bool>> Listens(int port) => async cancel =>
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancel);
        return true;
    };
}

/// <summary>Tests that use Swift: one after the other, with one server.</summary>
[CollectionDefinition(Name)]
public sealed class SwiftTests : ICollectionFixture<SwiftServer>
{
    public const string Name = "Swift";
}
