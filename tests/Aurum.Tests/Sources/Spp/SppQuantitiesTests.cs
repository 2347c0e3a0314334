using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Sources.Spp;
using NodaTime;

namespace Aurum.Tests.Sources.Spp;

/// <summary>Load, forecasts, fuels and flows. Of load, forecasts and fuels no file was recorded: their forms here are synthetic, after
/// what clients of the portal read.</summary>
public sealed class SppQuantitiesTests
{
    private const string WideLoad = "MarketHour, CSWS, EDE\n";
    private const string LongLoad = "Market Hour,Balancing Area Name,Control Zone Name,Forecast Area Type,Load MW\n";
    private const string Forecast = "Interval,GMTIntervalEnd,MTLF,Averaged Actual,BAA\n";
    private const string Mix = "GMT MKT Interval, Coal Market, Coal Self, Natural Gas Market, Gas Self, Wind Market, Wind Self,"
        + " Hydro Market, Hydro Self, Load\n";

    [Fact]
    public void Load_hours_end_in_GMT()
    {
        var (_, rows) = ParsedFile.RowsOf(
            HourlyLoad.Feed, "DAILY_HOURLY_LOAD-20250806.csv", WideLoad + "08/06/2025 06:00:00,4091.830,610.5\n");
        Assert.Equal(["CSWS", "EDE"], rows.Select(r => r.Area.Id));
        Assert.All(rows, r => Assert.Equal("2025-08-06T05:00:00Z/2025-08-06T06:00:00Z", r.Delivery.ToString()));
        Assert.Equal([4091.83, 610.5], rows.Select(r => r.LoadMw));
    }

    [Fact]
    public void Conforming_and_non_conforming_load_of_a_zone_add_up_and_a_repeated_row_counts_once()
    {
        var (_, rows) = ParsedFile.RowsOf(HourlyLoad.Feed, "DAILY_HOURLY_LOAD-20260402.csv", LongLoad
            + "04/02/2026 06:00:00,SPP,OPPD,CF,1200.100\n04/02/2026 06:00:00,SPP,OPPD,NC,533.200\n"
            + "04/02/2026 06:00:00,SPP,OPPD,NC,533.200\n04/02/2026 06:00:00,SWPW,WACM,CF,800.000\n");
        Assert.Equal([("OPPD", 1733.3), ("WACM", 800.0)], rows.Select(r => (r.Area.Id, r.LoadMw)));
    }

    [Fact]
    public void Load_of_a_type_that_nobody_knows_and_load_that_contradicts_itself_fail_by_name()
    {
        var type = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            HourlyLoad.Feed, "x.csv", LongLoad + "04/02/2026 06:00:00,SPP,OPPD,XX,1200.100\n"));
        Assert.Equal("x.csv:2: expected CF or NC in Forecast Area Type, found 'XX'", type.Message);
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(HourlyLoad.Feed, "x.csv", LongLoad
            + "04/02/2026 06:00:00,SPP,OPPD,CF,1\n04/02/2026 06:00:00,SPP,OPPD,CF,2\n"));
    }

    [Fact]
    public void Only_hours_after_its_making_are_a_forecast()
    {
        var (_, rows) = ParsedFile.RowsOf(LoadForecast.Feed, "OP-MTLF-202607010700.csv", Forecast
            + "07/01/2026 07:00:00,07/01/2026 12:00:00,30000,30100,SPP\n"
            + "07/01/2026 07:00:00,07/01/2026 12:00:00,2500,2510,SWPW\n"
            + "07/01/2026 08:00:00,07/01/2026 13:00:00,31000,,SPP\n"
            + "07/01/2026 08:00:00,07/01/2026 13:00:00,2600,,SWPW\n"
            + "07/01/2026 09:00:00,07/01/2026 14:00:00,,,\n");
        Assert.Equal([("SPP", 31000.0), ("SWPW", 2600.0)], rows.Select(r => (r.Area.Id, r.LoadMw)));
        Assert.All(rows, r => Assert.Equal(Instant.FromUtc(2026, 7, 1, 12, 0).ToUnixTimeSeconds(), r.IssuedUnixSeconds));
        Assert.All(rows, r => Assert.Equal("2026-07-01T12:00:00Z/2026-07-01T13:00:00Z", r.Delivery.ToString()));
    }

    [Fact]
    public void A_forecast_that_lacks_an_hour_is_not_taken_for_whole()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(LoadForecast.Feed, "OP-MTLF-202607010700.csv", Forecast
            + "07/01/2026 08:00:00,07/01/2026 13:00:00,31000,,SPP\n07/01/2026 10:00:00,07/01/2026 15:00:00,31000,,SPP\n"));
        const string Message = "OP-MTLF-202607010700.csv:3: expected the hour of SPP that begins 2026-07-01T13:00:00Z";
        Assert.StartsWith(Message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("07/01/2026 07:00:00,07/01/2026 12:00:00,30000,30100,SPP\n")]
    public void A_forecast_that_ends_before_its_first_hour_is_refused(string measured) => Assert.Throws<FeedFormatException>(
        () => ParsedFile.RowsOf(LoadForecast.Feed, "OP-MTLF-202607010700.csv", Forecast + measured));

    [Fact]
    public void Wind_and_sun_are_forecast_for_all_of_SPP_before_it_had_two_authorities()
    {
        var (_, rows) = ParsedFile.RowsOf(RenewableForecast.Feed, "OP-MTRF-202511020200d.csv",
            "Interval,GMTIntervalEnd,Wind Forecast MW,Solar Forecast MW\n11/02/2025 03:00:00,11/02/2025 09:00:00,12000.5,0\n");
        Assert.Equal([("Wind", 12000.5), ("Solar", 0.0)], rows.Select(r => (r.Fuel.Text, r.GenerationMw)));
        Assert.All(rows, r => Assert.Equal(("SPP", LocationType.System), (r.Area.Id, r.Area.Type)));
        Assert.All(rows, r => Assert.Equal(Instant.FromUtc(2025, 11, 2, 8, 0).ToUnixTimeSeconds(), r.IssuedUnixSeconds));
    }

    [Fact]
    public void Market_and_self_scheduled_parts_of_a_fuel_add_up()
    {
        var (result, rows) = ParsedFile.RowsOf(
            FuelMix.Spp, "GenMix2Hour_SPP.csv", Mix + "2026-04-01T16:55:00Z,100.1,200.2,3000.0,500.5,-1.0,12000.0,10.0,,21000.0\n");
        Assert.Empty(result.Notes);
        Assert.Equal(
            [("Coal", 300.3), ("Hydro", double.NaN), ("Natural Gas", 3500.5), ("Wind", 11999.0)],
            rows.Select(r => (r.Fuel.Text, r.GenerationMw)));
        Assert.All(rows, r => Assert.Equal((true, Instant.FromUtc(2026, 4, 1, 16, 55)), (r.Delivery.IsInstant, r.Delivery.Start)));
    }

    [Fact]
    public void Older_files_have_one_column_a_fuel()
    {
        var (_, rows) = ParsedFile.RowsOf(
            FuelMix.Spp, "GenMix_2015.csv", "GMTTime, Coal, Hydro, Wind\n2015-01-01T06:00:00Z,15000.0,800.0,3000.0\n");
        Assert.Equal(["Coal", "Hydro", "Wind"], rows.Select(r => r.Fuel.Text));
    }

    [Fact]
    public void A_file_of_many_days_gives_the_day_that_was_asked_for()
    {
        var text = Mix + "2026-04-01T04:55:00Z,1,1,1,1,1,1,1,1,1\n2026-04-01T05:00:00Z,2,2,2,2,2,2,2,2,2\n";
        var file = FeedFile.FromBytes("GenMix365_SPP.csv", System.Text.Encoding.UTF8.GetBytes(text));
        var first = FuelMix.Spp.Day(new LocalDate(2026, 4, 1));
        Assert.Equal(4.0, ParsedFile.RowsOf(FuelMix.Spp, file with { Day = first }).Rows[0].GenerationMw);
        Assert.Equal(2.0, ParsedFile.RowsOf(FuelMix.Spp, file with { Day = first.Previous }).Rows[0].GenerationMw);
        var (result, rows) = ParsedFile.RowsOf(FuelMix.Spp, file with { Day = first.Next });
        Assert.Empty(rows);
        Assert.Equal((Outcome.NotYetPublished, "GenMix365_SPP.csv has no row of 2026-04-02"), (result.Outcome, result.Why));
    }

    [Fact]
    public void The_chart_and_the_month_name_the_same_series()
    {
        var chart = Recorded("interchange-trend-swpw_asFile_20260402.csv");
        var month = Recorded("TieFlows_SWPW_Mar2026.csv");
        var names = chart.Select(p => p.Series.Id).Distinct().ToList();
        Assert.Equal(names, month.Select(p => p.Series.Id).Distinct());
        Assert.Equal(["tie-flows/SWPW/NSI", "tie-flows/SWPW/NAI", "tie-flows/SWPW/APS"], names[..3]);
        Assert.Equal(320_683.28, chart.Where(p => p.Series.Id == "tie-flows/SWPW/PACE").Sum(p => p.Value), 6);
        Assert.Equal(-1.47, chart[0].Value);
    }

    [Fact]
    public void A_file_without_net_interchange_is_not_one_of_flows()
    {
        var error = Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(
            TieFlows.Spp, "TieFlows_SPP_Apr2026.csv", "GMTTIME,NET,SPP_NAI,AECI\r\n2026-04-01T05:00:00Z,0,0,0\r\n"));
        Assert.StartsWith("TieFlows_SPP_Apr2026.csv:1: expected a column SPP NSI or SWPW NSI", error.Message, StringComparison.Ordinal);
    }

    private static List<SeriesPoint> Recorded(string file) =>
        ParsedFile.RowsOf(TieFlows.West, FeedFile.FromPath(Samples.PathOf("spp", file))).Rows;
}
