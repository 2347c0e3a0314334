using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Tests.Sandbox.Eia;

/// <summary>What the sandbox's EIA sends has the form of what the publisher sent.</summary>
public sealed class EiaPublisherTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 10, 1, 18, 30);

    [Fact]
    public void The_envelope_is_that_of_the_recorded_answer()
    {
        var sample = JsonNode.Parse(Wire.Sample("eia", "v2_electricity_facility-fuel_2022_5000rows.json"))!;
        var answer = Ask(
            "electricity/facility-fuel/data/?frequency=monthly&data[0]=generation&data[1]=gross-generation&facets[state][]=CO"
            + "&start=2022-01&end=2022-12&sort[0][column]=period&sort[0][direction]=desc&offset=0");
        Assert.Equal(Names(sample), Names(answer));
        Assert.Equal(Names(sample["response"]!).Where(n => n != "warnings"), Names(answer["response"]!));
        Assert.Equal(Names(sample["response"]!["data"]![0]!), Names(answer["response"]!["data"]![0]!));
        Assert.Equal(sample["request"]!.ToJsonString(), answer["request"]!.ToJsonString());
        Assert.Equal(JsonValueKind.String, answer["response"]!["total"]!.GetValueKind());
        Assert.Equal(JsonValueKind.String, answer["response"]!["data"]![0]!["generation"]!.GetValueKind());
        Assert.Equal((string)sample["response"]!["dateFormat"]!, (string)answer["response"]!["dateFormat"]!);
        Assert.Equal((string)sample["response"]!["description"]!, (string)answer["response"]!["description"]!);
    }

    [Fact]
    public void Interchange_rows_have_the_keys_of_the_recorded_answer()
    {
        var sample = JsonNode.Parse(Wire.Sample("eia", "US-FLA-FPC_US-FLA-FPL_exchange.json"))!["response"]!;
        var answer = Ask(
            "electricity/rto/interchange-data/data/?frequency=hourly&data[0]=value&facets[fromba][]=FPC&facets[toba][]=FPL"
            + "&start=2020-01-06T06&end=2020-01-07T06")["response"]!;
        Assert.Equal(Names(sample["data"]![0]!), Names(answer["data"]![0]!));
        Assert.Equal(
            sample["data"]!.AsArray().Select(r => (string)r!["period"]!), answer["data"]!.AsArray().Select(r => (string)r!["period"]!));
        Assert.Equal((string)sample["dateFormat"]!, (string)answer["dateFormat"]!);
        Assert.Equal((string)sample["description"]!, (string)answer["description"]!);
        Assert.Equal((string)sample["data"]![0]!["toba-name"]!, (string)answer["data"]![0]!["toba-name"]!);
    }

    [Fact]
    public void Demand_rows_hold_at_least_the_keys_of_the_recorded_ones_with_values_as_text()
    {
        var sample = JsonNode.Parse(Wire.Sample("eia", "rto_region-data_demand_rows_2026-10-01.json"))!["demand_run1"]!.AsArray();
        var rows = Ask(
            "electricity/rto/region-data/data/?frequency=hourly&data[0]=value&facets[type][]=D&start=2026-10-01T16&end=2026-10-01T16")
            ["response"]!["data"]!.AsArray();
        Assert.Subset(Names(rows[0]!).ToHashSet(), Names(sample[0]!).ToHashSet());
        Assert.Superset(
            sample.Select(r => (string)r!["respondent"]!).ToHashSet(), rows.Select(r => (string)r!["respondent"]!).ToHashSet());
        Assert.All(rows, r => Assert.Matches(@"^-?\d+$", (string)r!["value"]!));
    }

    [Fact]
    public void More_rows_than_a_page_holds_are_warned_of_and_come_with_the_next_offset()
    {
        const string Query = "electricity/rto/region-data/data/?frequency=hourly&data[0]=value&start=2026-09-29T01&end=2026-09-30T00"
            + "&sort[0][column]=period&sort[0][direction]=asc&sort[1][column]=respondent&sort[2][column]=type&length=5000&offset=";
        var first = Ask(Query + 0)["response"]!;
        var second = Ask(Query + 5000)["response"]!;
        var total = int.Parse((string)first["total"]!);
        Assert.Equal("incomplete return", (string)first["warnings"]![0]!["warning"]!);
        Assert.Null(second["warnings"]);
        var keys = first["data"]!.AsArray().Concat(second["data"]!.AsArray())
            .Select(r => $"{r!["period"]} {r["respondent"]} {r["type"]}").ToList();
        Assert.Equal(total, keys.Count);
        Assert.Equal(keys.Distinct().Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void New_hours_arrive_authority_by_authority()
    {
        var rows = Ask("electricity/rto/region-data/data/?frequency=hourly&data[0]=value&facets[type][]=D&start=2026-10-01T15")[
            "response"]!["data"]!
            .AsArray().GroupBy(r => (string)r!["period"]!, r => (string)r!["respondent"]!).ToDictionary(g => g.Key, g => g.Count());
        Assert.InRange(rows["2026-10-01T17"], 1, rows["2026-10-01T16"] - 1);
    }

    [Fact]
    public void A_span_without_rows_is_an_empty_list_with_total_0()
    {
        var answer = Ask(
            "electricity/rto/region-data/data/?frequency=hourly&data[0]=value&start=2026-10-05T01&end=2026-10-06T00")["response"]!;
        Assert.Equal("0", (string)answer["total"]!);
        Assert.Empty(answer["data"]!.AsArray());
    }

    [Fact]
    public void A_request_without_key_is_refused_with_403()
    {
        var request = SandboxRequest.Get("/v2/electricity/rto/region-data/data/");
        var response = Wire.Network.Publisher("eia").Answer(request, Moment.At(Now));
        Assert.Equal(403, response.Status);
        Assert.Contains("API_KEY_MISSING", Wire.Text(response), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_the_query_comes_back_in_the_echo()
    {
        var answer = Ask("electricity/rto/region-data/data/?api_key=sandbox_key&length=1");
        Assert.Equal("sandbox_key", (string)answer["request"]!["params"]!["api_key"]!);
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(p => p.Key);

    private static JsonNode Ask(string route)
    {
        var response = Wire.Ask("eia", "/v2/" + route, Now);
        Assert.Equal(200, response.Status);
        return JsonNode.Parse(response.Body.Span)!;
    }
}
