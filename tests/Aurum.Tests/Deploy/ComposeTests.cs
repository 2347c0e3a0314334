using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aurum.Tests.Deploy;

/// <summary>The compose file: against the schema of its specification, and against the program.</summary>
public sealed partial class ComposeTests : IAsyncLifetime
{
    private readonly Dictionary<string, JsonElement> _services = [];

    public async Task InitializeAsync()
    {
        // The checker prints the file with its anchors resolved, once it fits the schema.
        var file = await Deployed.Json("compose.mjs", Deployed.PathOf("compose", "compose.yaml"));
        foreach (var service in file.GetProperty("services").EnumerateObject())
        {
            _services.Add(service.Name, service.Value);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void What_runs_for_good_has_a_health_check_and_what_prepares_does_not_start_again_when_done() => Assert.All(
        _services,
        static s => Assert.True(
            s.Key.StartsWith("prepare-", StringComparison.Ordinal)
                ? $"{s.Value.GetProperty("restart")}" == "on-failure"
                : s.Value.TryGetProperty("healthcheck", out _) || IsApi(s.Value),
            s.Key));

    [Fact]
    public void Everything_has_a_limit_of_processors_and_memory() => Assert.All(
        _services.Values,
        static s =>
        {
            var limits = s.GetProperty("deploy").GetProperty("resources").GetProperty("limits");
            Assert.True(limits.TryGetProperty("cpus", out _) && limits.TryGetProperty("memory", out _));
        });

    [Fact]
    public void Aurum_is_not_root_writes_nothing_to_its_image_and_starts_with_commands_that_there_are()
    {
        foreach (var (name, service) in Ours())
        {
            Assert.Equal("1000:1000", $"{service.GetProperty("user")}");
            Assert.True(service.GetProperty("read_only").GetBoolean());
            Assert.Equal("ALL", $"{service.GetProperty("cap_drop")[0]}");
            Assert.Empty(Deployed.Complaints([.. service.GetProperty("command").EnumerateArray().Select(static a => $"{a}")]));
            Assert.Empty(service.GetProperty("environment").EnumerateObject().Select(static v => v.Name)
                .Where(static v => !Deployed.Reads(v)).Select(v => $"{name}: {v}"));
        }
    }

    [Fact]
    public void Addresses_are_those_of_services_that_it_waits_for_in_some_way()
    {
        foreach (var (name, service) in Ours())
        {
            var addresses = service.GetProperty("environment").EnumerateObject().Where(static v => v.Name != "AURUM__Bind")
                .SelectMany(static v => Address().Matches($"{v.Value}")).Select(static m => m.Groups[1].Value).Distinct();
            Assert.All(addresses, host => Assert.True(_services.ContainsKey(host), $"{name}: there is no service {host}"));
        }
    }

    [Fact]
    public void The_order_of_the_start_has_no_circle_and_prepares_before_it_serves()
    {
        Assert.All(_services.Keys, name => Assert.DoesNotContain(name, Before(name)));
        string[] needed =
            ["postgres", "kafka", "registry", "clickhouse", "minio", "prepare-tables", "prepare-topics", "prepare-contracts"];
        Assert.All((string[])["api", "worker", "ticks", "scenarios"], name => Assert.Empty(needed.Except(Before(name))));
    }

    [Fact]
    public void Ports_are_those_of_the_program_and_open_to_this_machine_alone()
    {
        var port = new Aurum.App.Configuration.AurumOptions().Port;
        var probe = Aurum.App.Api.ProbeHost.UsualPort.ToString(CultureInfo.InvariantCulture);

        Assert.Equal($"127.0.0.1:{port}:{port}", $"{_services["api"].GetProperty("ports")[0]}");
        Assert.All(
            _services.Values.Where(static s => s.TryGetProperty("ports", out _))
                .SelectMany(static s => s.GetProperty("ports").EnumerateArray()),
            static p => Assert.StartsWith("127.0.0.1:", $"{p}", StringComparison.Ordinal));
        Assert.All((string[])["worker", "ticks", "scenarios"], name => Assert.Contains(
            probe, _services[name].GetProperty("command").EnumerateArray().Select(static a => $"{a}")));
    }

    [Fact]
    public void Every_password_comes_from_the_environment_file_and_is_named_in_its_example()
    {
        var text = File.ReadAllText(Deployed.PathOf("compose", "compose.yaml"));
        var example = File.ReadAllText(Deployed.PathOf("compose", ".env.example"));

        Assert.All(
            Variable().Matches(text).Select(static m => m.Groups[1].Value).Distinct(),
            name => Assert.Contains($"\n{name}=\n", example.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_image_is_described_without_a_mistake_and_runs_as_nobody_special()
    {
        var (code, output) = await Deployed.Node("dockerfile.mjs", Deployed.PathOf("docker", "Dockerfile"));
        var text = File.ReadAllText(Deployed.PathOf("docker", "Dockerfile"));

        Assert.True(code == 0, output);
        Assert.Contains("USER 1000:1000", text, StringComparison.Ordinal);
        // Images of different systems have different accounts of that number: none is made.
        Assert.DoesNotMatch("useradd|groupadd|adduser", text);
        Assert.Contains(
            $"EXPOSE {new Aurum.App.Configuration.AurumOptions().Port} {Aurum.App.Api.ProbeHost.UsualPort}", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_build_reads_is_in_what_the_builder_gets()
    {
        var root = Samples.ProjectRoot();
        var ignored = File.ReadAllLines(Path.Combine(root, ".dockerignore")).Where(static l => l.Length > 0).ToList();
        var projects = Directory.GetFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(root, "bench", "Aurum.Benchmarks", "Aurum.Benchmarks.csproj"));
        var included = projects.SelectMany(static p => Include().Matches(File.ReadAllText(p))
            .Select(m => Path.GetRelativePath(Samples.ProjectRoot(), Path.GetFullPath(m.Groups[1].Value, Path.GetDirectoryName(p)!))));
        var copied = Copied().Matches(File.ReadAllText(Deployed.PathOf("docker", "Dockerfile"))).Select(static m => m.Groups[1].Value);
        var read = included.Concat(copied).Distinct().ToList();

        Assert.Contains("docs/configuration.md", read);
        Assert.Contains("eng/librdkafka", read);
        Assert.All(read, path => Assert.False(IsIgnored(path, ignored), path));
        Assert.True(IsIgnored("tests/Aurum.Tests/Samples.cs", ignored) && IsIgnored("docs/api.md", ignored));
    }

    [Fact]
    public void Trino_has_every_variable_that_its_catalogs_name()
    {
        var given = _services["trino"].GetProperty("environment").EnumerateObject().Select(static v => v.Name).ToHashSet();

        var named = Directory.GetFiles(Deployed.PathOf("trino", "catalog"), "*.properties")
            .SelectMany(static f => OfTrino().Matches(File.ReadAllText(f))).Select(static m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 10);
        Assert.Empty(named.Except(given));
    }

    /// <summary>Docker's rule, of what its patterns are used for here: the last one that fits a path or a folder of it decides.</summary>
    private static bool IsIgnored(string path, IEnumerable<string> patterns)
    {
        var isIgnored = false;
        foreach (var pattern in patterns)
        {
            var name = pattern.TrimStart('!').TrimEnd('/');
            var folders = Regex.Escape(name).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
                .Replace(@"\*", "[^/]*", StringComparison.Ordinal);
            isIgnored = Regex.IsMatch(path, $"^{folders}(/|$)") ? !pattern.StartsWith('!') : isIgnored;
        }

        return isIgnored;
    }

    private static bool IsApi(JsonElement service) => $"{service.GetProperty("command")[0]}" == "serve";

    private IEnumerable<(string Name, JsonElement Service)> Ours() => _services
        .Where(static s => $"{s.Value.GetProperty("image")}".Contains("AURUM_IMAGE", StringComparison.Ordinal))
        .Select(static s => (s.Key, s.Value));

    /// <summary>All that must be there before a service starts.</summary>
    private HashSet<string> Before(string name)
    {
        var before = new HashSet<string>();
        var open = new Queue<string>([name]);
        while (open.TryDequeue(out var next))
        {
            if (_services[next].TryGetProperty("depends_on", out var needs))
            {
                foreach (var need in needs.EnumerateObject().Select(static n => n.Name).Where(before.Add))
                {
                    open.Enqueue(need);
                }
            }
        }

        return before;
    }

    [GeneratedRegex("(?:EmbeddedResource|ProjectReference|AdditionalFiles|Content) Include=\"([^\"*;]+)\"")]
    private static partial Regex Include();

    [GeneratedRegex("(?m)^COPY ([a-z][A-Za-z0-9_./-]*) ")]
    private static partial Regex Copied();

    [GeneratedRegex(@"\$\{ENV:([A-Z0-9_]+)\}")]
    private static partial Regex OfTrino();

    [GeneratedRegex(@"(?:://(?:[^@/]*@)?|Host=|^)([a-z][a-z-]*)(?::[0-9]+|;)")]
    private static partial Regex Address();

    [GeneratedRegex(@"\$\{([A-Z_]+):\?\}")]
    private static partial Regex Variable();
}
