using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Tests.Sandbox.Ercot;

/// <summary>What the sandbox's ERCOT sends has the form of what the publisher sent.</summary>
public sealed class ErcotPublisherTests
{
    private static readonly Instant Later = Instant.FromUtc(2025, 11, 4, 12, 0);

    [Fact]
    public void A_report_is_the_recorded_answer_but_for_its_prices()
    {
        var sample = JsonNode.Parse(Wire.Sample("ercot", "np4-190-cd_dam_stlmnt_pnt_prices_HB_HUBAVG_2025-11-02.json"))!;
        var answer = Ask(
            "np4-190-cd/dam_stlmnt_pnt_prices?deliveryDateFrom=2025-11-02&deliveryDateTo=2025-11-02&settlementPoint=HB_HUBAVG");
        foreach (var node in (JsonNode[])[sample, answer])
        {
            foreach (var row in node["data"]!.AsArray())
            {
                Assert.Equal(JsonValueKind.Number, row![3]!.GetValueKind());
                row[3] = 0;
            }
        }

        Assert.Equal(sample.ToJsonString(), answer.ToJsonString());
    }

    [Theory]
    [InlineData("fuel-mix", "ERCOT_generation.json")]
    [InlineData("system-wide-demand", "ERCOT_demand.json")]
    [InlineData("energy-storage-resources", "ERCOT_storage.json")]
    public void Dashboards_have_the_properties_of_the_recorded_files(string name, string file)
    {
        var sample = Wire.Sample("ercot", file);
        var text = Wire.Text(Wire.Ask("ercot", $"/api/1/services/read/dashboards/{name}.json", Later));
        Assert.Equal(Forms(JsonNode.Parse(sample)!).Order(StringComparer.Ordinal),
            Forms(JsonNode.Parse(text)!).Order(StringComparer.Ordinal));
        Assert.Equal(2, JsonNode.Parse(text)!.AsObject().Count(p => p.Key is "previousDay" or "currentDay" or "data" or "types"));

        // Paths of all values with their kinds; days, stamps and places in lists are put together.
        static HashSet<string> Forms(JsonNode node)
        {
            var forms = new HashSet<string>();
            Walk(node, "", forms);
            return forms;
        }

        static void Walk(JsonNode? node, string path, HashSet<string> forms)
        {
            switch (node)
            {
                case JsonObject parent:
                    foreach (var (key, child) in parent)
                    {
                        Walk(child, $"{path}/{(char.IsAsciiDigit(key[0]) ? "stamp" : key)}", forms);
                    }

                    break;
                case JsonArray list:
                    foreach (var child in list)
                    {
                        Walk(child, path + "/*", forms);
                    }

                    break;
                default:
                    forms.Add($"{path} {node!.GetValueKind()}");
                    break;
            }
        }
    }

    [Fact]
    public void Pages_hold_all_rows_once_and_say_how_many_there_are()
    {
        const string Query = "np6-905-cd/spp_node_zone_hub?deliveryDateFrom=2025-11-02&deliveryDateTo=2025-11-02&size=1000&page=";
        var first = Ask(Query + "1");
        var total = (int)first["_meta"]!["totalRecords"]!;
        var pages = (int)first["_meta"]!["totalPages"]!;
        Assert.Equal((total + 999) / 1000, pages);
        var rows = Enumerable.Range(1, pages).SelectMany(p => Ask(Query + p)["data"]!.AsArray().Select(r => r!.ToJsonString())).ToList();
        Assert.Equal(total, rows.Count);
        Assert.Equal(total, rows.Distinct().Count());
        Assert.Empty(Ask(Query + (pages + 1))["data"]!.AsArray());
    }

    [Fact]
    public void Load_zones_and_ties_stand_under_two_types_in_real_time()
    {
        var rows = Ask(
            "np6-905-cd/spp_node_zone_hub?deliveryDateFrom=2025-11-03&deliveryDateTo=2025-11-03&settlementPoint=LZ_WEST&size=1000")["data"]!
            .AsArray();
        Assert.Equal(2 * 96, rows.Count);
        Assert.Equal(["LZ", "LZEW"], rows.Select(r => (string)r![4]!).Distinct());
    }

    [Fact]
    public void A_report_that_is_not_out_has_no_rows()
    {
        var answer = Ask("np4-190-cd/dam_stlmnt_pnt_prices?deliveryDateFrom=2025-11-09&deliveryDateTo=2025-11-09");
        Assert.Equal(0, (int)answer["_meta"]!["totalRecords"]!);
        Assert.Empty(answer["data"]!.AsArray());
    }

    [Fact]
    public void A_request_without_key_is_refused()
    {
        var request = SandboxRequest.Get("/api/public-reports/np4-190-cd/dam_stlmnt_pnt_prices");
        Assert.Equal(401, Wire.Network.Publisher("ercot").Answer(request, Moment.At(Later)).Status);
    }

    private static JsonNode Ask(string report)
    {
        var response = Wire.Ask("ercot", "/api/public-reports/" + report, Later);
        Assert.Equal(200, response.Status);
        return JsonNode.Parse(response.Body.Span)!;
    }
}
