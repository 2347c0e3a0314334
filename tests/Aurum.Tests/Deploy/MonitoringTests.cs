using System.Text.Json;
using System.Text.RegularExpressions;
using Aurum.App.Configuration;
using YamlDotNet.RepresentationModel;

namespace Aurum.Tests.Deploy;

/// <summary>Alerts and dashboards: every metric is one of the program's, every alert says what to do.</summary>
public sealed partial class MonitoringTests
{
    public static TheoryData<string> Dashboards =>
        new(Directory.GetFiles(Deployed.PathOf("grafana", "dashboards"), "*.json").Select(static f => Path.GetFileName(f)));

    [Fact]
    public void Every_alert_watches_what_the_program_counts_and_says_what_to_do()
    {
        var rules = Yaml("prometheus", "rules.yml")["groups"][0]["rules"];

        foreach (var rule in ((YamlSequenceNode)rules).Children)
        {
            Assert.Empty(Unknown(rule["expr"].ToString()));
            Assert.NotEmpty(rule["annotations"]["summary"].ToString());
            Assert.NotEmpty(rule["annotations"]["action"].ToString());
            Assert.All(
                Setting().Matches(rule["annotations"]["action"].ToString()).Select(static m => m.Value),
                static name => Assert.NotNull(SettingCatalog.Instance.Find(name)));
            Assert.Contains(rule["labels"]["severity"].ToString(), (string[])["warning", "critical"]);
        }
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void Every_panel_shows_what_the_program_counts(string file)
    {
        var dashboard = JsonDocument.Parse(File.ReadAllText(Deployed.PathOf("grafana", "dashboards", file))).RootElement;

        Assert.Equal(Path.GetFileNameWithoutExtension(file), dashboard.GetProperty("uid").GetString());
        var panels = dashboard.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(static p => p.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(
            panels.SelectMany(static p => p.GetProperty("targets").EnumerateArray()),
            static target => Assert.Empty(Unknown(target.GetProperty("expr").GetString()!)));
    }

    [Fact]
    public void The_adapter_gives_the_metric_that_workers_are_scaled_on()
    {
        var rule = Yaml("prometheus", "adapter.yaml")["rules"]["external"][0];

        Assert.Empty(Unknown(rule["seriesQuery"].ToString()));
        var values = File.ReadAllText(Deployed.PathOf("helm", "aurum", "values.yaml"));
        Assert.Contains(rule["name"]["as"].ToString(), values, StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_asks_the_ports_of_the_program()
    {
        var text = File.ReadAllText(Deployed.PathOf("prometheus", "prometheus.yml"));

        Assert.Contains($"api:{new Aurum.App.Configuration.AurumOptions().Port}", text, StringComparison.Ordinal);
        Assert.Contains($"port: {Aurum.App.Api.ProbeHost.UsualPort}", text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Unknown(string expression) =>
        Metric().Matches(expression).Select(static m => m.Value).Distinct().Where(static m => !MetricNames.All.Contains(m));

    private static YamlNode Yaml(params string[] path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Deployed.PathOf(path))));
        return stream.Documents[0].RootNode;
    }

    [GeneratedRegex("[A-Z][A-Za-z]+:[A-Z][A-Za-z]+")]
    private static partial Regex Setting();

    [GeneratedRegex("aurum_[a-z_]+")]
    private static partial Regex Metric();
}
