using System.Globalization;
using System.Text.Json;
using Aurum.App.Api;
using Aurum.App.Configuration;

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

    private static JsonElement Pod(JsonElement workload) =>
        workload.GetProperty("spec").GetProperty("template").GetProperty("spec");

    private static IEnumerable<JsonElement> List(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];

    private static bool Selects(JsonElement selector, string labels) => selector.GetProperty("matchLabels").GetRawText() == labels;

    private IEnumerable<JsonElement> Of(string kind) => chart.Manifests.Where(m => $"{m.GetProperty("kind")}" == kind);

    private IEnumerable<JsonElement> Workloads(string kind) => Of(kind);

    private IEnumerable<JsonElement> OurContainers() => Of("Deployment").Concat(Of("Job")).Select(Pod)
        .SelectMany(static p => List(p, "containers").Concat(List(p, "initContainers")));
}
