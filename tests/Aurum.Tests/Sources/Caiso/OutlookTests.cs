using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Sources.Caiso;
using NodaTime;

namespace Aurum.Tests.Sources.Caiso;

/// <summary>Files behind Today's Outlook. No recording is at hand: forms and oddities after what clients of them document.</summary>
public sealed class OutlookTests
{
    private const string Fuels =
        "Time,Solar,Wind,Geothermal,Biomass,Biogas,Small hydro,Coal,Nuclear,Natural Gas,Large Hydro,Batteries,Imports,Other\n";

    [Fact]
    public void A_reading_of_the_fuel_mix_is_thirteen_rows_of_five_minutes()
    {
        var rows = ParsedFile.RowsOf(
            FuelMix.Feed, "20250715_fuelsource.csv",
            Fuels + "00:00,-48,936,780,190,152,227,3,2228,14705,2616,1729,5705,0\n00:05,,,,,,,,,,,,,\n").Rows;
        Assert.Equal(13, rows.Count);
        Assert.Equal(29_223, rows.Sum(r => r.GenerationMw));
        Assert.All(rows, r => Assert.Equal(("2025-07-15T07:00:00Z", 5, "CAISO"), ($"{r.Delivery.Start}", r.Delivery.Minutes, r.Area.Id)));
        Assert.Equal(("Small Hydro", 227), Assert.Single(rows, r => r.Fuel.Text.Contains("Small", StringComparison.Ordinal)) is var small
            ? (small.Fuel.Text, small.GenerationMw) : default);
    }

    [Fact]
    public void The_hour_that_March_2025_skips_has_empty_cells()
    {
        var rows = Demands(
            "20250309_demand.csv", Minutes(0, 24).Select(m => m / 60 == 2 ? $"{Label(m)},9,9,,\n" : $"{Label(m)},9,9,{m},\n"));
        Assert.Equal(23 * 12, rows.Count);
        Assert.Equal(["2025-03-09T09:55:00Z", "2025-03-09T10:00:00Z"], rows[23..25].Select(r => $"{r.Delivery.Start}"));
        Assert.Equal([115.0, 180], rows[23..25].Select(r => r.LoadMw));
    }

    [Fact]
    public void Values_in_the_hour_that_March_2025_skips_are_refused()
    {
        var error = Assert.Throws<FeedFormatException>(() => Demands("20250309_demand.csv", ["02:30,9,9,100,\n"]));
        Assert.Equal(
            "20250309_demand.csv:2: expected empty cells in the hour that 2025-03-09 skips in Time, found '02:30'", error.Message);
    }

    [Fact]
    public void The_repeated_hour_of_November_2025_is_left_out_where_it_stands_once()
    {
        var output = new RowList<LoadRow>();
        var result = Demand.Feed.Parse(File("20251102_demand.csv", Minutes(0, 24).Select(m => $"{Label(m)},9,9,{m},\n")), output);
        Assert.Equal(23 * 12, output.Rows.Count);
        Assert.Equal(
            ["2025-11-02T07:55:00Z", "2025-11-02T10:00:00Z"], output.Rows[11..13].Select(r => $"{r.Delivery.Start}"));
        Assert.Equal(
            ["20251102_demand.csv: 12 readings of the repeated hour left out: they stand there once, for one of two hours"], result.Notes);
    }

    [Fact]
    public void The_repeated_hour_of_November_2025_is_read_in_order_where_it_stands_twice()
    {
        var rows = Demands("20251102_demand.csv", Minutes(0, 2).Concat(Minutes(1, 24)).Select(m => $"{Label(m)},9,9,{m},\n"));
        Assert.Equal(25 * 12, rows.Count);
        var first = rows[0].Delivery.StartUnixSeconds;
        Assert.Equal(Enumerable.Range(0, 300).Select(i => first + (i * 300L)), rows.Select(r => r.Delivery.StartUnixSeconds));
    }

    [Fact]
    public void The_next_midnight_and_rows_without_a_time_behind_the_day_are_not_read()
    {
        var rows = Demands("20250715_demand.csv", ["23:50,9,9,1,\n", "23:55,9,9,2,\n", "00:00,9,9,3,\n", ",,,,\n"]);
        Assert.Equal([1.0, 2], rows.Select(r => r.LoadMw));
    }

    [Fact]
    public void A_file_that_still_shows_yesterday_is_not_todays()
    {
        var result = Demand.Feed.Parse(
            File("20250715T0002_demand.csv", ["00:00,9,9,1,\n", "23:55,9,9,2,\n"]), new RowList<LoadRow>());
        Assert.Equal((Outcome.NotYetPublished, "20250715T0002_demand.csv still shows the day before"), (result.Outcome, result.Why));
        Assert.Single(Demands("20250715T0002_demand.csv", ["00:00,9,9,1,\n", "23:55,9,9,,\n"]));
    }

    [Fact]
    public void An_answer_without_its_last_line_end_may_be_cut()
    {
        var error = Assert.Throws<FeedFormatException>(() => Demand.Feed.Parse(
            File("20250715_demand.csv", ["00:00,9,9,1,\n", "00:05,9,9,1,"]) with { IsAnswer = true }, new RowList<LoadRow>()));
        Assert.Equal("20250715_demand.csv:3: expected a line end, found the end of the file: it may be cut", error.Message);
    }

    [Fact]
    public void A_renamed_column_is_named_with_its_nearest()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            Emissions.Feed, "20250715_co2.csv", "Time,Biogas CO2,Biomass CO2,Natural Gas CO2,Coal CO2,Import CO2,Geothermal CO2\n"));
        Assert.EndsWith("(nearest: Import CO2)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Emissions_are_series_by_source()
    {
        var rows = ParsedFile.RowsOf(
            Emissions.Feed, "20250715_co2.csv",
            "Time,Biogas CO2,Biomass CO2,Natural Gas CO2,Coal CO2,Imports CO2,Geothermal CO2\n00:00,100,140,2500,4,-30,31\n").Rows;
        Assert.Equal(-30, rows.Single(p => p.Series.Equals(new SeriesKey("outlook/co2/Imports CO2", "t/h"))).Value);
    }

    [Fact]
    public void The_running_day_is_asked_for_at_its_own_address_and_never_from_a_cache()
    {
        var day = FuelMix.Feed.Day(new LocalDate(2025, 7, 15));
        var running = Assert.Single(FuelMix.Feed.Locate(day, Instant.FromUtc(2025, 7, 15, 21, 5)));
        Assert.Equal(
            ("/outlook/current/fuelsource.csv?_=1752613500", "20250715T1405_fuelsource.csv"), (running.PathAndQuery, running.FileName));
        var past = Assert.Single(FuelMix.Feed.Locate(day, Instant.FromUtc(2025, 7, 16, 8, 0)));
        Assert.Equal(
            ("/outlook/history/20250715/fuelsource.csv?_=1752652800", "20250715_fuelsource.csv"), (past.PathAndQuery, past.FileName));
        Assert.Empty(FuelMix.Feed.Locate(day, Instant.FromUtc(2025, 7, 15, 6, 59)));
    }

    private static IEnumerable<int> Minutes(int fromHour, int toHour) =>
        Enumerable.Range(fromHour * 12, (toHour - fromHour) * 12).Select(i => i * 5);

    private static string Label(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    private static List<LoadRow> Demands(string name, IEnumerable<string> lines) => ParsedFile.RowsOf(Demand.Feed, File(name, lines)).Rows;

    private static FeedFile File(string name, IEnumerable<string> lines) => FeedFile.FromBytes(
        name, Encoding.UTF8.GetBytes(
            "Time,Day ahead forecast,Hour ahead forecast,Current demand,Demand response\n" + string.Concat(lines)));
}
