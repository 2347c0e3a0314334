using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Nyiso;
using NodaTime;

namespace Aurum.Tests.Sources.Nyiso;

/// <summary>Load, load forecast, fuel mix and interface flows.</summary>
public sealed class NyisoQuantitiesTests
{
    [Fact]
    public void Load_readings_of_the_25_hour_day_are_told_apart_by_the_word_beside_them()
    {
        var rows = Recorded(ActualLoad.Feed, "20251102pal_reduced.csv");
        Assert.Equal(64401.3936, rows.Sum(r => r.LoadMw), 6);
        Assert.All(rows, r => Assert.True(r.Delivery.IsInstant));
        Assert.All(rows.Zip(rows.Skip(1)), pair =>
            Assert.Equal(Duration.FromMinutes(5), pair.Second.Delivery.Start - pair.First.Delivery.Start));
        Assert.Equal((1065.0978, Instant.FromUtc(2025, 11, 2, 6, 0)), (rows[24].LoadMw, rows[24].Delivery.Start));
        Assert.Equal("61757", rows[0].Area.PublisherId);
    }

    [Fact]
    public void Integrated_load_has_the_repeated_hour_twice()
    {
        var rows = Recorded(IntegratedLoad.Feed, "20251102palIntegrated_reduced.csv").Where(r => r.Area.Id == "N.Y.C.").ToList();
        Assert.Equal([4353.5113, 4178.7691, 4045.3607, 3960.8786, 3914.4096, 3916.5619], rows.Select(r => r.LoadMw));
        Assert.Equal([4, 5, 6, 7, 8, 9], rows.Select(r => r.Delivery.Start.InUtc().Hour));
        Assert.All(rows, r => Assert.Equal(60, r.Delivery.Minutes));
    }

    [Theory]
    [InlineData("20171122isolf.csv", 2326973, 756583, "2017-11-22T05:00:00Z")]
    [InlineData("20250219isolf.csv", 2656314, 836716, "2025-02-19T05:00:00Z")]
    public void A_load_forecast_has_six_days_of_eleven_zones_and_the_whole_issued_on_the_files_day(
        string file, double wholeMwh, double cityMwh, string issued)
    {
        var rows = Recorded(LoadForecast.Feed, file);
        Assert.Equal(6 * 24, rows.Select(r => r.Delivery).Distinct().Count());
        Assert.Equal(wholeMwh, rows.Where(r => r.Area.Type == LocationType.System).Sum(r => r.LoadMw));
        Assert.Equal(cityMwh, rows.Where(r => r.Area.Id == "N.Y.C.").Sum(r => r.LoadMw));
        Assert.Equal(11, rows.Select(r => r.Area).Distinct().Count(a => a.Type == LocationType.Zone));
        Assert.Contains(rows, r => r.Area.Id == "HUD VL");
        Assert.All(rows, r => Assert.Equal(issued, $"{Instant.FromUnixTimeSeconds(r.IssuedUnixSeconds)}"));
    }

    [Fact]
    public void A_forecast_without_date_in_its_name_takes_the_day_asked_for_or_has_no_time_of_issue()
    {
        const string Text = "\"Time Stamp\",\"Capitl\",\"Mhk Vl\",\"NYISO\"\n\"11/02/2025 00:00\",1,2,3\n";
        var bytes = System.Text.Encoding.UTF8.GetBytes(Text);
        var asked = LoadForecast.Feed.Day(new LocalDate(2025, 11, 2));
        Assert.All(
            ParsedFile.RowsOf(LoadForecast.Feed, FeedFile.FromBytes("isolf.csv", bytes, asked)).Rows,
            r => Assert.Equal(asked.Start.ToUnixTimeSeconds(), r.IssuedUnixSeconds));
        Assert.All(
            ParsedFile.RowsOf(LoadForecast.Feed, FeedFile.FromBytes("isolf.csv", bytes)).Rows,
            r => Assert.Equal(InstantColumn.Unknown, r.IssuedUnixSeconds));
    }

    [Fact]
    public void A_forecast_over_the_clock_change_has_an_hour_more()
    {
        var text = new System.Text.StringBuilder("\"Time Stamp\",\"Capitl\",\"Mhk Vl\",\"NYISO\"\n");
        foreach (var hour in (int[])[0, 1, 1, 2, 3])
        {
            text.Append($"\"11/02/2025 {hour:00}:00\",1,2,3\n");
        }

        var (_, rows) = ParsedFile.RowsOf(LoadForecast.Feed, "20251101isolf.csv", text.ToString());
        Assert.Equal([4, 5, 6, 7, 8], rows.Select(r => r.Delivery.Start.InUtc().Hour).Distinct());
    }

    [Theory]
    [InlineData("20160119rtfuelmix.csv", 4665014.0, 290)]
    [InlineData("20171122rtfuelmix.csv", 4195836.0, 289)]
    public void Fuel_mix_readings_come_at_odd_times_too_and_under_both_names_of_the_column(string file, double sumMw, int stamps)
    {
        var rows = Recorded(FuelMix.Feed, file);
        Assert.Equal(sumMw, rows.Sum(r => r.GenerationMw), 6);
        Assert.Equal(7, rows.Select(r => r.Fuel).Distinct().Count());
        Assert.Equal(stamps, rows.Select(r => r.Delivery).Distinct().Count());
        Assert.All(rows, r => Assert.True(r.Delivery.IsInstant));
    }

    [Fact]
    public void An_odd_reading_keeps_its_second() =>
        Assert.Contains(
            Recorded(FuelMix.Feed, "20171122rtfuelmix.csv"), r => r.Delivery.Start == Instant.FromUtc(2017, 11, 22, 5, 7, 34));

    [Fact]
    public void Fuel_mix_steps_from_daylight_to_standard_time_by_the_word_alone()
    {
        // The steps are those reported of 20251102rtfuelmix; the file itself is not among the samples.
        var (_, rows) = ParsedFile.RowsOf(
            FuelMix.Feed,
            "20251102rtfuelmix.csv",
            "Time Stamp,Time Zone,Fuel Category,Gen MW\n11/02/2025 01:55:00,EDT,Wind,1\n11/02/2025 01:00:00,EST,Wind,2\n");
        Assert.Equal(Duration.FromMinutes(5), rows[1].Delivery.Start - rows[0].Delivery.Start);
    }

    [Theory]
    [InlineData(
        "07/01/2026 00:05:00,EST,Wind,2",
        "x.csv:2: expected a time that the clock in New York shows, found 2026-07-01 00:05:00 EST")]
    [InlineData("07/01/2026 00:05:00,CET,Wind,2", "x.csv:2: expected EDT or EST in Time Zone, found 'CET'")]
    [InlineData("07/01/2026 00:05:00,EDT,,2", "x.csv:2: expected a name, found nothing")]
    [InlineData("07/01/2026 00:05:00,EDT,Wind,much", "x.csv:2: expected a decimal in Gen MW, found 'much'")]
    public void A_bad_reading_fails_with_its_line(string row, string message)
    {
        var error = Assert.Throws<FeedFormatException>(
            () => ParsedFile.RowsOf(FuelMix.Feed, "x.csv", $"Time Stamp,Time Zone,Fuel Category,Gen MW\n{row}\n"));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Interface_flows_have_three_series_and_9999_is_no_limit()
    {
        var rows = Recorded(InterfaceFlows.Feed, "20171122ExternalLimitsFlows.csv");
        Assert.Equal(5168573.23, Sum("/flow"), 4);
        Assert.Equal(12803081.0 - (289 * 9999.0), Sum("/positive-limit"), 4);
        Assert.Equal(-22833312.0 + (2023 * 9999.0), Sum("/negative-limit"), 4);
        Assert.Equal(289 + 2023, rows.Count(p => double.IsNaN(p.Value)));
        Assert.Equal(("interface-flows/CENTRAL EAST - VC/flow", "MWH"), (rows[0].Series.Id, rows[0].Series.Unit));
        Assert.Equal(2054.26, rows[0].Value);

        double Sum(string end) =>
            rows.Where(p => p.Series.Id.EndsWith(end, StringComparison.Ordinal) && !double.IsNaN(p.Value)).Sum(p => p.Value);
    }

    private static List<TRow> Recorded<TRow>(Feed<TRow> feed, string file)
        where TRow : struct =>
        ParsedFile.RowsOf(feed, FeedFile.FromPath(Samples.PathOf("nyiso", file))).Rows;
}
