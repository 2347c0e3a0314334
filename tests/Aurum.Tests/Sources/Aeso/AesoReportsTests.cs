using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Aeso;
using NodaTime;

namespace Aurum.Tests.Sources.Aeso;

/// <summary>Small answers made by hand, in the form of the publisher's own description of its API: no recorded one is there.</summary>
public sealed class AesoReportsTests
{
    private const string Prices = """
        {"timestamp": "2026-06-30 10:00:00.000+0000", "responseCode": "200", "return": {"Pool Price Report": [
        {"begin_datetime_utc": "2022-11-06 07:00", "begin_datetime_mpt": "2022-11-06 01:00", "pool_price": "70.11",
         "forecast_pool_price": "69.00", "rolling_30day_avg": "120.50"},
        {"begin_datetime_utc": "2022-11-06 08:00", "begin_datetime_mpt": "2022-11-06 01:00", "pool_price": 71.5,
         "forecast_pool_price": "70.00", "rolling_30day_avg": "120.40"},
        {"begin_datetime_utc": "2022-11-06 09:00", "begin_datetime_mpt": "2022-11-06 02:00", "pool_price": "",
         "forecast_pool_price": "72.00", "rolling_30day_avg": "-"}]}}
        """;

    private const string Web = """
        Historical Pool Price

        ""

        Date (HE),Price ($),30Ravg ($),AIL Demand (MW)
        "11/06/2022 01","50.00","120.00","9100.0"
        "11/06/2022 02","51.00","120.00","9000.0"
        "11/06/2022 02*","52.00","120.00","8900.0"
        "11/06/2022 03","53.00","120.00","8800.0"
        "11/06/2022 24","-","-","-"
        """;

    private const string Summary = """
        {"timestamp": "x", "return": {"effective_datetime_utc": "2026-06-30 16:20", "effective_datetime_mpt": "2026-06-30 10:20",
        "total_net_generation": 10054, "alberta_internal_load": "10270",
        "generation_data_list": [{"fuel_type": "WIND", "aggregated_maximum_capability": 1445, "aggregated_net_generation": 542,
        "aggregated_dispatched_contingency_reserve": 0}],
        "interchange_list": [{"path": "Montana", "actual_flow": -216}], "new_total": 3}}
        """;

    [Fact]
    public void Reads_the_25_hour_day_of_November_2022_from_the_web_report()
    {
        var (result, rows) = ParsedFile.RowsOf(PoolPrice.Settled, "HistoricalPoolPriceReportServlet.csv", Web);
        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal([6, 7, 8, 9], rows.Select(r => r.Delivery.Start.InUtc().Hour));
        Assert.Equal([50.0, 51, 52, 53], rows.Select(r => r.LmpUsdPerMwh));
        Assert.All(rows, r => Assert.Equal(("AESO_SYSTEM", LocationType.System), (r.Location.Id, r.Location.Type)));
        Assert.Equal(25, PoolPrice.Settled.Day(new LocalDate(2022, 11, 6)).Hours);
    }

    [Fact]
    public void The_hour_that_March_skips_is_refused_by_name() => Assert.Contains(
        "2022-03-13 HE03 does not exist in America/Edmonton: that day has 23 hours.",
        Fails(PoolPrice.Settled, Web.Replace("11/06/2022 03", "03/13/2022 03", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void Prices_and_forecasts_come_out_of_one_answer_and_hours_to_come_have_no_price()
    {
        var (_, settled) = ParsedFile.RowsOf(PoolPrice.Settled, "x.json", Prices);
        Assert.Equal([70.11, 71.5], settled.Select(r => r.LmpUsdPerMwh));
        Assert.Equal([Instant.FromUtc(2022, 11, 6, 7, 0), Instant.FromUtc(2022, 11, 6, 8, 0)], settled.Select(r => r.Delivery.Start));
        Assert.True(double.IsNaN(settled[0].EnergyUsdPerMwh));
        Assert.Equal([69.0, 70, 72], ParsedFile.RowsOf(PoolPrice.Forecast, "x.json", Prices).Rows.Select(r => r.LmpUsdPerMwh));
        Assert.Equal("CAD/MWh", PoolPrice.Settled.Contract!.IsoUnit);
    }

    [Fact]
    public void Only_hours_of_the_day_asked_for_are_taken()
    {
        var other = FeedFile.FromBytes("x.json", Encoding.UTF8.GetBytes(Prices), PoolPrice.Settled.Day(new LocalDate(2022, 11, 5)));
        Assert.Equal(Outcome.ProvenEmpty, ParsedFile.RowsOf(PoolPrice.Settled, other).Result.Outcome);
    }

    [Fact]
    public void Marginal_prices_hold_from_their_beginning_whatever_end_is_written()
    {
        const string Text = """
            {"return": {"System Marginal Price Report": [
            {"begin_datetime_utc": "2026-06-30 16:20", "end_datetime_utc": "2026-07-01 05:59", "begin_datetime_mpt": "",
             "end_datetime_mpt": "", "system_marginal_price": "12.34", "volume": "55"}]}}
            """;
        var row = Assert.Single(ParsedFile.RowsOf(SystemMarginalPrice.Feed, "x.json", Text).Rows);
        Assert.Equal((Instant.FromUtc(2026, 6, 30, 16, 20), true, 12.34), (row.Delivery.Start, row.Delivery.IsInstant, row.LmpUsdPerMwh));
    }

    [Fact]
    public void Load_and_its_forecast_come_out_of_one_answer()
    {
        const string Text = """
            {"return": {"Actual Forecast Report": [
            {"begin_datetime_utc": "2026-03-08 09:00", "alberta_internal_load": "9800", "forecast_alberta_internal_load": "9750"},
            {"begin_datetime_utc": "2026-03-08 10:00", "alberta_internal_load": null, "forecast_alberta_internal_load": "9700"}]}}
            """;
        Assert.Equal([9800.0], ParsedFile.RowsOf(InternalLoad.Actual, "x.json", Text).Rows.Select(r => r.LoadMw));
        Assert.Equal([9750.0, 9700], ParsedFile.RowsOf(InternalLoad.Forecast, "x.json", Text).Rows.Select(r => r.LoadMw));
        Assert.Equal(23, InternalLoad.Actual.Day(new LocalDate(2026, 3, 8)).Hours);
    }

    [Theory]
    [InlineData("pool_price\"", "pool_prices\"", "a field pool_price in every row, found none (nearest: pool_prices)")]
    [InlineData("Pool Price Report", "Pool Price Reports", "a field Pool Price Report, found none (nearest: Pool Price Reports)")]
    [InlineData("2022-11-06 07:00", "6 November", "a time like 2022-03-18 10:20 in begin_datetime_utc, found '6 November'")]
    [InlineData("\"70.11\"", "\"n/a\"", "a decimal in pool_price, found 'n/a'")]
    public void A_renamed_field_or_an_unreadable_value_is_named(string text, string other, string message) => Assert.Contains(
        message, Fails(PoolPrice.Settled, Prices.Replace(text, other, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_cut_answer_is_refused_and_a_web_page_is_no_answer()
    {
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(PoolPrice.Settled, "x.json", Prices[..^5]));
        Assert.Equal(Outcome.Unavailable, ParsedFile.RowsOf(PoolPrice.Settled, "x", "<html><title>x</title></html>").Result.Outcome);
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(PoolPrice.Settled, "x", """{"statusCode": 401, "message": "no key"}"""));
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(PoolPrice.Settled, "x", ""));
    }

    [Fact]
    public void The_summary_gives_fuels_and_series_of_its_instant()
    {
        var (_, fuels) = ParsedFile.RowsOf(FuelMix.Feed, "x.json", Summary);
        Assert.Equal(["WIND 542"], fuels.Select(r => $"{r.Fuel.Text} {r.GenerationMw}"));
        Assert.All(fuels, r => Assert.Equal(Instant.FromUtc(2026, 6, 30, 16, 20), r.Delivery.Start));
        var (result, series) = ParsedFile.RowsOf(SupplyDemand.Feed, "x.json", Summary);
        Assert.Equal(
            ["supply-demand/Alberta Total Net Generation", "supply-demand/Alberta Internal Load (AIL)", "supply-demand/fuel/WIND/MC",
             "supply-demand/fuel/WIND/TNG", "supply-demand/fuel/WIND/DCR", "supply-demand/interchange/Montana"],
            series.Select(p => p.Series.Id));
        Assert.Equal(["x.json: unknown field new_total"], result.Notes);
    }

    [Fact]
    public void A_summary_of_another_day_is_too_early_or_too_late()
    {
        Assert.Equal(Outcome.Data, Outcome_of(new LocalDate(2026, 6, 30)));
        Assert.Equal(Outcome.Unavailable, Outcome_of(new LocalDate(2026, 6, 29)));
        Assert.Equal(Outcome.NotYetPublished, Outcome_of(new LocalDate(2026, 7, 1)));

        static Outcome Outcome_of(LocalDate date) => ParsedFile.RowsOf(
            FuelMix.Feed, FeedFile.FromBytes("x.json", Encoding.UTF8.GetBytes(Summary), FuelMix.Feed.Day(date))).Result.Outcome;
    }

    [Theory]
    [InlineData("Nov 6, 2022 1:30", "2 times")]
    [InlineData("Mar 13, 2022 2:30", "0 times")]
    public void A_web_summary_of_an_hour_that_the_clock_shows_twice_or_never_is_refused(string time, string times) => Assert.Contains(
        times,
        Fails(SupplyDemand.Feed, $"Current Supply Demand Report\n\n\"Last Update : {time}\"\n\"A\",\"1\"\n"),
        StringComparison.Ordinal);

    [Fact]
    public void Forecasts_tell_the_repeated_hour_by_the_order_of_the_file()
    {
        const string Header = "Forecast Transaction Date,Min,Most Likely,Max,Actual,MCR,Pct Min,Pct Most Likely,Pct Max\n";
        const string Rows = "2025-11-02 00:00,1,2,3,,9,0,0,0\n2025-11-02 01:00,1,2,3,,9,0,0,0\n2025-11-02 01:00,1,2,3,,9,0,0,0\n"
            + "2025-11-02 02:00,1,2,3,,9,0,0,0\n";
        var (_, rows) = ParsedFile.RowsOf(RenewableForecast.Wind, "wind_rpt_longterm.csv", Header + Rows);
        Assert.Equal([6, 7, 8, 9], rows.Select(r => r.Delivery.Start.InUtc().Hour));
        var (_, points) = ParsedFile.RowsOf(RenewableOutlook.Wind, "wind_rpt_longterm.csv", Header + Rows);
        Assert.Equal(
            [6, 7, 8, 9], points.Where(p => p.Series.Id == "wind-outlook/max").Select(p => p.Period.Start.InUtc().Hour));
        Assert.Contains("stands only once", Fails(RenewableForecast.Wind, Header + Rows.Replace(
            "2025-11-02 01:00,1,2,3,,9,0,0,0\n2025-11-02 01:00", "2025-11-02 01:00", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("expected a column MCR", Fails(
            RenewableForecast.Wind, Header.Replace("MCR", "Capability", StringComparison.Ordinal) + Rows), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_travels_in_a_header_and_never_in_the_path()
    {
        var request = Assert.Single(PoolPrice.Settled.Locate(
            PoolPrice.Settled.Day(new LocalDate(2026, 6, 30)), Instant.FromUtc(2026, 7, 1, 0, 0)));
        Assert.Equal("/poolprice-api/v1.1/price/poolPrice?startDate=2026-06-30&endDate=2026-06-30", request.PathAndQuery);
        Assert.Equal(new HeaderSecret("API-KEY", "aeso-api-key"), Assert.Single(request.Secrets));
    }

    private static string Fails<TRow>(Feed<TRow> feed, string text)
        where TRow : struct => Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(feed, "x", text)).Message;
}
