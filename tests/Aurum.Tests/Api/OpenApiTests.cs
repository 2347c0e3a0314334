using System.Net;
using System.Text.Json.Nodes;

namespace Aurum.Tests.Api;

[Collection(ApiReadingTests.Name)]
public sealed class OpenApiTests
{
    private readonly ApiServer _server;

    public OpenApiTests(ApiReading reading) => _server = reading.Server;

    private static readonly string[] Paths =
    [
        "/health", "/live", "/metrics", "/ready", "/v1/admin/external/health", "/v1/admin/external/health/{provider}",
        "/v1/admin/external/ratelimits", "/v1/admin/external/sla", "/v1/admin/external/validation/{provider}",
        "/v1/admin/sinks",
        "/v1/backfill", "/v1/backfill/{id}", "/v1/backfill/{id}/cancel",
        "/v1/backfill/{id}/pause", "/v1/backfill/{id}/resume", "/v1/balances", "/v1/bars", "/v1/curve-snapshots",
        "/v1/curves", "/v1/curves/blocks", "/v1/curves/branches", "/v1/curves/branches/{branch}/drop", "/v1/curves/branches/{branch}/merge",
        "/v1/curves/built", "/v1/curves/built/account",
        "/v1/curves/diff", "/v1/curves/errors", "/v1/curves/exports", "/v1/curves/latest", "/v1/curves/loads",
        "/v1/curves/rollback", "/v1/curves/strips",
        "/v1/drift", "/v1/events", "/v1/feeds",
        "/v1/feeds/{publisher}/{dataset}",
        "/v1/files", "/v1/gaps", "/v1/iso/ancillary", "/v1/iso/generation", "/v1/iso/lmp", "/v1/iso/lmp/daily",
        "/v1/iso/lmp/hourly", "/v1/iso/lmp/last-24h", "/v1/iso/lmp/latest", "/v1/iso/lmp/negative", "/v1/iso/lmp/revisions",
        "/v1/iso/load", "/v1/lakefs/pre-merge",
        "/v1/latest", "/v1/locations", "/v1/locations/{iso}/{id}", "/v1/metadata/calendars", "/v1/metadata/dimensions",
        "/v1/metadata/units",
        "/v1/ppa/check", "/v1/ppa/contracts", "/v1/ppa/contracts/{contract_id}", "/v1/ppa/contracts/{contract_id}/valuations",
        "/v1/ppa/contracts/{contract_id}/versions", "/v1/ppa/contracts/{contract_id}/words", "/v1/ppa/explain", "/v1/ppa/preview",
        "/v1/ppa/repeat", "/v1/ppa/schema", "/v1/ppa/valuate", "/v1/ppa/valuations/{valuation_id}",
        "/v1/ppa/valuations/{valuation_id}/cashflows", "/v1/ppa/valuations/{valuation_id}/deltas",
        "/v1/ppa/valuations/{valuation_id}/manifest", "/v1/ppa/valuations/{valuation_id}/parts",
        "/v1/ppa/valuations/{valuation_id}/sensitivities",
        "/v1/quarantine",
        "/v1/scenarios", "/v1/scenarios/diff",
        "/v1/scenarios/runs/{run_id}/cancel", "/v1/scenarios/runs/{run_id}/manifest", "/v1/scenarios/runs/{run_id}/state",
        "/v1/scenarios/validate", "/v1/scenarios/verify", "/v1/scenarios/{scenario_id}", "/v1/scenarios/{scenario_id}/metrics/latest",
        "/v1/scenarios/{scenario_id}/outputs", "/v1/scenarios/{scenario_id}/run", "/v1/scenarios/{scenario_id}/runs",
        "/v1/scenarios/{scenario_id}/runs/{run_id}", "/v1/scenarios/{scenario_id}/runs:bulk", "/v1/series", "/v1/series/catalog",
        "/v1/series/filled", "/v1/sql", "/v1/status", "/v1/ticks", "/v1/ticks/dead-letters", "/v1/ticks/dead-letters/redrive",
        "/v1/ticks/status", "/v1/ticks/stream", "/v1/ticks/ws",
        "/v1/warnings",
    ];

    [Fact]
    public async Task The_document_describes_every_route()
    {
        var document = await DocumentAsync();

        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        Assert.Equal(Paths, document["paths"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_guide_names_every_route()
    {
        var guide = File.ReadAllText(Path.Combine(Samples.ProjectRoot(), "docs", "api.md"));

        Assert.All(Paths, path => Assert.Contains(
            path.StartsWith("/v1/iso/lmp/", StringComparison.Ordinal) ? $"`{path["/v1/iso/lmp".Length..]}`" : path,
            guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_operation_and_parameter_says_what_it_is()
    {
        foreach (var (path, operations) in (await DocumentAsync())["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.False(string.IsNullOrWhiteSpace((string?)operation!["summary"]), $"{method} {path} has no summary");
                Assert.NotNull(operation["operationId"]);
                Assert.Contains(operation["responses"]!.AsObject(), static r => r.Key[0] == '2' || r.Key == "101");
                foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                {
                    Assert.False(string.IsNullOrWhiteSpace((string?)parameter!["description"]),
                        $"{path}: {parameter["name"]} has no description");
                    Assert.NotNull(parameter["schema"]);
                }
            }
        }
    }

    [Theory]
    [InlineData("/v1/iso/lmp", "/v1/iso/lmp?limit=1")]
    [InlineData("/v1/iso/load", "/v1/iso/load?limit=1")]
    [InlineData("/v1/iso/generation", "/v1/iso/generation?limit=1")]
    [InlineData("/v1/iso/ancillary", "/v1/iso/ancillary?limit=1")]
    [InlineData("/v1/series", "/v1/series?limit=1")]
    [InlineData("/v1/feeds", "/v1/feeds?limit=1")]
    [InlineData("/v1/gaps", "/v1/gaps?limit=1")]
    [InlineData("/v1/files", "/v1/files?limit=1")]
    [InlineData("/v1/quarantine", "/v1/quarantine?limit=1")]
    [InlineData("/v1/locations", "/v1/locations?limit=1")]
    [InlineData("/v1/iso/lmp/latest", "/v1/iso/lmp/latest?limit=1")]
    [InlineData("/v1/iso/lmp/hourly", "/v1/iso/lmp/hourly?limit=1&start=2025-11-02")]
    public async Task An_answer_has_the_fields_that_the_document_names(string path, string request)
    {
        var document = await DocumentAsync();
        var schema = document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
        var item = Resolve(document, Resolve(document, Resolve(document, schema)["properties"]!["data"]!)["items"]!);

        var row = Assert.Single(await _server.RowsAsync(request))!.AsObject();

        Assert.Equal(
            row.Select(p => p.Key).Order(StringComparer.Ordinal),
            item["properties"]!.AsObject().Select(p => p.Key)
            .Where(n => row.ContainsKey(n) || !n.EndsWith("_local", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        var page = await _server.GetAsync("/docs/index.html");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("<title>Aurum API</title>", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("/docs/swagger-ui-bundle.js")).Status);
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema) => (string?)schema["$ref"] is { } reference
        ? document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]]!
        : schema;

    private async Task<JsonNode> DocumentAsync()
    {
        var answer = await _server.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json;
    }
}
