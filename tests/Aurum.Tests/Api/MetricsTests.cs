using System.Text.RegularExpressions;
using Aurum.App.Running;
using Aurum.Market.Feeds;

namespace Aurum.Tests.Api;

/// <summary>Alone in the process: instruments of one name are one metric there, and end with the first server that
/// stops.</summary>
[Collection(ApiMetricsTests.Name)]
public sealed partial class MetricsTests : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async Task InitializeAsync() => _server = await ApiServer.StartAsync(ApiWorld.Fill);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Metrics_have_the_form_of_prometheus_text()
    {
        await _server.GetAsync("/v1/feeds");

        var answer = await _server.GetAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.ContentType);
        CheckForm(answer.Text, isOpenMetrics: false);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", answer.Text, StringComparison.Ordinal);
        Assert.Contains("# TYPE dotnet_gc_collections_total counter", answer.Text, StringComparison.Ordinal);
        Assert.Contains("aurum_store_rows{table=\"iso_lmp\"}", answer.Text, StringComparison.Ordinal);
        Assert.Contains("aurum_store_size_bytes ", answer.Text, StringComparison.Ordinal);
        Assert.Contains("aurum_ledger_gaps{feed=\"caiso/day-ahead-lmp\"}", answer.Text, StringComparison.Ordinal);
        Assert.Contains("aurum_watermark_lag_seconds{feed=\"nyiso/fuel-mix\"}", answer.Text, StringComparison.Ordinal);
        Assert.Matches("aurum_api_rows_total\\{resource=\"feeds\"\\} [1-9]", answer.Text);
    }

    [Fact]
    public async Task Metrics_have_the_form_of_open_metrics_where_that_is_asked_for()
    {
        await _server.GetAsync("/v1/feeds");

        var answer = await _server.GetAsync("/metrics",
            ("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));

        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", answer.ContentType);
        Assert.EndsWith("# EOF\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains("# UNIT http_server_request_duration_seconds seconds", answer.Text, StringComparison.Ordinal);
        CheckForm(answer.Text[..^"# EOF\n".Length], isOpenMetrics: true);
    }

    [Fact]
    public async Task What_the_pipeline_records_is_shown()
    {
        using var metrics = new AurumMetrics();
        var feed = new FeedId("caiso/made-up-for-metrics");
        metrics.Fetched(feed, Outcome.Throttled, 1234, TimeSpan.FromMilliseconds(20));
        metrics.Ingested(feed, Outcome.Data, new IngestedRows(10, 2, 3, 1), TimeSpan.FromMilliseconds(30));
        metrics.Gated(feed, 8, 1, 0);

        var text = (await _server.GetAsync("/metrics")).Text;

        Assert.Contains("aurum_fetch_requests_total{feed=\"caiso/made-up-for-metrics\",outcome=\"Throttled\"} 1\n", text,
            StringComparison.Ordinal);
        Assert.Contains("aurum_fetch_size_bytes_total{feed=\"caiso/made-up-for-metrics\"} 1234\n", text,
            StringComparison.Ordinal);
        Assert.Contains("aurum_ingest_rows_total{fate=\"revised\",feed=\"caiso/made-up-for-metrics\"} 2\n", Sorted(text),
            StringComparison.Ordinal);
        Assert.Contains("aurum_ingest_duration_seconds_bucket{feed=\"caiso/made-up-for-metrics\",le=\"0.025\"} 0\n", text,
            StringComparison.Ordinal);
        Assert.Contains("aurum_ingest_duration_seconds_bucket{feed=\"caiso/made-up-for-metrics\",le=\"0.05\"} 1\n", text,
            StringComparison.Ordinal);
        Assert.Contains("aurum_ingest_duration_seconds_bucket{feed=\"caiso/made-up-for-metrics\",le=\"+Inf\"} 1\n", text,
            StringComparison.Ordinal);
        Assert.Contains("aurum_gate_checks_total{feed=\"caiso/made-up-for-metrics\",result=\"passed\"} 8\n", text,
            StringComparison.Ordinal);
    }

    /// <summary>Every line is a comment or a sample of the family that was announced last; no family is announced
    /// twice.</summary>
    private static void CheckForm(string text, bool isOpenMetrics)
    {
        var families = new HashSet<string>();
        var (family, type) = ("", "");
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                (family, type) = (line.Split(' ')[2], line.Split(' ')[3]);
                Assert.True(families.Add(family), $"{family} is announced twice");
                Assert.Contains(type, new[] { "counter", "gauge", "histogram" });
                continue;
            }

            if (line.StartsWith('#'))
            {
                Assert.Equal(family, line.Split(' ')[2]);
                continue;
            }

            var sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            var suffix = sample.Groups["name"].Value[family.Length..];
            Assert.StartsWith(family, sample.Groups["name"].Value, StringComparison.Ordinal);
            Assert.Contains(suffix, type switch
            {
                "counter" => isOpenMetrics ? ["_total"] : new[] { "" },
                "histogram" => ["_bucket", "_sum", "_count"],
                _ => [""],
            });
        }
    }

    private static string Sorted(string text) =>
        Labels().Replace(text, m => "{" + string.Join(',', m.Groups[1].Value.Split(',').Order(StringComparer.Ordinal)) + "}");

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? """
        + "(NaN|[+-]Inf|-?[0-9.]+(E[+-]?[0-9]+)?)$")]
    private static partial Regex Sample();

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Labels();
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ApiMetricsTests
{
    public const string Name = "api metrics";
}
