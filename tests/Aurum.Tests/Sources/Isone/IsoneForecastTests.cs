using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Sources.Isone;

namespace Aurum.Tests.Sources.Isone;

/// <summary>Forecasts whose days or hours no gate can count are held to their order by their parsers.</summary>
public sealed class IsoneForecastTests
{
    [Theory]
    [InlineData(new[] { 2, 3, 5, 6, 7 }, "MarketDay[2].@Day: expected day 4, found '5'")]
    [InlineData(new[] { 3, 4, 5, 6, 7 }, "MarketDay[0].@Day: expected day 2, found '3'")]
    [InlineData(new[] { 2, 3, 4, 5, 6 }, "expected days to the 7th, found none behind the 6th")]
    public void A_capacity_forecast_without_one_of_its_days_is_refused(int[] days, string expected)
    {
        var error = Assert.Throws<FeedFormatException>(() => Capacity(days));
        Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capacity_forecast_without_the_peak_names_what_is_there_instead()
    {
        var error = Assert.Throws<FeedFormatException>(() => Capacity([2, 3, 4, 5, 6, 7], "PeakLoadMW"));
        Assert.Contains("expected a field PeakLoadMw, found no such field (nearest: PeakLoadMW)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capacity_forecast_has_a_series_for_each_day_ahead() => Assert.Equal(
        ["seven-day-forecast/day-2/PeakLoadMw", "seven-day-forecast/day-7/PeakLoadMw"],
        new[] { 0, 5 }.Select(i => Capacity([2, 3, 4, 5, 6, 7]).Rows[i].Series.Id));

    [Theory]
    [InlineData(0, "expected the hour from 2024-11-03T04:00:00Z or the one behind it, found '2024-11-03T01:00:00.000-04:00'")]
    [InlineData(2, "expected the hour from 2024-11-03T05:00:00Z or the one behind it, found '2024-11-03T02:00:00.000-05:00'")]
    [InlineData(24, "expected hours to 2024-11-04T05:00:00Z, found none behind that from 2024-11-04T03:00:00Z")]
    public void A_forecast_of_regions_without_one_of_its_hours_is_refused(int missing, string expected)
    {
        var error = Assert.Throws<FeedFormatException>(() => Regions(Enumerable.Range(0, 25).Where(h => h != missing)));
        Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forecast_of_regions_has_the_25_hours_of_the_day_in_autumn() =>
        Assert.Equal(25, Regions(Enumerable.Range(0, 25)).Rows.Count);

    private static (ParseResult Result, List<SeriesPoint> Rows) Capacity(int[] days, string peak = "PeakLoadMw")
    {
        var records = days.Select(day =>
            $"{{\"@Day\":\"{day}\",\"MarketDate\":\"2016-01-0{day}T00:00:00.000-05:00\",\"{peak}\":{16_000 + day}}}");
        return ParsedFile.RowsOf(
            SevenDayForecast.Feed,
            "isone.json",
            $"{{\"SevenDayForecasts\":{{\"SevenDayForecast\":[{{\"MarketDay\":[{string.Join(',', records)}]}}]}}}}");
    }

    /// <summary>Hours of 3 November 2024, counted from its start.</summary>
    private static (ParseResult Result, List<LoadRow> Rows) Regions(IEnumerable<int> hours)
    {
        var stamps = hours.Select(hour => hour < 2 ? $"2024-11-03T0{hour}:00:00.000-04:00" : $"2024-11-03T{hour - 1:00}:00:00.000-05:00");
        var records = stamps.Select(stamp => $"{{\"BeginDate\":\"{stamp}\","
            + "\"CreationDate\":\"2024-11-02T04:22:39.000-04:00\",\"ReliabilityRegion\":\".Z.MAINE\",\"LoadMw\":1055.655}");
        return ParsedFile.RowsOf(
            RegionLoadForecast.Feed,
            "isone.json",
            $"{{\"ReliabilityRegionLoadForecasts\":{{\"ReliabilityRegionLoadForecast\":[{string.Join(',', records)}]}}}}");
    }
}
