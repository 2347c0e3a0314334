using System.Text.Json.Nodes;
using NodaTime;

namespace Aurum.Tests.Sandbox.WorldBank;

public sealed class WorldBankPublisherTests
{
    private const string Path = "/v2/country/USA;MEX/indicator/NY.GDP.MKTP.CD?format=json&date=2020:2025";

    private static readonly Instant Now = Instant.FromUtc(2025, 11, 3, 0, 0);

    [Fact]
    public void An_answer_has_the_fields_of_a_recorded_one()
    {
        var recorded = JsonNode.Parse(Wire.Sample("worldbank", "country_MX_indicator_NY.GDP.MKTP.CD_partly_edited.json"))!;
        var made = Ask(Path, Now);

        Assert.Equal(Keys(recorded[0]!), Keys(made[0]!));
        Assert.Equal(Keys(recorded[1]![0]!), Keys(made[1]![0]!));
        Assert.Equal(12, made[1]!.AsArray().Count);
    }

    [Fact]
    public void A_year_has_no_value_until_the_next_summer()
    {
        Assert.Equal("2025", (string)Ask(Path, Now)[1]![0]!["date"]!);
        Assert.Null(Ask(Path, Now)[1]![0]!["value"]);
        Assert.NotNull(Ask(Path, Now)[1]![1]!["value"]);
        Assert.NotNull(Ask(Path, Instant.FromUtc(2026, 7, 2, 0, 0))[1]![0]!["value"]);
    }

    [Fact]
    public void Some_values_are_others_a_year_later_in_place()
    {
        var before = Values(Ask(Path.Replace("2025", "2022", StringComparison.Ordinal), Now));
        var after = Values(Ask(Path.Replace("2025", "2022", StringComparison.Ordinal), Instant.FromUtc(2027, 8, 1, 0, 0)));

        Assert.Equal(before.Count, after.Count);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void An_unknown_indicator_is_refused_with_status_200()
    {
        var answer = Wire.Ask("worldbank", "/v2/country/USA/indicator/NO.SUCH?format=json", Now);

        Assert.Equal(200, answer.Status);
        Assert.Contains("\"id\":\"120\"", Wire.Text(answer), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(f => f.Key);

    private static List<string?> Values(JsonNode answer) => [.. answer[1]!.AsArray().Select(r => r!["value"]?.ToString())];

    private static JsonNode Ask(string path, Instant now) => JsonNode.Parse(Wire.Text(Wire.Ask("worldbank", path, now)))!;
}
