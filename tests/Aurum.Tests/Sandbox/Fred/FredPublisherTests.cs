using System.Text.Json.Nodes;
using Aurum.Sandbox.Faults;
using NodaTime;

namespace Aurum.Tests.Sandbox.Fred;

public sealed class FredPublisherTests
{
    private const string Path = "/fred/series/observations?file_type=json&series_id=";

    private static readonly Instant Now = Instant.FromUtc(2025, 11, 4, 20, 0);

    [Fact]
    public void An_answer_has_the_fields_of_a_recorded_one()
    {
        var recorded = JsonNode.Parse(Wire.Sample("fred", "series_observations-31d1d6.json"))!;
        var made = Ask("CPIAUCSL&observation_start=2024-01-01&observation_end=2025-01-01&limit=3");

        Assert.Equal(recorded.AsObject().Select(f => f.Key), made.AsObject().Select(f => f.Key));
        Assert.Equal(
            recorded["observations"]![0]!.AsObject().Select(f => f.Key), made["observations"]![0]!.AsObject().Select(f => f.Key));
        Assert.Equal(("3", 13), (made["limit"]!.ToString(), (int)made["count"]!));
        Assert.Equal(3, made["observations"]!.AsArray().Count);
    }

    [Fact]
    public void Without_a_real_time_period_each_observation_has_its_latest_vintage_cut_to_today()
    {
        var rows = Ask("CPIAUCSL&observation_start=2024-01-01&observation_end=2025-06-01")["observations"]!.AsArray();

        Assert.Equal(18, rows.Select(r => (string)r!["date"]!).Distinct().Count());
        Assert.All(rows, r => Assert.Equal("2025-11-04", (string)r!["realtime_start"]!));
    }

    [Fact]
    public void A_month_that_was_revised_has_a_row_a_vintage_and_their_periods_join()
    {
        const string Since = "CPIAUCSL&realtime_start=2023-01-01&realtime_end=2025-11-04&observation_start=2023-01-01";
        var rows = Ask(Since)["observations"]!.AsArray();
        var revised = rows.GroupBy(r => (string)r!["date"]!).First(g => g.Count() > 1).ToList();

        Assert.NotEqual((string)revised[0]!["value"]!, (string)revised[1]!["value"]!);
        var end = NodaTime.Text.LocalDatePattern.Iso.Parse((string)revised[0]!["realtime_end"]!).Value;
        Assert.Equal($"{end.PlusDays(1):uuuu-MM-dd}", (string)revised[1]!["realtime_start"]!);
    }

    [Theory]
    [InlineData("NOSUCH", "The series does not exist.")]
    [InlineData("", "Variable series_id has not been set.")]
    [InlineData("DGS10&realtime_start=1999-01-01", "There are too many vintage dates in the real-time period; the limit is 2000.")]
    public void A_mistake_is_answered_with_400_in_freds_words(string id, string words)
    {
        var answer = Wire.Ask("fred", Path + id + "&api_key=k", Now);

        Assert.Equal(400, answer.Status);
        Assert.Equal($$"""{"error_code":400,"error_message":"Bad Request.  {{words}}"}""", Wire.Text(answer));
        Assert.Equal(400, Wire.Ask("fred", Path + "DGS10", Now).Status);
    }

    [Fact]
    public void A_renamed_field_is_renamed_in_every_row() => Assert.DoesNotContain(
        "\"value\"", Wire.Text(Wire.Ask("fred", Path + "DGS10&api_key=k", Now, FaultKind.RenamedColumn)), StringComparison.Ordinal);

    private static JsonNode Ask(string query) => JsonNode.Parse(Wire.Text(Wire.Ask("fred", $"{Path}{query}&api_key=k", Now)))!;
}
