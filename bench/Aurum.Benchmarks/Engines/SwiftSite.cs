using System.Diagnostics;
using System.Globalization;

namespace Aurum.Benchmarks.Engines;

/// <summary>The files of an OpenStack Swift of one node with its S3 API, from Debian packages: rings, settings, and what is to be started.
/// All of it listens on loopback.</summary>
internal sealed class SwiftSite
{
    public const string Package = "swift-proxy swift-account swift-container swift-object memcached";
    public const string AccessKey = "test:tester";
    public const string SecretKey = "testing";

    private readonly string _folder;
    private readonly int _port = BenchServer.FreePort();

    /// <summary>Writes the files.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <exception cref="InvalidOperationException">The packages are not there.</exception>
    public SwiftSite(string folder)
    {
        _folder = folder;
        var (cache, account, container, @object) =
            (BenchServer.FreePort(), BenchServer.FreePort(), BenchServer.FreePort(), BenchServer.FreePort());
        Directory.CreateDirectory(Path.Combine(folder, "dev", "d1"));
        Write("swift.conf", "[swift-hash]\nswift_hash_path_suffix = aurum\nswift_hash_path_prefix = aurum\n");
        Write("proxy.conf", ProxyConfiguration(cache));
        BuildRings(account, container, @object);
        Cache = new SwiftProcess("memcached", ["-u", "nobody", "-l", "127.0.0.1", "-p", Text(cache), "-m", "32"], cache);
        Storage = [Part("account", account), Part("container", container), Part("object", @object)];
        Proxy = new SwiftProcess("swift-proxy-server", [Path.Combine(folder, "proxy.conf"), "-v"], _port);
    }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>Starts first.</summary>
    public SwiftProcess Cache { get; }

    /// <summary>Then these.</summary>
    public IReadOnlyList<SwiftProcess> Storage { get; }

    /// <summary>Starts last; it answers at <c>/healthcheck</c>.</summary>
    public SwiftProcess Proxy { get; }

    /// <summary>Variables of all of them.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string> { ["SWIFT_DIR"] = _folder };

    private SwiftProcess Part(string kind, int port)
    {
        Write($"{kind}.conf", $"""
            [DEFAULT]
            bind_ip = 127.0.0.1
            bind_port = {port}
            user = {Environment.UserName}
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
        return new SwiftProcess($"swift-{kind}-server", [Path.Combine(_folder, $"{kind}.conf"), "-v"], port);
    }

    private string ProxyConfiguration(int cache) => $"""
        [DEFAULT]
        bind_ip = 127.0.0.1
        bind_port = {_port}
        user = {Environment.UserName}
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
        foreach (var (name, value) in Variables)
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

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}

/// <summary>A process of Swift.</summary>
/// <param name="Program">Program.</param>
/// <param name="Arguments">Arguments.</param>
/// <param name="Port">Port that it listens on once it is up.</param>
internal sealed record SwiftProcess(string Program, IReadOnlyList<string> Arguments, int Port);
