using System.Text.Json;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Tests.Sandbox.Pjm;

/// <summary>The sandbox's Data Miner speaks as the real one does.</summary>
public sealed class PjmPublisherTests
{
    private const string Load = "/api/v1/inst_load?fields=datetime_beginning_utc%2Carea%2Cinstantaneous_load"
        + "&datetime_beginning_ept=06%2F10%2F2026%2000%3A00to06%2F10%2F2026%2023%3A59";

    private static readonly Instant Now = Instant.FromUtc(2026, 6, 12, 12, 0);

    [Fact]
    public void Pages_have_links_counts_and_what_was_asked_for()
    {
        var first = Json($"{Load}&rowCount=1000&startRow=1");
        Assert.Equal(["links", "items", "searchSpecification", "totalRows"], first.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["self", "next", "metadata"], Relations(first));
        Assert.Equal(1000, first.GetProperty("items").GetArrayLength());
        Assert.Equal(
            ["datetime_beginning_utc", "area", "instantaneous_load"], first.GetProperty("items")[0].EnumerateObject().Select(p => p.Name));
        var total = first.GetProperty("totalRows").GetInt32();
        Assert.InRange(total, 1001, 20_000);

        var last = Json($"{Load}&rowCount=1000&startRow={(total / 1000 * 1000) + 1}");
        Assert.Equal(["self", "metadata"], Relations(last));
        Assert.Equal(total % 1000, last.GetProperty("items").GetArrayLength());
        Assert.Equal((total / 1000 * 1000) + 1, last.GetProperty("searchSpecification").GetProperty("startRow").GetInt32());
    }

    [Fact]
    public void Without_a_key_the_gateway_refuses_and_an_unknown_question_has_errors()
    {
        var network = Wire.Network.Publisher("pjm");
        var refused = network.Answer(SandboxRequest.Get(Load), Moment.At(Now));
        Assert.Equal(401, refused.Status);
        Assert.Contains("missing subscription key", Wire.Text(refused), StringComparison.Ordinal);
        Assert.Equal(404, Wire.Ask("pjm", "/api/v1/no_such_feed", Now).Status);
        var wrong = Wire.Ask("pjm", $"{Load}&colour=blue", Now);
        Assert.Equal(400, wrong.Status);
        Assert.StartsWith("{\"errors\":[{\"message\":", Wire.Text(wrong), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Relations(JsonElement answer) =>
        answer.GetProperty("links").EnumerateArray().Select(link => link.GetProperty("rel").GetString()!);

    private static JsonElement Json(string path)
    {
        var answer = Wire.Ask("pjm", path, Now);
        Assert.Equal(200, answer.Status);
        return JsonDocument.Parse(answer.Body).RootElement;
    }
}
