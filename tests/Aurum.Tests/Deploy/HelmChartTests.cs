using System.Globalization;
using System.Text.Json;
using Aurum.App.Api;
using Aurum.App.Configuration;
using Aurum.Sources;

namespace Aurum.Tests.Deploy;

/// <summary>The Helm chart as Go's own templates render it: against the schemas of Kubernetes, and against the program.</summary>
public sealed class HelmChartTests(HelmChart chart) : IClassFixture<HelmChart>
{
    private static readonly string[] PortsOfPrograms =
    [
        new AurumOptions().Port.ToString(CultureInfo.InvariantCulture), ProbeHost.UsualPort.ToString(CultureInfo.InvariantCulture),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_manifest_is_what_its_kind_may_be(bool withEngines)
    {
        var (code, output) = await Deployed.Node("kubernetes.mjs", chart.File(withEngines));

        Assert.True(code == 0, output);
        Assert.Contains("ok apps/v1 Deployment aurum-api", output, StringComparison.Ordinal);
        Assert.DoesNotContain("<no value>", chart.Text(withEngines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_checker_sees_a_wrong_type_and_a_misspelt_field()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["bad.yaml"], chart.Text(false)
            .Replace("containerPort: 8095", "containerPort: http", StringComparison.Ordinal)
            .Replace("minAvailable: 1", "minAvailabel: 1", StringComparison.Ordinal));

        var (code, output) = await Deployed.Node("kubernetes.mjs", folder["bad.yaml"]);

        Assert.Equal(1, code);
        Assert.Contains("containerPort", output, StringComparison.Ordinal);
        Assert.Contains("no field /spec/minAvailabel", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_process_starts_with_a_command_that_there_is() => Assert.Empty(
        OurContainers().Where(static c => c.TryGetProperty("args", out _))
            .SelectMany(static c => Deployed.Complaints([.. c.GetProperty("args").EnumerateArray().Select(static a => $"{a}")])));

    [Fact]
    public void Every_variable_is_one_that_the_program_reads() => Assert.All(
        OurContainers().SelectMany(static c => List(c, "env")).Select(static e => e.GetProperty("name").GetString()!).Distinct(),
        static variable => Assert.True(Deployed.Reads(variable), variable));

    [Fact]
    public void Probes_and_ports_are_those_of_the_program()
    {
        foreach (var container in Workloads("Deployment").Select(static d => Pod(d).GetProperty("containers")[0]))
        {
            Assert.Contains($"{container.GetProperty("ports")[0].GetProperty("containerPort")}", PortsOfPrograms);
            Assert.Equal("/live", $"{container.GetProperty("livenessProbe").GetProperty("httpGet").GetProperty("path")}");
            Assert.Equal("/ready", $"{container.GetProperty("readinessProbe").GetProperty("httpGet").GetProperty("path")}");
        }
    }

    [Fact]
    public void No_process_is_root_writes_to_its_image_or_takes_more_than_its_share()
    {
        foreach (var pod in Workloads("Deployment").Concat(Workloads("Job")).Select(Pod))
        {
            Assert.True(pod.GetProperty("securityContext").GetProperty("runAsNonRoot").GetBoolean());
            foreach (var container in List(pod, "containers").Concat(List(pod, "initContainers")))
            {
                var security = container.GetProperty("securityContext");
                Assert.True(security.GetProperty("readOnlyRootFilesystem").GetBoolean());
                Assert.False(security.GetProperty("allowPrivilegeEscalation").GetBoolean());
                Assert.Equal("ALL", $"{security.GetProperty("capabilities").GetProperty("drop")[0]}");
                Assert.True(container.GetProperty("resources").GetProperty("limits").TryGetProperty("memory", out _));
                Assert.True(container.GetProperty("resources").GetProperty("requests").TryGetProperty("cpu", out _));
            }
        }
    }

    [Fact]
    public void Every_process_has_a_budget_of_disruption_a_policy_of_the_network_and_pods_of_its_own()
    {
        foreach (var deployment in Workloads("Deployment"))
        {
            var selector = deployment.GetProperty("spec").GetProperty("selector").GetProperty("matchLabels").GetRawText();
            Assert.Contains(Of("PodDisruptionBudget"), b => Selects(b.GetProperty("spec").GetProperty("selector"), selector));
            Assert.Contains(Of("NetworkPolicy"), p => Selects(p.GetProperty("spec").GetProperty("podSelector"), selector));
        }

        var selectors = Workloads("Deployment").Concat(Workloads("StatefulSet"))
            .Select(static d => d.GetProperty("spec").GetProperty("selector").GetRawText()).ToList();
        Assert.Equal(selectors.Count, selectors.Distinct().Count());
    }

    [Fact]
    public void Scaling_follows_a_metric_that_the_program_has_and_never_goes_below_the_budget()
    {
        foreach (var scaler in Of("HorizontalPodAutoscaler"))
        {
            var spec = scaler.GetProperty("spec");
            Assert.True(spec.GetProperty("minReplicas").GetInt32() >= 2);
            foreach (var metric in List(spec, "metrics").Where(static m => $"{m.GetProperty("type")}" == "External"))
            {
                Assert.Contains($"{metric.GetProperty("external").GetProperty("metric").GetProperty("name")}", MetricNames.All);
            }
        }
    }

    [Fact]
    public void The_addresses_of_engines_are_those_of_the_services_that_the_chart_brings()
    {
        var services = Of("Service").ToDictionary(
            static s => $"{s.GetProperty("metadata").GetProperty("name")}",
            static s => $"{s.GetProperty("spec").GetProperty("ports")[0].GetProperty("port")}");
        var addresses = OurContainers().SelectMany(static c => List(c, "env")).Where(static e => e.TryGetProperty("value", out _))
            .Where(static e => !$"{e.GetProperty("name")}".EndsWith("_BUCKET", StringComparison.Ordinal))
            .Select(static e => $"{e.GetProperty("value")}").Distinct().Where(static v => v.Contains("aurum-", StringComparison.Ordinal));
        foreach (var address in addresses)
        {
            var host = new Uri(address.Contains("://", StringComparison.Ordinal) ? address : $"tcp://{address}");
            Assert.Equal(services[host.Host], host.Port.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var wait in Workloads("Job").Select(static j => $"{Pod(j).GetProperty("initContainers")[0].GetProperty("command")[2]}"))
        {
            Assert.Contains(services, s => wait.Contains($"/dev/tcp/{s.Key}/{s.Value})", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_secret_is_written_down() => Assert.All(
        OurContainers().SelectMany(static c => List(c, "env"))
            .Where(static e => e.TryGetProperty("value", out _)).Select(static e => $"{e.GetProperty("name")}"),
        static name => Assert.DoesNotMatch("(?i)password|secret|token|dsn|access_key", name));

    [Fact]
    public async Task Values_fit_their_schema_and_a_wrong_one_does_not()
    {
        using var folder = new TestFolder();
        var values = await File.ReadAllTextAsync(Deployed.PathOf("helm", "aurum", "values.yaml"));
        await File.WriteAllTextAsync(folder["values.yaml"], values
            .Replace("minAvailable: 1", "minAvailabel: 1", StringComparison.Ordinal)
            .Replace("port: 8095", "port: 80950", StringComparison.Ordinal)
            .Replace("AWS_REGION:", "AWS_SECRET_ACCESS_KEY:", StringComparison.Ordinal));
        var schema = Deployed.PathOf("helm", "aurum", "values.schema.json");

        var (code, output) = await Deployed.Node("values.mjs", schema, Deployed.PathOf("helm", "aurum", "values.yaml"));
        var (wrong, complaints) = await Deployed.Node("values.mjs", schema, folder["values.yaml"]);

        Assert.True(code == 0, output);
        Assert.Equal(1, wrong);
        Assert.Contains("minAvailabel", complaints, StringComparison.Ordinal);
        Assert.Contains("/components/api/port must be <= 65535", complaints, StringComparison.Ordinal);
        Assert.Contains("AWS_SECRET_ACCESS_KEY", complaints, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_lets_through_to_every_publisher()
    {
        var open = Of("NetworkPolicy").Where(static p => p.GetProperty("spec").TryGetProperty("egress", out _))
            .SelectMany(static p => p.GetProperty("spec").GetProperty("egress").EnumerateArray())
            .SelectMany(static e => List(e, "ports")).Select(static p => p.GetProperty("port").GetInt32()).ToHashSet();

        Assert.Empty(FeedCatalog.Sites.Where(s => !open.Contains(s.BaseAddress.Port)).Select(static s => s.Name));
    }

    [Fact]
    public void Whoever_takes_our_image_has_the_secret_for_it() => Assert.All(
        Of("Deployment").Concat(Of("Job")).Select(Pod),
        static pod => Assert.Equal("pull", $"{pod.GetProperty("imagePullSecrets")[0].GetProperty("name")}"));

    [Fact]
    public void Every_key_of_the_secret_is_in_the_command_that_makes_it()
    {
        var readme = File.ReadAllText(Deployed.PathOf("README.md"));
        var keys = Of("Deployment").Concat(Of("StatefulSet")).Concat(Of("Job")).Select(Pod)
            .SelectMany(static p => List(p, "containers").Concat(List(p, "initContainers"))).SelectMany(static c => List(c, "env"))
            .Where(static e => e.TryGetProperty("valueFrom", out _))
            .Select(static e => $"{e.GetProperty("valueFrom").GetProperty("secretKeyRef").GetProperty("key")}").Distinct().ToList();

        Assert.True(keys.Count > 6);
        Assert.All(keys, key => Assert.Contains($"--from-literal={key}=", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_chart_brings_is_made_ready_for_the_program()
    {
        var jobs = Workloads("Job").ToDictionary(static j => $"{j.GetProperty("metadata").GetProperty("name")}", Pod);
        var role = List(jobs["aurum-prepare-tables-1"], "initContainers").Single(static c => $"{c.GetProperty("name")}" == "role");
        var script = $"{role.GetProperty("command")[2]}";
        var api = OurContainers().First(static c => $"{c.GetProperty("name")}" == "aurum" && c.TryGetProperty("ports", out _));
        var settings = List(api, "env").Where(static e => e.TryGetProperty("value", out _))
            .ToDictionary(static e => $"{e.GetProperty("name")}", static e => $"{e.GetProperty("value")}");

        Assert.Contains($"CREATE ROLE {settings["AURUM__Postgres__AppRole"]} ", script, StringComparison.Ordinal);
        var compose = File.ReadAllText(Deployed.PathOf("compose", "prepare-postgres.sh")).Replace("\\`", "`", StringComparison.Ordinal)
            .Replace("\\$", "$", StringComparison.Ordinal);
        Assert.All(
            script.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1),
            line => Assert.Contains(line, compose, StringComparison.Ordinal));
        Assert.All(settings.Where(static s => s.Key.EndsWith("_BUCKET", StringComparison.Ordinal)), bucket => Assert.Contains(
            $"\"local/{bucket.Value}\"", $"{jobs["aurum-prepare-buckets-1"].GetProperty("containers")[0].GetProperty("command")[2]}",
            StringComparison.Ordinal));
        Assert.Equal("1", settings["AURUM__Kafka__Replication"]);
    }

    [Fact]
    public void What_processes_keep_of_S3_fits_on_their_disks()
    {
        const double MostOfTheDisk = 0.75;
        var settings = OurContainers().SelectMany(static c => List(c, "env"))
            .Where(static e => $"{e.GetProperty("name")}".EndsWith("MiB", StringComparison.Ordinal))
            .ToLookup(
                static e => $"{e.GetProperty("name")}",
                static e => int.Parse($"{e.GetProperty("value")}", CultureInfo.InvariantCulture));
        var disk = Workloads("Deployment")
            .Select(static d => Pod(d).GetProperty("volumes")[0].GetProperty("ephemeral").GetProperty("volumeClaimTemplate"))
            .Select(static t => $"{t.GetProperty("spec").GetProperty("resources").GetProperty("requests").GetProperty("storage")}")
            .Distinct().Single();

        Assert.EndsWith("Gi", disk, StringComparison.Ordinal);
        var disksMiB = int.Parse(disk[..^2], CultureInfo.InvariantCulture) * 1024;
        Assert.InRange(settings["AURUM__S3__CacheMiB"].Max() + settings["AURUM__S3__ArchiveMiB"].Max(), 1024, disksMiB * MostOfTheDisk);
    }

    private static JsonElement Pod(JsonElement workload) =>
        workload.GetProperty("spec").GetProperty("template").GetProperty("spec");

    private static IEnumerable<JsonElement> List(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];

    private static bool Selects(JsonElement selector, string labels) => selector.GetProperty("matchLabels").GetRawText() == labels;

    private IEnumerable<JsonElement> Of(string kind) => chart.Manifests.Where(m => $"{m.GetProperty("kind")}" == kind);

    private IEnumerable<JsonElement> Workloads(string kind) => Of(kind);

    private IEnumerable<JsonElement> OurContainers() => Of("Deployment").Concat(Of("Job")).Select(Pod)
        .SelectMany(static p => List(p, "containers").Concat(List(p, "initContainers")))
        .Where(static c => $"{c.GetProperty("image")}".StartsWith("aurum:", StringComparison.Ordinal));
}
