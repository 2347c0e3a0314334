using System.Text.Json.Nodes;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Tests.Sandbox.Noaa;

public sealed class NoaaPublisherTests
{
    private const string Path = "/cdo-web/api/v2/data?datasetid=GHCND&startdate=2025-11-01&enddate=2025-11-02";

    private static readonly Instant Now = Instant.FromUtc(2025, 11, 10, 0, 0);

    [Fact]
    public void An_answer_has_the_fields_of_a_recorded_one()
    {
        var file = Samples.Files("noaa").First(f => f.Contains("GHCND_startdate", StringComparison.Ordinal));
        var recorded = JsonNode.Parse(File.ReadAllText(file))!;
        var made = JsonNode.Parse(Wire.Text(Wire.Ask("noaa", Path, Now)))!;

        Assert.Equal(recorded.AsObject().Select(f => f.Key), made.AsObject().Select(f => f.Key));
        Assert.Equal(Keys(recorded["metadata"]!["resultset"]!), Keys(made["metadata"]!["resultset"]!));
        Assert.Equal(Keys(recorded["results"]![0]!), Keys(made["results"]![0]!));
        Assert.Equal(25, made["results"]!.AsArray().Count);
    }

    [Fact]
    public void Pages_are_counted_from_1_and_join_without_a_gap()
    {
        var whole = Rows("&limit=1000");
        var pages = Enumerable.Range(0, (whole.Count + 39) / 40).SelectMany(p => Rows($"&limit=40&offset={1 + (40 * p)}")).ToList();

        Assert.Equal(whole, pages);
    }

    [Fact]
    public void Nothing_is_an_empty_object_and_no_token_is_refused()
    {
        Assert.Equal("{}", Wire.Text(Wire.Ask("noaa", Path, Instant.FromUtc(2025, 11, 1, 3, 0))));
        var refused = Wire.Network.Publisher("noaa").Answer(SandboxRequest.Get(Path), Moment.At(Now));
        Assert.Equal((400, """{"status":"400","message":"Token parameter is required."}"""), (refused.Status, Wire.Text(refused)));
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(f => f.Key);

    private static List<string> Rows(string query) =>
        [.. JsonNode.Parse(Wire.Text(Wire.Ask("noaa", Path + query, Now)))!["results"]!.AsArray().Select(r => r!.ToJsonString())];
}
