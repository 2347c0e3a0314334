using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.S3;

namespace Aurum.Tests.Engines.Servers;

/// <summary>OpenStack Swift on one node with its S3 API, from Debian packages: account, container, object and proxy server and memcached
/// on loopback. Started once a run.</summary>
public sealed class SwiftServer : IAsyncLifetime
{
    public const string AccessKey = "test:tester";
    public const string SecretKey = "testing";

    private const string Package = "swift-proxy swift-account swift-container swift-object memcached";

    private readonly string _folder = Directory.CreateTempSubdirectory("aurum-swift-").FullName;
    private readonly List<ServerProcess> _servers = [];
    private readonly int _port = ServerProcess.FreePort();
    private ServerProcess? _proxy;
    private int _buckets;

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

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
        var (cache, account, container, @object) = (Port(), Port(), Port(), Port());
        Directory.CreateDirectory(Path.Combine(_folder, "dev", "d1"));
        Write("swift.conf", "[swift-hash]\nswift_hash_path_suffix = aurum\nswift_hash_path_prefix = aurum\n");
        Write("proxy.conf", ProxyConfiguration(cache));
        BuildRings(account, container, @object);
        _servers.Add(await ServerProcess.Start(
            "memcached", Package, ["-u", "nobody", "-l", "127.0.0.1", "-p", Text(cache), "-m", "32"], Listens(cache)));
        _servers.AddRange(await Task.WhenAll(
            StartStorage("account", account), StartStorage("container", container), StartStorage("object", @object)));
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

    internal void KillProxy() => _proxy!.Kill();

    internal async Task StartProxy()
    {
        using var http = new HttpClient();
        _proxy?.Dispose();
        _proxy = await ServerProcess.Start(
            "swift-proxy-server",
            Package,
            [Path.Combine(_folder, "proxy.conf"), "-v"],
            async cancel => (await http.GetAsync($"{Endpoint}/healthcheck", cancel)).IsSuccessStatusCode,
            Environment());
    }

    private Task<ServerProcess> StartStorage(string kind, int port)
    {
        Write($"{kind}.conf", $"""
            [DEFAULT]
            bind_ip = 127.0.0.1
            bind_port = {port}
            user = {System.Environment.UserName}
            swift_dir = {_folder}
            devices = {_folder}/dev
            mount_check = false
            workers = 0
            disable_fallocate = true
            fallocate_reserve = 0
            [pipeline:main]
            pipeline = {kind}-server
            [app:{kind}-server]
            use = egg:swift#{kind}

            """);
        return ServerProcess.Start(
            $"swift-{kind}-server", Package, [Path.Combine(_folder, $"{kind}.conf"), "-v"], Listens(port), Environment());
    }

    private string ProxyConfiguration(int cache) => $"""
        [DEFAULT]
        bind_ip = 127.0.0.1
        bind_port = {_port}
        user = {System.Environment.UserName}
        swift_dir = {_folder}
        workers = 0
        [pipeline:main]
        pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth slo dlo
          versioned_writes symlink proxy-server
        [app:proxy-server]
        use = egg:swift#proxy
        account_autocreate = true
        allow_account_management = true
        [filter:catch_errors]
        use = egg:swift#catch_errors
        [filter:gatekeeper]
        use = egg:swift#gatekeeper
        [filter:cache]
        use = egg:swift#memcache
        memcache_servers = 127.0.0.1:{cache}
        [filter:healthcheck]
        use = egg:swift#healthcheck
        [filter:listing_formats]
        use = egg:swift#listing_formats
        [filter:bulk]
        use = egg:swift#bulk
        [filter:s3api]
        use = egg:swift#s3api
        location = us-east-1
        s3_acl = false
        check_bucket_owner = false
        auth_pipeline_check = false
        min_segment_size = 1
        [filter:tempauth]
        use = egg:swift#tempauth
        user_test_tester = {SecretKey} .admin
        [filter:slo]
        use = egg:swift#slo
        [filter:dlo]
        use = egg:swift#dlo
        [filter:symlink]
        use = egg:swift#symlink
        [filter:versioned_writes]
        use = egg:swift#versioned_writes
        allow_object_versioning = true

        """;

    /// <summary>One process for all rings: each call of the tool costs a second.</summary>
    private void BuildRings(int account, int container, int @object)
    {
        var script = string.Create(CultureInfo.InvariantCulture, $$"""
            from swift.common.ring import RingBuilder
            for name, port in (('account', {{account}}), ('container', {{container}}), ('object', {{@object}})):
                b = RingBuilder(4, 1, 0)
                b.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': port, 'device': 'd1', 'weight': 1.0, 'meta': ''})
                b.rebalance()
                b.get_ring().save('{{_folder}}/' + name + '.ring.gz')
            """);
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", script]) { RedirectStandardError = true };
        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = value;
        }

        using var python = Process.Start(start)!;
        var error = python.StandardError.ReadToEnd();
        python.WaitForExit();
        if (python.ExitCode != 0)
        {
            throw new InvalidOperationException($"the rings of Swift could not be built: apt-get install {Package}\n{error}");
        }
    }

    private Dictionary<string, string> Environment() => new() { ["SWIFT_DIR"] = _folder };

    private static int Port() => ServerProcess.FreePort();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Func<CancellationToken, Task<bool>> Listens(int port) => async cancel =>
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancel);
        return true;
    };

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}

/// <summary>Tests that use Swift: one after the other, with one server.</summary>
[CollectionDefinition(Name)]
public sealed class SwiftTests : ICollectionFixture<SwiftServer>
{
    public const string Name = "Swift";
}
