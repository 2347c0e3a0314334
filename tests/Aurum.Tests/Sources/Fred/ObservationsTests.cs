using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Fred;
using NodaTime;

namespace Aurum.Tests.Sources.Fred;

public sealed class ObservationsTests
{
    private const string Name = "fred_observations_CPIAUCSL_M_2025-03-12_0.json";

    private const string Vintages = """
        {"realtime_start":"2024-12-01","realtime_end":"2025-03-12","observation_start":"2024-12-01","observation_end":"2025-03-12",
        "units":"lin","output_type":1,"file_type":"json","order_by":"observation_date","sort_order":"asc","count":3,"offset":0,
        "limit":100000,"observations":[
        {"realtime_start":"2025-01-15","realtime_end":"2025-02-11","date":"2024-12-01","value":"317.685"},
        {"realtime_start":"2025-02-12","realtime_end":"2025-03-12","date":"2024-12-01","value":"317.603"},
        {"realtime_start":"2025-02-12","realtime_end":"2025-03-12","date":"2025-01-01","value":"."}]}
        """;

    [Fact]
    public void Every_vintage_of_a_month_is_a_row_with_its_day_of_publication()
    {
        var (result, rows) = ParsedFile.RowsOf(Observations.Feed, Name, Vintages);

        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Empty(result.Notes);
        Assert.Equal(
            ["2024-12-01T00:00:00Z/2025-01-01T00:00:00Z 317.685 2025-01-15",
             "2024-12-01T00:00:00Z/2025-01-01T00:00:00Z 317.603 2025-02-12",
             "2025-01-01T00:00:00Z/2025-02-01T00:00:00Z NaN 2025-02-12"],
            rows.Select(r => FormattableString.Invariant(
                $"{r.Period} {r.Value} {Instant.FromUnixTimeSeconds(r.IssuedUnixSeconds):uuuu-MM-dd}")));
        Assert.All(rows, r => Assert.Equal(("series/CPIAUCSL", "Index 1982-1984=100", null), (r.Series.Id, r.Series.Unit, r.Flags)));
    }

    [Fact]
    public void A_value_in_force_when_the_answer_begins_is_flagged_as_perhaps_older()
    {
        var text = Vintages.Replace("\"realtime_start\":\"2024-12-01\",\"realtime_end\":\"2025-03-12\",\"obs",
            "\"realtime_start\":\"2025-01-15\",\"realtime_end\":\"2025-03-12\",\"obs", StringComparison.Ordinal);

        var (_, rows) = ParsedFile.RowsOf(Observations.Feed, Name, text);

        Assert.Equal(["in-force", null, null], rows.Select(r => r.Flags?.Text));
    }

    [Fact]
    public void An_answer_with_all_vintages_since_the_beginning_flags_none()
    {
        var text = Vintages.Replace("{\"realtime_start\":\"2024-12-01\"", "{\"realtime_start\":\"1776-07-04\"", StringComparison.Ordinal);

        Assert.All(ParsedFile.RowsOf(Observations.Feed, Name, text).Rows, r => Assert.Null(r.Flags));
    }

    [Theory]
    [InlineData("D", "2024-12-13", "2024-12-13T00:00:00Z/2024-12-14T00:00:00Z")]
    [InlineData("W", "2024-12-13", "2024-12-07T00:00:00Z/2024-12-14T00:00:00Z")]
    [InlineData("Q", "2024-10-01", "2024-10-01T00:00:00Z/2025-01-01T00:00:00Z")]
    [InlineData("A", "2024-01-01", "2024-01-01T00:00:00Z/2025-01-01T00:00:00Z")]
    public void The_name_of_an_answer_says_how_long_its_periods_are(string code, string date, string period)
    {
        var text = $$"""
            {"realtime_start":"2024-01-01","count":1,"offset":0,"limit":100000,"observations":[
            {"realtime_start":"2025-01-15","realtime_end":"2025-02-11","date":"{{date}}","value":"1"}]}
            """;

        var row = Assert.Single(ParsedFile.RowsOf(Observations.Feed, $"fred_observations_XYZ_{code}_2025-03-12_0.json", text).Rows);

        Assert.Equal(("series/XYZ", period), (row.Series.Id, row.Period.ToString()));
    }

    [Fact]
    public void The_days_of_the_clock_changes_are_whole_calendar_days()
    {
        const string Csv = "observation_date,DGS10\n2025-03-09,4.1\n2025-11-02,4.2\n2025-11-03,\n";

        var rows = ParsedFile.RowsOf(Observations.Feed, "fredgraph.csv", Csv).Rows;

        Assert.Equal([86_400, 86_400, 86_400], rows.Select(r => r.Period.LengthSeconds));
        Assert.Equal([4.1, 4.2, double.NaN], rows.Select(r => r.Value));
        Assert.All(rows, r => Assert.Equal(InstantColumn.Unknown, r.IssuedUnixSeconds));
    }

    [Fact]
    public void A_renamed_field_is_named_with_the_nearest()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            Observations.Feed, Name, Vintages.Replace("\"value\":", "\"values\":", StringComparison.Ordinal)));

        Assert.Equal($"{Name}:observations[0]: expected a field value, found none (nearest: values)", error.Message);
    }

    [Fact]
    public void A_value_that_is_no_number_is_named_with_its_row()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            Observations.Feed, Name, Vintages.Replace("317.603", "n/a", StringComparison.Ordinal)));

        Assert.Equal($"{Name}:observations[1].value: expected a decimal, found 'n/a'", error.Message);
    }

    [Fact]
    public void A_cut_answer_is_no_answer() => Assert.Throws<FeedFormatException>(() =>
        ParsedFile.RowsOf(Observations.Feed, Name, Vintages[..(Vintages.Length / 2)]));

    [Fact]
    public void An_answer_with_fewer_rows_than_its_count_is_not_taken_for_whole()
    {
        var text = Vintages.Replace("\"count\":3", "\"count\":4", StringComparison.Ordinal);
        var answer = FeedFile.FromBytes(Name, Encoding.UTF8.GetBytes(text)) with { IsAnswer = true };

        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(Observations.Feed, answer));

        Assert.Contains("expected 4 rows as its count says, found 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, ParsedFile.RowsOf(Observations.Feed, Name, text).Rows.Count);
    }

    [Theory]
    [InlineData("Bad Request.  The series does not exist.", Outcome.Unavailable)]
    [InlineData("Bad Request.  The series does not exist in ALFRED but may exist in FRED.", Outcome.ProvenEmpty)]
    [InlineData("Bad Request.  The value for variable api_key is not registered.", Outcome.Unavailable)]
    [InlineData("Too Many Requests.  Exceeded Rate Limit", Outcome.Throttled)]
    public void An_error_is_an_outcome_in_freds_words(string message, Outcome outcome)
    {
        var body = $$"""{"error_code":400,"error_message":"{{message}}"}""";

        Assert.Equal((outcome, $"FRED answers 400: {message}"), (FredRefusal.Of(body)!.Outcome, FredRefusal.Of(body)!.Why));
        Assert.Equal(outcome, ParsedFile.RowsOf(Observations.Feed, Name, body).Result.Outcome);
        Assert.Null(FredRefusal.Of("<html>"));
    }

    [Fact]
    public void A_day_asks_for_what_was_published_until_then_and_keeps_the_key_out_of_the_path()
    {
        var day = Observations.Feed.Day(new LocalDate(2025, 3, 12));
        var requests = Observations.Feed.Locate(day, day.End + Duration.FromDays(100));

        Assert.Equal(FredSeries.Asked.Count, requests.Count);
        var oil = requests[0];
        Assert.Equal(
            "/fred/series/observations?series_id=DCOILWTICO&file_type=json&realtime_start=2025-02-10&realtime_end=2025-03-12"
            + "&observation_start=2025-02-10&observation_end=2025-03-12&sort_order=asc&limit=100000&offset=0",
            oil.PathAndQuery);
        Assert.Equal("fred_observations_DCOILWTICO_D_2025-03-12_0.json", oil.FileName);
        Assert.Equal(new QuerySecret("api_key", "fred-api-key"), Assert.Single(oil.QuerySecrets));
        Assert.DoesNotContain("api_key", oil.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_follow_until_the_count_is_reached()
    {
        var day = Observations.Feed.Day(new LocalDate(2025, 3, 12));
        var first = Observations.Feed.Locate(day, day.End)[0];
        var second = Observations.Feed.NextPage(first, Answer("""{"count":5,"offset":0,"limit":3,"observations":[]}"""));

        Assert.EndsWith("&offset=3", second!.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal("fred_observations_DCOILWTICO_D_2025-03-12_3.json", second.FileName);
        Assert.Equal(first.QuerySecrets, second.QuerySecrets);
        Assert.Null(Observations.Feed.NextPage(second, Answer("""{"count":5,"offset":3,"limit":3,"observations":[]}""")));
        Assert.Null(Observations.Feed.NextPage(first, Answer("""{"error_code":400,"error_message":"Bad Request."}""")));
    }

    [Fact]
    public void Series_ids_are_ids_that_fred_accepts_and_stand_once() => Assert.All(
        FredSeries.Asked.GroupBy(s => s.Id), group =>
        {
            Assert.Single(group);
            Assert.Matches("^[A-Z0-9]{1,25}$", group.Key);
            Assert.NotEmpty(group.Single().Unit);
        });

    private static FeedFile Answer(string text) => FeedFile.FromBytes("answer.json", Encoding.UTF8.GetBytes(text));
}
