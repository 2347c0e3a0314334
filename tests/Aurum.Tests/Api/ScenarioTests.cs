using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Tests.Api;

/// <summary>Scenarios over HTTP: what a tenant creates, runs, reads and compares.</summary>
public sealed class ScenarioTests : IAsyncLifetime
{
    private const string GasUp = """
        {
          "name": "Gas up", "tags": ["gas"],
          "assumptions": [
            {"driver_type": "fuel_curve", "name": "gas",
             "payload": {"fuel": "natural_gas", "reference_series": "hub_gas", "change_pct": 20}},
            {"driver_type": "load_growth", "payload": {"annual_growth_pct": 2}}
          ],
          "parameters": {
            "curves": [{"words": "West power", "block": "ON_PEAK"}],
            "references": [{"name": "hub_gas", "words": "Hub gas"}]
          }
        }
        """;

    private static readonly LocalDate AsOf = new(2025, 9, 17);

    private static readonly Instant Known = Instant.FromUtc(2025, 9, 17, 18, 0);

    private ApiServer _server = null!;

    private static Feed<CurveQuote> Feed => (Feed<CurveQuote>)CurveFeeds.Vendors.Single(v => v.Layout.Vendor == "pw").Merged;

    public async Task InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        ApiWorld.Deliver(_server.Store, Feed, AsOf, Known, [.. Quotes(60)]);
        _server.Scenarios.Service.Start();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_run_comes_to_outputs_whose_parts_add_up_and_that_can_be_computed_again()
    {
        var scenario = await Create(GasUp);
        Assert.Equal("created", (string)scenario["status"]!);
        var run = await Run(scenario);
        var outputs = await _server.WalkAsync($"/v1/scenarios/{scenario["id"]}/outputs?limit=5");
        Assert.Equal((int)run["output_rows"]!, outputs.Count);
        Assert.Equal(12, outputs.Count(o => (string)o["tenor_type"]! == "MONTHLY"));
        Assert.Contains(outputs, o => (string)o["tenor_label"]! == "Calendar 2026");
        foreach (var output in outputs)
        {
            var parts = output["attribution"]!.AsArray().Sum(p => (decimal)(double)p!["delta"]!);
            Assert.Equal((decimal)(double)output["value"]!, (decimal)(double)output["base"]! + parts);
            Assert.True((double)output["value"]! > (double)output["base"]!);
            Assert.InRange((double)output["value"]!, (double)output["band_lower"]!, (double)output["band_upper"]!);
            Assert.Equal(("USD/MWh", "2025-09-17"), ((string)output["unit"]!, (string)output["asof_date"]!));
        }

        var manifest = (await _server.GetAsync($"/v1/scenarios/runs/{run["id"]}/manifest")).Json["data"]!;
        Assert.Equal(2, manifest["curves"]!.AsArray().Count);
        Assert.Equal((string)run["input_hash"]!, (string)manifest["input_sha256"]!);
        var body = new JsonObject { ["manifest"] = manifest.DeepClone(), ["output_hash"] = (string)run["output_hash"]! };
        var again = (await Post("/v1/scenarios/verify", body.ToJsonString())).Json["data"]!;
        Assert.Equal((true, 0), ((bool)again["is_same"]!, again["changes"]!.AsArray().Count));
        Assert.Equal("active", (string)(await _server.GetAsync($"/v1/scenarios/{scenario["id"]}")).Json["data"]!["status"]!);
        Assert.NotEmpty(run["explanation"]!.AsArray());
    }

    [Fact]
    public async Task The_same_order_is_one_run_until_the_store_knows_more()
    {
        var scenario = await Create(GasUp);
        var first = await Run(scenario, """{"idempotency_key": "monday"}""");
        Assert.Equal((string)first["id"]!, (string)(await Run(scenario))["id"]!);
        var path = $"/v1/scenarios/{scenario["id"]}/run";
        Assert.Equal(HttpStatusCode.Conflict, (await Post(path, """{"idempotency_key": "monday", "seed": 7}""")).Status);
        var bulk = (await Post(
            $"/v1/scenarios/{scenario["id"]}/runs:bulk",
            """{"runs": [{}, {"seed": 2}, {"seed": 2}, {"idempotency_key": "monday", "seed": 3}]}""")).Json["data"]!.AsArray();
        Assert.Equal(["known", "queued", "known", "refused"], bulk.Select(b => (string)b!["outcome"]!));

        ApiWorld.Deliver(_server.Store, Feed, AsOf.PlusDays(1), Known + Duration.FromDays(1), [.. Quotes(70, AsOf.PlusDays(1))]);
        var next = await Run(scenario);
        Assert.NotEqual((string)first["id"]!, (string)next["id"]!);
        var diff = await _server.RowsAsync($"/v1/scenarios/diff?a={first["id"]}&b={next["id"]}&tenor_type=MONTHLY&limit=100");
        Assert.Equal(12, diff.Count);
        foreach (var row in diff)
        {
            var parts = row!["attribution"]!.AsArray().Sum(p => (decimal)(double)p!["delta"]!);
            Assert.Equal((decimal)(double)row["value_b"]!, (decimal)(double)row["value_a"]! + parts);
            Assert.Equal("base", (string)row["attribution"]![0]!["component"]!);
        }
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        var scenario = await Create(GasUp);
        var run = await Run(scenario);
        foreach (var path in (string[])
            [
                $"/v1/scenarios/{scenario["id"]}", $"/v1/scenarios/{scenario["id"]}/runs", $"/v1/scenarios/{scenario["id"]}/outputs",
                $"/v1/scenarios/{scenario["id"]}/metrics/latest", $"/v1/scenarios/{scenario["id"]}/runs/{run["id"]}",
                $"/v1/scenarios/runs/{run["id"]}/manifest", $"/v1/scenarios/diff?a={scenario["id"]}&b={run["id"]}",
            ])
        {
            Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync(path, ("X-Aurum-Tenant", "umbra"))).Status);
        }

        Assert.Empty(await _server.RowsAsync("/v1/scenarios?tenant=umbra"));
        Assert.Single(await _server.RowsAsync("/v1/scenarios"));
        Assert.Equal(
            HttpStatusCode.NotFound, (await Post($"/v1/scenarios/runs/{run["id"]}/cancel?tenant=umbra", "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Post($"/v1/scenarios/{scenario["id"]}/run?tenant=umbra", "{}")).Status);
    }

    [Fact]
    public async Task A_change_is_a_version_and_takes_the_tag_of_what_was_seen()
    {
        var scenario = await Create(GasUp);
        var path = $"/v1/scenarios/{scenario["id"]}";
        var seen = (await _server.GetAsync(path)).Headers["ETag"];
        var changed = await Send(HttpMethod.Patch, path, """{"name": "Gas up more"}""", seen);
        Assert.Equal((HttpStatusCode.OK, 2), (changed.Status, (int)changed.Json["data"]!["version"]!));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Send(HttpMethod.Patch, path, """{"name": "x"}""", seen)).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Send(HttpMethod.Delete, path, null, seen)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Patch, path, """{"status": "archived"}""", null)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Post($"{path}/run", "{}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(HttpMethod.Delete, path, null, null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var wrong = await Post("/v1/scenarios", """
            {"name": "x", "asumptions": [], "assumptions": [{"driver_type": "load_growth", "payload": {"annual_growth_pct": 900}}],
             "parameters": {"curves": [{"wrods": "West"}], "paths": 0, "grid": {"wind_capacity_factor": 2}}, "tags": [7]}
            """);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        var fields = wrong.Json["errors"]!.AsArray().Select(e => (string)e!["field"]!).ToList();
        Assert.Contains("$.assumptions[0].payload.annual_growth_pct", fields);
        Assert.Contains("$.parameters.curves[0].wrods", fields);
        Assert.Contains("$.parameters.paths", fields);
        Assert.Contains("$.parameters.grid.wind_capacity_factor", fields);
        Assert.Contains("$.tags[0]", fields);
        Assert.Contains("$.asumptions", fields);
    }

    [Fact]
    public async Task A_scenario_is_said_in_words_before_it_is_kept()
    {
        var told = (await Post("/v1/scenarios/validate", GasUp)).Json["data"]!;
        Assert.Equal(["gas", "load_growth"], told["drivers"]!.AsArray().Select(d => (string)d!));
        Assert.Contains("Hub gas of 2025-09-17", (string)told["references"]!["hub_gas"]!, StringComparison.Ordinal);
        Assert.NotEmpty(told["sentences"]!.AsArray());
        var drawn = (await Post("/v1/scenarios/validate", GasUp.Replace(
            """{"driver_type": "load_growth", "payload": {"annual_growth_pct": 2}}""",
            """{"driver_type": "stochastic", "payload": {"distribution_type": "normal", "parameters": {"mean": 0, "stdev": 3}}}""",
            StringComparison.Ordinal))).Json["data"]!;
        Assert.Contains(drawn["sentences"]!.AsArray(), s => ((string)s!).Contains("1000 paths", StringComparison.Ordinal));
        Assert.Empty(await _server.RowsAsync("/v1/scenarios"));

        var nowhere = await Post("/v1/scenarios/validate", GasUp.Replace("West power", "Atlantis", StringComparison.Ordinal));
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "$.parameters.curves[0]"), (nowhere.Status, (string)nowhere.Json["field"]!));
    }

    [Fact]
    public async Task Outputs_come_as_CSV_lines_and_Parquet_too()
    {
        var scenario = await Create(GasUp);
        var run = await Run(scenario);
        var path = $"/v1/scenarios/{scenario["id"]}/outputs?limit=1000&format=";
        var rows = (int)run["output_rows"]!;
        Assert.Equal(rows + 1, (await _server.GetAsync(path + "csv")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(rows, (await _server.GetAsync(path + "ndjson")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var file = await _server.GetAsync(path + "parquet");
        Assert.Equal("PAR1", Encoding.ASCII.GetString(file.Bytes.AsSpan(0, 4)));
        var latest = await _server.RowsAsync($"/v1/scenarios/{scenario["id"]}/metrics/latest");
        Assert.Equal(("up", "2026-01"), ((string)Assert.Single(latest)!["trend"]!, (string)latest[0]!["tenor_label"]!));
    }

    [Fact]
    public async Task A_supply_stack_is_fitted_to_stored_hours_which_the_manifest_pins()
    {
        var prices = ApiWorld.FeedOf<LmpRow>("pjm/day-ahead-lmp");
        var loads = ApiWorld.FeedOf<LoadRow>("pjm/load-metered");
        var hub = new Location("WESTERN HUB", LocationType.Hub);
        var rto = new Location("RTO", LocationType.System);
        var hours = Enumerable.Range(0, 31 * 24)
            .Select(h => ApiWorld.Hour(prices.Day(new LocalDate(2025, 8, 1)).Start, h)).ToList();
        static double Mw(int hour) => 80_000 + (1_500 * (hour % 24));
        ApiWorld.Deliver(_server.Store, prices, AsOf, Known, [.. hours.Select((d, h) =>
            new LmpRow(hub, d, 20 + ((Mw(h) - 80_000) / 1_000), double.NaN, double.NaN, double.NaN, double.NaN))]);
        ApiWorld.Deliver(_server.Store, loads, AsOf, Known, [.. hours.Select((d, h) => new LoadRow(rto, d, Mw(h)))]);
        var scenario = await Create("""
            {"name": "A unit goes", "assumptions": [{"driver_type": "fleet_change", "payload": {"fleet_id": "unit 1",
              "change_type": "retire", "effective_date": "2026-06-01", "capacity_mw": 1000, "technology": "nuclear"}}],
             "parameters": {"curves": [{"words": "West power"}], "supply_stacks": [{"region": "PJM", "price_feed": "pjm/day-ahead-lmp",
              "price_location": "WESTERN HUB", "load_feed": "pjm/load-metered", "load_location": "RTO", "days": 60}]}}
            """);
        var run = await Run(scenario);
        var months = await _server.RowsAsync($"/v1/scenarios/{scenario["id"]}/outputs?tenor_type=MONTHLY&limit=20");
        Assert.Equal(
            Enumerable.Range(1, 12).Select(static m => m >= 6), months.Select(m => (double)m!["value"]! > (double)m["base"]!));
        var series = (await _server.GetAsync($"/v1/scenarios/runs/{run["id"]}/manifest")).Json["data"]!["series"]!.AsArray();
        Assert.Equal([("pjm/day-ahead-lmp", 744), ("pjm/load-metered", 744)],
            series.Select(s => ((string)s!["feed"]!, (int)s["hours"]!)));
    }

    internal static IEnumerable<CurveQuote> Quotes(double power, LocalDate? asOf = null)
    {
        var date = asOf ?? AsOf;
        var west = new CurveIdentity(AssetClass.Power, "PJM", "US", "West", "DA", "power", "ON_PEAK", null);
        var gas = new CurveIdentity(AssetClass.Gas, null, "US", "Hub", "Hub", "gas", null, null);
        for (var month = 1; month <= 12; month++)
        {
            yield return Quote(date, west, "USD/MWh", new CurveUnit("USD", "MWh"), month, power + month);
            yield return Quote(date, gas, "USD/MMBtu", new CurveUnit("USD", "MMBtu"), month, 3 + (month / 10.0));
        }
    }

    private static CurveQuote Quote(LocalDate asOf, CurveIdentity identity, string raw, CurveUnit unit, int month, double mid)
    {
        var file = $"EOD_PW_{asOf:uuuuMMdd}_1430.xlsx";
        var head = new CurveHead(asOf, file, "Fixed Prices - Mid", identity, unit, raw, "version");
        var cell = new CellAddress(month, identity.Product == "gas" ? 4 : 3);
        return new CurveQuote(head, Tenor.OfMonth(new YearMonth(2026, month)), mid, double.NaN, double.NaN, cell);
    }

    private async Task<JsonNode> Create(string document)
    {
        var made = await Post("/v1/scenarios", document);
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        Assert.Equal($"/v1/scenarios/{made.Json["data"]!["id"]}", made.Headers["Location"]);
        return made.Json["data"]!;
    }

    /// <summary>Orders a run and waits until it has succeeded.</summary>
    private async Task<JsonNode> Run(JsonNode scenario, string options = "{}")
    {
        var ordered = await Post($"/v1/scenarios/{scenario["id"]}/run", options);
        Assert.True(ordered.Status == HttpStatusCode.Accepted, ordered.Text);
        var run = ordered.Json["data"]!;
        while ((string)run["status"]! is "queued" or "running")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
            run = (await _server.GetAsync(ordered.Headers["Location"])).Json["data"]!;
        }

        Assert.True((string)run["status"]! == "succeeded", run.ToJsonString());
        return run;
    }

    private Task<Answer> Post(string path, string body) => _server.PostAsync(path, body);

    private async Task<Answer> Send(HttpMethod method, string path, string? body, string? match)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (match is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", match);
        }

        using var response = await _server.Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}
