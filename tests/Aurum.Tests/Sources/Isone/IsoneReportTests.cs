using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Isone;
using NodaTime;

namespace Aurum.Tests.Sources.Isone;

public sealed class IsoneReportTests
{
    // Synthetic lines in the form of the recorded day-ahead report.
    private const string Head =
        "\"C\",\"Day-Ahead Energy Market Hourly LMP Report\"\n"
        + "\"C\",\"Report generated: 11/01/2025 12:57:12 EDT\"\n"
        + "\"H\",\"Date\",\"Hour Ending\",\"Location ID\",\"Location Name\",\"Location Type\",\"Locational Marginal Price\","
        + "\"Energy Component\",\"Congestion Component\",\"Marginal Loss Component\"\n"
        + "\"H\",\"Date\",\"HE\",\"String\",\"String\",\"String\",\"Number\",\"Number\",\"Number\",\"Number\"\n";

    private const string Xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><HourlyLmps xmlns=\"http://WEBSERV.iso-ne.com\"><HourlyLmp>"
        + "<BeginDate>2026-03-08T00:00:00.000-05:00</BeginDate><Location LocId=\"4000\" LocType=\"HUB\">.H.INTERNAL_HUB</Location>"
        + "<LmpTotal>34.14</LmpTotal><EnergyComponent>33.83</EnergyComponent><CongestionComponent>0</CongestionComponent>"
        + "<LossComponent>0.31</LossComponent></HourlyLmp></HourlyLmps>";

    [Fact]
    public void Reads_the_23_hour_day_of_March_2026()
    {
        var rows = ParsedFile.RowsOf(
            DayAheadLmp.Feed, FeedFile.FromPath(Samples.PathOf("isone", "hourlylmp_da_final_day_20260308_location_4000.json"))).Rows;
        Assert.Equal(23, rows.Count);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Delivery.End, pair.Second.Delivery.Start));
        Assert.All(
            rows, r => Assert.Equal(r.LmpUsdPerMwh, r.EnergyUsdPerMwh + r.CongestionUsdPerMwh + r.LossUsdPerMwh, 0.0101));
    }

    [Fact]
    public void Reads_the_25_hour_day_of_November_2024()
    {
        var rows = ParsedFile.RowsOf(
            HourlyDemand.DayAhead,
            FeedFile.FromPath(Samples.PathOf("isone", "dayaheadhourlydemand_day_20241103_location_4001.json"))).Rows;
        Assert.Equal(25, rows.Count);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Delivery.End, pair.Second.Delivery.Start));
    }

    [Fact]
    public void Hour_02X_is_the_second_of_the_two_hours_ending_at_2()
    {
        var (result, rows) = Read(Report(3, Line("01", 1), Line("02", 2), Line("02X", 3)));
        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal([4, 5, 6], rows.Select(r => r.Delivery.Start.InUtc().Hour));
        Assert.Equal([1.0, 2, 3], rows.Select(r => r.LmpUsdPerMwh));
    }

    [Fact]
    public void Hour_02X_of_a_day_that_has_it_once_fails_by_line()
    {
        var text = Report(1, Line("02X", 3)).Replace("11/02/2025", "11/03/2025", StringComparison.Ordinal);
        Assert.StartsWith("isone.csv:5: expected", Refused(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_column_is_named_with_its_nearest()
    {
        var text = Report(1, Line("01", 1)).Replace("Energy Component", "Energy Components", StringComparison.Ordinal);
        var message = Refused(text);
        Assert.Contains("isone.csv:3: expected a column Energy Component, found", message, StringComparison.Ordinal);
        Assert.Contains("(nearest: Energy Components)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_T_line_that_counts_other_than_the_lines_is_refused() => Assert.Equal(
        "isone.csv:7: expected 3 D lines, as the T line says, found 2", Refused(Report(3, Line("01", 1), Line("03", 2))));

    [Fact]
    public void A_report_without_its_T_line_is_cut() => Assert.EndsWith(
        "expected a T line at the end, found the end of the file: it is cut", Refused(Head + Line("01", 1)), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"HourlyLmps\":\"\"}")]
    [InlineData("{\"HourlyLmps\":{\"HourlyLmp\":[]}}")]
    [InlineData("{\"HourlyLmps\":{\"HourlyLmp\":\"\"}}")]
    public void An_answer_without_a_record_is_empty(string text)
    {
        var (result, rows) = Read(text);
        Assert.Equal((Outcome.ProvenEmpty, 0), (result.Outcome, rows.Count));
    }

    [Theory]
    [InlineData("<html><head><title>Sign in</title></head><body>Sign in</body></html>", Outcome.Unavailable)]
    [InlineData("{\"error\":{\"message\":\"internal failure\"}}", Outcome.Unavailable)]
    [InlineData("{\"error\":{\"message\":\"too many requests\"}}", Outcome.Throttled)]
    public void An_error_is_no_data(string text, Outcome outcome)
    {
        var (result, rows) = Read(text);
        Assert.Equal((outcome, 0), (result.Outcome, rows.Count));
    }

    [Fact]
    public void An_answer_in_XML_gives_the_same_row_as_one_in_JSON()
    {
        var rows = Read(Xml).Rows;
        var place = new Location(".H.INTERNAL_HUB", LocationType.Hub, publisherId: "4000");
        var hour = DeliveryInterval.EndingAt(Instant.FromUtc(2026, 3, 8, 6, 0), 60);
        var row = Assert.Single(rows);
        Assert.Equal(new LmpRow(row.Location, hour, 34.14, 33.83, 0, 0.31, double.NaN), row);
        Assert.Equal((place.Id, place.Type, place.PublisherId), (row.Location.Id, row.Location.Type, row.Location.PublisherId));
    }

    [Fact]
    public void The_recorded_solar_forecast_has_nothing_to_remark() => Assert.Empty(
        ParsedFile.Read(Samples.PathOf("isone", "seven_day_solar_power_forecast_20250225.csv")).Notes);

    [Fact]
    public void A_column_of_a_forecast_that_has_no_date_is_named_and_left_out()
    {
        var (result, rows) = Solar(Forecast(Enumerable.Range(1, 24)).Replace("Day 2\"", "Day 2\",\"Remark\"", StringComparison.Ordinal));
        Assert.Equal(["sphf.csv: unknown column Remark"], result.Notes);
        Assert.Equal(48, rows.Count);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 4 }, "expected hour 03, found '04'")]
    [InlineData(new[] { 1, 1, 2 }, "expected hour 02, found '01'")]
    [InlineData(new[] { 1, 2, 3 }, "expected hours to 24, found none behind 3")]
    public void The_hours_of_a_forecast_follow_each_other(int[] hours, string expected)
    {
        var error = Assert.Throws<FeedFormatException>(() => Solar(Forecast(hours)));
        Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
    }

    private static string Forecast(IEnumerable<int> hours)
    {
        var lines = string.Concat(hours.Select(h => $"\"D\",,{h:00},{h},{2 * h}\n"));
        return "\"C\",\"ISO New England Inc. Seven Day Solar Power Forecast Report\"\n\"C\",\"Report generated 02/25/2025 10:02:35 EST\"\n"
            + "\"H\",\"\",,\"Day 1\",\"Day 2\"\n\"D\",\"Day\",,\"Tue\",\"Wed\"\n"
            + $"\"D\",\"Date\",\"Hour Ending\",\"02/25/2025\",\"02/26/2025\"\n{lines}\"T\",\"{hours.Count()} lines\"";
    }

    private static (ParseResult Result, List<GenerationRow> Rows) Solar(string text) =>
        ParsedFile.RowsOf(SolarForecast.Feed, "sphf.csv", text);

    private static string Line(string hour, int price) =>
        $"\"D\",\"11/02/2025\",\"{hour}\",\"4000\",\".H.INTERNAL_HUB\",\"HUB\",{price},{price},0.0,0.0\n";

    private static string Report(int count, params string[] lines) => $"{Head}{string.Concat(lines)}\"T\",\"{count} lines\"\n";

    private static (ParseResult Result, List<LmpRow> Rows) Read(string text) => ParsedFile.RowsOf(DayAheadLmp.Feed, "isone.csv", text);

    private static string Refused(string text) => Assert.Throws<FeedFormatException>(() => Read(text)).Message;
}
