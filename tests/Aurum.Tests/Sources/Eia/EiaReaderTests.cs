using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Eia;

namespace Aurum.Tests.Sources.Eia;

public sealed class EiaReaderTests
{
    [Fact]
    public void Interchange_is_read_with_numbers_as_values_and_the_period_as_the_hours_end()
    {
        var points = Recorded(InterchangeData.Feed, "US-FLA-FPC_US-FLA-FPL_exchange.json");
        Assert.Equal(-10247, points.Sum(p => p.Value));
        Assert.Equal(("rto/interchange-data/FPC/FPL", "megawatthours"), (points[0].Series.Id, points[0].Series.Unit));
        Assert.Equal("Duke Energy Florida, Inc., Florida Power & Light Co.", points[0].Series.Title);
        Assert.Equal("2020-01-06T05:00:00Z/2020-01-06T06:00:00Z", points[0].Period.ToString());
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.Equal(pair.First.Period.End, pair.Second.Period.Start));
    }

    [Fact]
    public void Demand_rows_are_read_out_of_an_envelope_that_somebody_else_made()
    {
        var points = Recorded(RegionData.Feed, "rto_region-data_demand_rows_2026-10-01.json");
        Assert.Equal(752215, points.Sum(p => p.Value));
        Assert.Equal(2, points.Count(p => p.Series.Id == "rto/region-data/CISO/D"));
        Assert.Equal(65789, points[^1].Value);
    }

    [Fact]
    public void Petroleum_prices_are_months_and_a_null_is_unknown()
    {
        var points = Recorded(Petroleum.Feed, "petroleum_pri_dfp2_2026-05_07.json");
        Assert.Equal(6, points.Count(p => double.IsNaN(p.Value)));
        Assert.Equal(1925.98, points.Where(p => !double.IsNaN(p.Value)).Sum(p => p.Value), 6);
        Assert.Equal(("petroleum/F003048623", "$/BBL", 107.25), (points[0].Series.Id, points[0].Series.Unit, points[0].Value));
        Assert.Equal("2026-05-01T00:00:00Z/2026-06-01T00:00:00Z", points[0].Period.ToString());
        Assert.Contains(points, p => p.Series.Id == "petroleum/F005071__3");
    }

    [Fact]
    public void A_plants_net_and_gross_generation_are_two_series_and_pumped_storage_is_not_a_river()
    {
        var points = Recorded(FacilityFuel.Feed, "v2_electricity_facility-fuel_2022_5000rows.json");
        Assert.Equal(83428213.87, SumOf("/generation"), 4);
        Assert.Equal(88334443.81, SumOf("/gross-generation"), 4);
        Assert.Equal(points.Count, points.Select(p => (p.Series, p.Period)).Distinct().Count());
        var flatiron = points.Where(p => p.Series.Id.StartsWith("facility-fuel/518/WAT/", StringComparison.Ordinal)
            && p.Series.Id.EndsWith("/ALL/generation", StringComparison.Ordinal)
            && p.Period.Start == NodaTime.Instant.FromUtc(2022, 12, 1, 0, 0));
        Assert.Equal([-628.0, 2889.0], flatiron.Select(p => p.Value).Order());

        double SumOf(string end) => points.Where(p => p.Series.Id.EndsWith(end, StringComparison.Ordinal)).Sum(p => p.Value);
    }

    [Fact]
    public void A_first_page_says_that_it_is_not_all()
    {
        var (result, _) = ParsedFile.RowsOf(
            FacilityFuel.Feed, FeedFile.FromPath(Samples.PathOf("eia", "v2_electricity_facility-fuel_2022_5000rows.json")));
        var note = Assert.Single(result.Notes);
        Assert.Contains("incomplete return", note, StringComparison.Ordinal);
        Assert.EndsWith("(total 10426)", note, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_without_rows_is_proven_empty()
    {
        var file = FeedFile.FromPath(Samples.PathOf("eia", "US_CAR_SC-nuclear.json"));
        var (result, _) = ParsedFile.RowsOf(FuelTypeData.Feed, file);
        Assert.Equal((Outcome.ProvenEmpty, "EIA has no row for this request (total 0)"), (result.Outcome, result.Why));
    }

    [Theory]
    [InlineData("\"31361\"", 31361)]
    [InlineData("31361", 31361)]
    [InlineData("-12.5", -12.5)]
    [InlineData("null", double.NaN)]
    [InlineData("\"\"", double.NaN)]
    public void A_value_is_text_a_number_or_nothing(string value, double number)
    {
        var rows = Rows($$"""{"period":"2026-10-01T16","respondent":"CISO","type":"D","value":{{value}},"value-units":"MWh"}""");
        var points = ParsedFile.RowsOf(RegionData.Feed, "a.json", rows).Rows;
        Assert.Equal(number, Assert.Single(points).Value);
    }

    [Fact]
    public void Fields_that_nobody_knows_are_passed_over()
    {
        const string Row =
            """
            {"period":"2026-10-01T16","respondent":"CI\u0053O","x":{"y":[1,{"value":2}]},"type":"D",
             "value":"1","value-units":"MWh"}
            """;
        Assert.Equal("rto/region-data/CISO/D", ParsedFile.RowsOf(RegionData.Feed, "a.json", Rows(Row)).Rows[0].Series.Id);
    }

    [Theory]
    [InlineData("""{"error":{"code":"OVER_RATE_LIMIT","message":"slow"}}""", Outcome.Throttled)]
    [InlineData("""{"error":{"code":"API_KEY_INVALID","message":"An invalid api_key was supplied."}}""", Outcome.Unavailable)]
    [InlineData("""{"error":"Invalid frequency 'hour' provided.","code":400}""", Outcome.Unavailable)]
    [InlineData("""<html><body>503</body></html>""", Outcome.Unavailable)]
    public void An_error_body_is_an_outcome_in_EIAs_words(string body, Outcome outcome)
    {
        // Synthetic: no error body of version 2 was recorded.
        Assert.Equal(outcome, ParsedFile.RowsOf(RegionData.Feed, "a.json", body).Result.Outcome);
    }

    [Theory]
    [InlineData(
        """{"period":"2026-13","respondent":"A","type":"D","value":1}""",
        "period: expected a period such as 2026-10-01T16 or 2026-10, found '2026-13'")]
    [InlineData(
        """{"respondent":"A","type":"D","value":1}""",
        "period: expected a period such as 2026-10-01T16 or 2026-10, found no such field")]
    [InlineData(
        """{"period":"2026-10-01T16","type":"D","value":1}""",
        "respondent: expected a code that names the series, found no such field")]
    [InlineData(
        """{"period":"2026-10-01T16","respondent":"A","type":null,"value":1}""",
        "type: expected a code that names the series, found null")]
    [InlineData(
        """{"period":"2026-10-01T16","respondent":"A","type":"D","value":"n/a","value-units":"MWh"}""",
        "value: expected a number, found 'n/a'")]
    [InlineData(
        """{"period":"2026-10-01T16","respondent":"A","type":"D","Value":1}""",
        "value: expected a value or null, found no such field")]
    public void A_bad_row_fails_with_its_path(string row, string message)
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(RegionData.Feed, "a.json", Rows(row)));
        Assert.Equal($"a.json:response.data[0].{message}", error.Message);
    }

    [Fact]
    public void A_series_does_not_change_its_unit_within_a_file()
    {
        var rows = Rows(
            """
            {"period":"2026-10-01T16","respondent":"A","type":"D","value":1,"value-units":"MWh"},
            {"period":"2026-10-01T17","respondent":"A","type":"D","value":1,"value-units":"GWh"}
            """);
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(RegionData.Feed, "a.json", rows));
        Assert.Equal(
            "a.json:response.data[1].value: expected the unit 'MWh' as in the rows of rto/region-data/A/D before, found 'GWh'",
            error.Message);
    }

    [Theory]
    [InlineData("value-units", "value_unit")]
    [InlineData("value-units", "unit")]
    public void Units_under_another_name_stop_the_file(string name, string other)
    {
        var rows = Rows("""{"period":"2026-10-01T16","respondent":"A","type":"D","value":1,"value-units":"MWh"}""");
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            RegionData.Feed, "a.json", rows.Replace(name, other, StringComparison.Ordinal)));
        Assert.Equal(
            "a.json:response.data[0].value-units: expected a unit, here or as 'units', found no such field", error.Message);
    }

    [Theory]
    [InlineData("""{"response":{"total":1}}""", "a.json:response.data: expected an array of rows, found none")]
    [InlineData("""{"response":{"total":1,"data":[{"period":""", "a.json:1: expected JSON")]
    [InlineData("""{"response":{"data":[1]}}""", "a.json:response.data[0]: expected a row as an object, found Number")]
    public void A_broken_envelope_fails_by_name(string json, string message)
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(RegionData.Feed, "a.json", json));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"frequency\":\"weekly\",", "2026-10-02", null, "2026-09-26T00:00:00Z/2026-10-03T00:00:00Z", 0)]
    [InlineData("\"frequency\":\"daily\",", "2026-10-02", "2026-10-09", "2026-10-02T00:00:00Z/2026-10-03T00:00:00Z", 0)]
    [InlineData("", "2026-10-02", "2026-10-16", "2026-09-26T00:00:00Z/2026-10-03T00:00:00Z", 1)]
    [InlineData("", "2026-10-02", "2026-10-05", "2026-10-02T00:00:00Z/2026-10-03T00:00:00Z", 0)]
    [InlineData("", "2026-10-02", null, "2026-10-02T00:00:00Z/2026-10-03T00:00:00Z", 0)]
    public void A_date_is_a_week_where_the_answer_says_so_or_where_all_dates_lie_weeks_apart(
        string frequency, string first, string? second, string period, int notes)
    {
        var rows = string.Join(',', new[] { first, second }.Where(d => d is not null).Select(d =>
            $$"""{"period":"{{d}}","duoarea":"NUS","series":"WCRSTUS1","value":"1","units":"MBBL"}"""));
        var json = $$$"""{"response":{{{{frequency}}}"data":[{{{rows}}}]}}""";
        var (result, points) = ParsedFile.RowsOf(Petroleum.Feed, "a.json", json);
        Assert.Equal(period, points[0].Period.ToString());
        Assert.Equal(notes, result.Notes.Count);
    }

    private static string Rows(string rows) => $$$"""{"response":{"total":"1","frequency":"hourly","data":[{{{rows}}}]}}""";

    private static List<SeriesPoint> Recorded(Feed<SeriesPoint> feed, string file) =>
        ParsedFile.RowsOf(feed, FeedFile.FromPath(Samples.PathOf("eia", file))).Rows;
}
