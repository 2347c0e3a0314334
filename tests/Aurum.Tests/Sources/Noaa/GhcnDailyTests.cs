using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Noaa;
using NodaTime;

namespace Aurum.Tests.Sources.Noaa;

public sealed class GhcnDailyTests
{
    private const string Name = "noaa_ghcnd_2025-11-02_1.json";

    private const string Json = """
        {"metadata":{"resultset":{"offset":1,"count":3,"limit":1000}},"results":[
        {"date":"2025-11-02T00:00:00","datatype":"TMAX","station":"GHCND:USW00094728","attributes":",,W,2400","value":156},
        {"date":"2025-11-02T00:00:00","datatype":"PRCP","station":"GHCND:USW00094728","attributes":"T,,W,2400","value":0},
        {"date":"2025-11-02T00:00:00","datatype":"TMIN","station":"GHCND:USW00014739","attributes":",I,W,","value":-33}]}
        """;

    private const string Csv = """
        "STATION","DATE","LATITUDE","LONGITUDE","ELEVATION","NAME","PRCP","PRCP_ATTRIBUTES","TMAX","TMAX_ATTRIBUTES"
        "USW00094728","2025-03-09","40.77898","-73.96925","42.7","NY CITY CENTRAL PARK, NY US","    0","T,,W,2400","  156",",,W"
        "USW00094728","2025-11-02","40.77898","-73.96925","42.7","NY CITY CENTRAL PARK, NY US","","","  -50",",,W"

        """;

    [Fact]
    public void Tenths_become_degrees_and_millimetres_and_flags_stay_beside()
    {
        var (result, rows) = ParsedFile.RowsOf(GhcnDaily.Feed, Name, Json);

        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal(
            ["ghcnd/USW00094728/TMAX 15.6 degC ,,W", "ghcnd/USW00094728/PRCP 0 mm T,,W", "ghcnd/USW00014739/TMIN -3.3 degC ,I,W"],
            rows.Select(r => FormattableString.Invariant($"{r.Series.Id} {r.Value} {r.Series.Unit} {r.Flags}")));
        Assert.All(rows, r => Assert.Equal("2025-11-02T00:00:00Z/2025-11-03T00:00:00Z", r.Period.ToString()));
    }

    [Fact]
    public void The_csv_of_a_station_has_the_same_series_on_both_days_of_a_clock_change()
    {
        var (_, rows) = ParsedFile.RowsOf(GhcnDaily.Feed, "USW00094728.csv", Csv);

        Assert.Equal(
            ["ghcnd/USW00094728/PRCP 0 T,,W", "ghcnd/USW00094728/TMAX 15.6 ,,W", "ghcnd/USW00094728/TMAX -5 ,,W"],
            rows.Select(r => FormattableString.Invariant($"{r.Series.Id} {r.Value} {r.Flags}")));
        Assert.Equal(["2025-03-09", "2025-03-09", "2025-11-02"], rows.Select(r => $"{r.Period.Start:uuuu-MM-dd}"));
        Assert.All(rows, r => Assert.Equal(86_400, r.Period.LengthSeconds));
    }

    [Fact]
    public void Of_a_csv_that_is_an_answer_only_the_day_asked_for_counts()
    {
        var file = FeedFile.FromBytes("USW00094728.csv", Encoding.UTF8.GetBytes(Csv), GhcnDaily.Feed.Day(new LocalDate(2025, 11, 2)));

        Assert.Equal(-5, Assert.Single(ParsedFile.RowsOf(GhcnDaily.Feed, file).Rows).Value);
    }

    [Fact]
    public void A_cut_csv_is_not_taken_for_a_whole_one()
    {
        var file = FeedFile.FromBytes("USW00094728.csv", Encoding.UTF8.GetBytes(Csv.TrimEnd())) with { IsAnswer = true };

        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(GhcnDaily.Feed, file));
    }

    [Fact]
    public void Attributes_under_another_name_stop_the_file()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            GhcnDaily.Feed, Name, Json.Replace("\"attributes\"", "\"attribute\"", StringComparison.Ordinal)));

        Assert.Contains("attribute", error.Found, StringComparison.Ordinal);
        Assert.Contains("attributes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_object_is_proven_empty() =>
        Assert.Equal(Outcome.ProvenEmpty, ParsedFile.RowsOf(GhcnDaily.Feed, Name, "{}").Result.Outcome);

    [Fact]
    public void Fewer_rows_than_the_count_are_not_taken_for_all()
    {
        var text = Json.Replace("\"count\":3", "\"count\":4", StringComparison.Ordinal);
        var file = FeedFile.FromBytes(Name, Encoding.UTF8.GetBytes(text)) with { IsAnswer = true };

        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(GhcnDaily.Feed, file));

        Assert.Contains("expected 4 rows as its count says, found 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_field_is_named_with_the_nearest()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            GhcnDaily.Feed, Name, Json.Replace("\"datatype\"", "\"data_type\"", StringComparison.Ordinal)));

        Assert.Equal($"{Name}:results[0]: expected a field datatype, found none (nearest: data_type)", error.Message);
    }

    [Theory]
    [InlineData("429", "This token has reached its temporary request limit of 5 per second.", Outcome.Throttled)]
    [InlineData("400", "Token parameter is required.", Outcome.Unavailable)]
    public void An_error_is_an_outcome_in_noaas_words(string status, string message, Outcome outcome)
    {
        var body = $$"""{"status":"{{status}}","message":"{{message}}"}""";

        Assert.Equal(outcome, CdoAnswer.Refusal(body)!.Outcome);
        Assert.Equal(outcome, ParsedFile.RowsOf(GhcnDaily.Feed, Name, body).Result.Outcome);
        Assert.Null(CdoAnswer.Refusal("no json"));
    }

    [Fact]
    public void A_page_is_followed_by_the_next_until_the_count_is_reached()
    {
        var day = GhcnDaily.Feed.Day(new LocalDate(2025, 11, 2));
        var first = Assert.Single(GhcnDaily.Feed.Locate(day, day.End));
        var page = FeedFile.FromBytes(Name, Encoding.UTF8.GetBytes(
            Json.Replace("\"count\":3,\"limit\":1000", "\"count\":7,\"limit\":3", StringComparison.Ordinal)));

        Assert.Equal(new HeaderSecret("token", "noaa-cdo-token"), Assert.Single(first.Secrets));
        Assert.EndsWith(
            "&startdate=2025-11-02&enddate=2025-11-02&sortfield=date&limit=1000&offset=1", first.PathAndQuery, StringComparison.Ordinal);
        Assert.EndsWith("&offset=4", GhcnDaily.Feed.NextPage(first, page)!.PathAndQuery, StringComparison.Ordinal);
        Assert.Null(GhcnDaily.Feed.NextPage(first, FeedFile.FromBytes(Name, Encoding.UTF8.GetBytes(Json))));
    }

    [Fact]
    public void Stations_are_ids_of_ghcn_and_stand_once()
    {
        Assert.All(NoaaStations.Asked, s => Assert.Matches("^[A-Z]{3}[0-9]{8}$", s.Id));
        Assert.Equal(NoaaStations.Asked.Count, NoaaStations.Asked.Select(s => s.Id).Distinct().Count());
    }
}
