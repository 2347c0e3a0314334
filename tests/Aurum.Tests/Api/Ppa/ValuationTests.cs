using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Aurum.Tests.Api.Ppa;

/// <summary>Valuations over HTTP: on curves, on scenarios, again from the manifest, and explained.</summary>
[Trait("Category", "Slow")]
public sealed class ValuationTests(PpaWorld world) : IClassFixture<PpaWorld>
{
    private static readonly string Date = $"{PpaWorld.Monday:uuuu-MM-dd}";

    [Fact]
    public async Task A_stored_valuation_adds_up_and_is_stored_once()
    {
        var id = await world.Store(PpaWorld.Solar);
        var order = $$"""{"ppa_contract_id": "{{id}}", "asof_date": "{{Date}}", "known_at": "2026-03-10T00:00:00Z"}""";
        var answer = await world.Send(HttpMethod.Post, "/v1/ppa/valuate", order);
        var metrics = answer.Json["data"]!.AsArray();
        var path = answer.Headers["Location"];
        Assert.Equal(path, (await world.Send(HttpMethod.Post, "/v1/ppa/valuate", order)).Headers["Location"]);

        var valuation = await world.Get(path);
        var result = valuation["result"]!;
        var npv = PpaWorld.Number(result, "npv");
        Assert.Equal(npv, PpaWorld.Sum(result["cashflows"]!, "present_value"));
        Assert.Equal(npv, PpaWorld.Sum(result["parts"]!, "value"));
        Assert.Equal((60, Date), (result["cashflows"]!.AsArray().Count, (string)result["asof_date"]!));
        Assert.NotEqual(0m, npv);
        Assert.Equal((double)npv, (double)Metric(metrics, "npv"));
        Assert.Equal(60, metrics.Count(m => (string)m!["metric"]! == "cashflow"));
        Assert.All(metrics, m => Assert.Equal("USD", (string)m!["currency"]!));

        var rows = await world.Get($"/v1/ppa/contracts/{id}/valuations?metric=npv");
        Assert.Equal(path, $"/v1/ppa/valuations/{Assert.Single(rows.AsArray())!["valuation_id"]}");
        Assert.Equal(result["cashflows"]!.ToJsonString(), (await world.Get($"{path}/cashflows")).ToJsonString());
        var text = (await world.Send(HttpMethod.Get, $"{path}/cashflows?format=csv")).Text;
        var csv = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(61, csv.Length);
        Assert.StartsWith("month,payment_date,expected_mwh,delivered_mwh,", csv[0], StringComparison.Ordinal);
        foreach (var part in new[] { "parts", "deltas", "sensitivities" })
        {
            Assert.Equal(result[part]!.ToJsonString(), (await world.Get($"{path}/{part}")).ToJsonString());
        }

        Assert.Equal(valuation["manifest"]!.ToJsonString(), (await world.Get($"{path}/manifest")).ToJsonString());
        Assert.Equal(HttpStatusCode.NotModified, await Unchanged(path));
    }

    [Fact]
    public async Task The_manifest_gives_the_same_bytes_again_whatever_came_after_and_however_many_threads()
    {
        string Order(int threads) => $$"""
            {"terms": {{PpaWorld.Peak()}}, "asof_date": "{{Date}}", "known_at": "{{world.Rig.Clock.Now}}",
             "options": {"simulation": {"paths": 128, "seed": 7, "threads": {{threads}} } } }
            """;
        var one = await world.Post("/v1/ppa/preview", Order(1));
        var four = await world.Post("/v1/ppa/preview", Order(4));
        Assert.Equal(one.ToJsonString(), four.ToJsonString());
        Assert.Equal(7, (int)one["manifest"]!["seed"]!);

        await world.Rig.Load("pw", PpaWorld.Monday, ["open-side"]);
        world.Rig.Pass();
        var body = $$"""{"manifest": {{one["manifest"]!.ToJsonString()}}, "version_hash": "{{one["version_hash"]}}"}""";
        var again = await world.Post("/v1/ppa/repeat", body);
        Assert.Equal((true, (string)one["version_hash"]!), ((bool)again["is_same"]!, (string)again["version_hash"]!));
        Assert.Empty(again["differences"]!.AsArray());

        var other = one["manifest"]!.DeepClone();
        other["inputs"]!["options"]!["simulation"]!["seed"] = 8;
        other["seed"] = 8;
        body = $$"""{"manifest": {{other.ToJsonString()}}, "version_hash": "{{one["version_hash"]}}"}""";
        Assert.False((bool)(await world.Post("/v1/ppa/repeat", body))["is_same"]!);
    }

    [Fact]
    public async Task Simulated_risk_comes_with_intervals_that_hold_the_forward_value()
    {
        var valued = await world.Post("/v1/ppa/preview", $$"""
            {"terms": {{PpaWorld.Peak()}}, "asof_date": "{{Date}}", "options": {"simulation": {"paths": 400, "seed": 3} } }
            """);
        var statistics = valued["result"]!["risk"]!["statistics"]!.AsArray();
        Assert.Equal(
            ["mean", "p5", "p50", "p95", "var_95", "var_99", "cvar_95", "cvar_99", "probability_of_loss"],
            statistics.Select(s => (string)s!["metric"]!));
        Assert.All(statistics, s => Assert.InRange((double)s!["value"]!, (double)s["low"]!, (double)s["high"]!));
        var npv = (double)PpaWorld.Number(valued["result"]!, "npv");
        Assert.InRange(npv, (double)statistics[0]!["low"]! - 1, (double)statistics[0]!["high"]! + 1);
        Assert.True((double)statistics[1]!["value"]! < npv && npv < (double)statistics[3]!["value"]!);
        Assert.Equal([2027], valued["result"]!["risk"]!["years"]!.AsArray().Select(y => (int)y!["year"]!));
    }

    [Fact]
    public async Task A_scenarios_prices_replace_those_of_the_curves_and_the_delta_tells_by_how_much()
    {
        var run = world.Run("acme", "s-gas", 10);
        var plain = await Preview("");
        var moved = await Preview(""", "scenario_id": "s-gas" """);
        Assert.Equal((run, "s-gas"), ((string)moved["result"]!["run_id"]!, (string)moved["result"]!["scenario_id"]!));
        var delta = plain["result"]!["deltas"]!.AsArray().Where(d => (string)d!["tenor"]! == "year").Sum(d => (double)d!["value"]!);
        var change = (double)(PpaWorld.Number(moved["result"]!, "npv") - PpaWorld.Number(plain["result"]!, "npv"));
        Assert.InRange(change, (delta * 10) - 1, (delta * 10) + 1);
        Assert.Contains($"run {run}", moved["result"]!["notes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("hash 10", (string)moved["manifest"]!["inputs"]!["run_output_sha256"]!);

        var order = $$"""{"terms": {{PpaWorld.Peak()}}, "scenario_id": "s-gas"}""";
        Assert.Equal(HttpStatusCode.NotFound, (await world.Refused("/v1/ppa/preview", order, "stranger")).Status);
        order = $$"""{"terms": {{PpaWorld.Peak()}}, "run_id": "none"}""";
        Assert.Equal(HttpStatusCode.NotFound, (await world.Refused("/v1/ppa/preview", order)).Status);
    }

    [Fact]
    public async Task A_change_between_two_dates_is_explained_and_the_parts_sum_to_it()
    {
        var explained = await world.Post("/v1/ppa/explain", $$"""
            {"terms": {{PpaWorld.Solar}}, "from": "{{PpaWorld.Friday:uuuu-MM-dd}}", "to": "{{Date}}"}
            """);
        var change = PpaWorld.Number(explained, "value_to") - PpaWorld.Number(explained, "value_from");
        Assert.Equal(change, PpaWorld.Number(explained, "change"));
        Assert.Equal(change, PpaWorld.Sum(explained["parts"]!, "value"));
        Assert.NotEqual(0m, change);
        var (status, detail) = await world.Refused("/v1/ppa/explain", $$"""
            {"terms": {{PpaWorld.Solar}}, "from": "{{Date}}", "to": "{{PpaWorld.Friday:uuuu-MM-dd}}"}
            """);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("2026-03-09", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "\"asof_date\": \"2020-01-02\"", "'aurum curves load FILE'")]
    [InlineData("\"ERCOT West ON_PEAK\"=>\"ERCOT Waste ON_PEAK\"", "", "'aurum curves load FILE'")]
    [InlineData("\"ERCOT West ON_PEAK\"=>\"ERCOT ON_PEAK\"", "", "terms.curves.on_peak: expected filters that fit one curve")]
    [InlineData("\"ERCOT West ON_PEAK\"=>\"ERCOT West OFF_PEAK\"", "", "expected a curve of the hours ON_PEAK")]
    [InlineData("\"ercot\"=>\"pjm\"", "", "expected a curve of the contract's market, pjm")]
    [InlineData("\"USD\"=>\"CHF\"", "", "'aurum backfill ecb/reference-rates --from 2026-03-02 --to 2026-03-09' fetches them")]
    [InlineData("2027-12-31=>2034-12-31", "", "options.beyond")]
    [InlineData(
        "", "\"options\": {\"shape\": {\"feed\": \"ercot/day-ahead-spp\", \"location\": \"HB_WEST\"}}",
        "'aurum backfill ercot/day-ahead-spp")]
    [InlineData("", "\"options\": {\"simulation\": {\"calibrate\": true}}", "options.shape")]
    [InlineData("", "\"options\": {\"simulation\": {\"paths\": 500000}}", "at most 100000 paths over HTTP")]
    public async Task What_is_missing_is_named_with_the_command_that_gets_it(string change, string more, string told)
    {
        var terms = change.Length == 0 ? PpaWorld.Peak()
            : PpaWorld.Peak().Replace(change.Split("=>")[0], change.Split("=>")[1], StringComparison.Ordinal);
        var rest = more.Length > 0 ? ", " + more : "";
        var (status, detail) = await world.Refused("/v1/ppa/preview", $$"""{"terms": {{terms}}{{rest}} }""");
        Assert.Equal((HttpStatusCode)422, status);
        Assert.Contains(told, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contract_that_outlives_the_curve_is_valued_where_that_is_asked_for()
    {
        var terms = PpaWorld.Peak().Replace("2027-12-31", "2034-12-31", StringComparison.Ordinal);
        var valued = await world.Post(
            "/v1/ppa/preview", $$"""{"terms": {{terms}}, "options": {"beyond": "extend", "beyond_growth_percent": 1} }""");
        Assert.Equal(96, valued["result"]!["cashflows"]!.AsArray().Count);
    }

    private static decimal Metric(JsonArray metrics, string name) => decimal.Parse(
        metrics.Single(m => (string)m!["metric"]! == name)!["value"]!.ToJsonString(), CultureInfo.InvariantCulture);

    private async Task<JsonNode> Preview(string more) => await world.Post(
        "/v1/ppa/preview", $$"""{"terms": {{PpaWorld.Peak()}}, "known_at": "{{world.Rig.Clock.Now}}"{{more}} }""");

    private async Task<HttpStatusCode> Unchanged(string path)
    {
        var tag = (await world.Send(HttpMethod.Get, path)).Headers["ETag"];
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Aurum-Tenant", "acme");
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await world.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
