using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Ieso;

namespace Aurum.Tests.Sources.Ieso;

public sealed class IesoSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["PUB_DAHourlyEnergyLMP.csv"] = "ieso/day-ahead-lmp Data 25104 2026-06-30T05:00:00Z 2026-07-01T05:00:00Z 1046",
        ["PUB_DAHourlyOntarioZonalPrice.xml"] =
            "ieso/day-ahead-lmp-ontario Data 24 2026-06-30T05:00:00Z 2026-07-01T05:00:00Z 1",
        ["PUB_Demand.csv"] = "ieso/load Data 8594 2026-01-01T05:00:00Z 2026-06-29T06:00:00Z 2",
        ["PUB_DemandZonal.csv"] = "ieso/load-zone Data 47256 2026-01-01T05:00:00Z 2026-06-29T05:00:00Z 11",
        ["PUB_RealtimeOntarioZonalPrice.xml"] =
            "ieso/real-time-lmp-ontario Data 9 2026-06-30T05:00:00Z 2026-06-30T05:45:00Z 1",
        ["adequacy_report_20250228.xml"] = "ieso/adequacy Data 2112 2025-02-28T05:00:00Z 2025-03-01T05:00:00Z 88",
        ["full_Adequacy2_20170618.xml"] = "ieso/adequacy Data 2112 2017-06-18T05:00:00Z 2017-06-19T05:00:00Z 88",
        ["full_PredispConstTotals_20170708.xml"] =
            "ieso/predispatch-totals Data 168 2017-07-08T05:00:00Z 2017-07-09T05:00:00Z 7",
        ["full_RealtimeConstTotals_2017070101.xml"] =
            "ieso/real-time-totals Data 96 2017-07-01T05:00:00Z 2017-07-01T06:00:00Z 8",
        ["gen_output_capability_20250228.xml"] =
            "ieso/generator-output Data 7 2025-02-28T05:00:00Z 2025-02-28T06:00:00Z 7",
        ["reduced_GenOutputCapability_20160501.xml"] =
            "ieso/generator-output Data 20 2016-05-01T05:00:00Z 2016-05-01T09:00:00Z 5",
        ["var_gen_forecast_summary_report_20250228.xml"] =
            "ieso/renewable-forecast Data 1008 2025-02-28T14:00:00Z 2025-03-02T14:00:00Z 10",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() =>
        RecordedFiles.HoldTo("ieso", Expected, new Dictionary<string, string>());

    [Fact]
    public void Day_ahead_prices_have_the_recorded_sum_and_one_energy_part_an_hour()
    {
        var (_, rows) = Read(DayAheadLmp.Feed, "PUB_DAHourlyEnergyLMP.csv");
        Assert.Equal(2083792.27, rows.Sum(r => r.LmpUsdPerMwh), 0.01);
        var first = rows.Where(r => r.Delivery == rows[0].Delivery).Select(r => r.EnergyUsdPerMwh).ToHashSet();
        Assert.Equal([45.00, 45.01], first.Order());
        Assert.Equal(("ABITIBISF-LT.AG_T1", 44.03, -0.97, 0.0), Shown(rows[0]));
        Assert.Equal(LocationType.Zone, rows.First(r => r.Location.Id == "BRUCE_GEN:PZ").Location.Type);
    }

    [Fact]
    public void Ontario_prices_have_the_recorded_values()
    {
        var (_, ahead) = Read(DayAheadZonalPrice.Ontario, "PUB_DAHourlyOntarioZonalPrice.xml");
        Assert.Equal(2230.03, ahead.Sum(r => r.LmpUsdPerMwh), 0.001);
        Assert.Equal(("ONTARIO", 44.69, 0.03, -0.34), Shown(ahead[0]));
        var (_, real) = Read(RealTimeZonalPrice.Ontario, "PUB_RealtimeOntarioZonalPrice.xml");
        Assert.Equal(("ONTARIO", 34.62, 0.08, -1.76), Shown(real[^1]));
        Assert.Equal(36.30, real[^1].EnergyUsdPerMwh);
    }

    [Fact]
    public void Demand_has_the_recorded_sums_and_in_four_hours_the_zones_do_not_add_up_to_the_whole()
    {
        var (_, demand) = Read(Demand.Feed, "PUB_Demand.csv");
        Assert.Equal(83_493_285, demand.Where(r => r.Area.Id == "MARKET").Sum(r => r.LoadMw));
        Assert.Equal(71_671_617, demand.Where(r => r.Area.Id == "ONTARIO").Sum(r => r.LoadMw));
        var (_, zones) = Read(ZonalDemand.Feed, "PUB_DemandZonal.csv");
        var residuals = zones.GroupBy(r => r.Delivery).Select(h =>
            h.Where(r => r.Area.Type == LocationType.Zone).Sum(r => r.LoadMw) - h.Single(r => r.Area.Id == "ONTARIO").LoadMw);
        Assert.Equal([-31852, -18721, -5703, -2340], residuals.Where(mw => Math.Abs(mw) > 2000).Order());
        Assert.Equal(2_161_592, zones.Where(r => r.Area.Id == "NORTHWEST").Sum(r => r.LoadMw));
    }

    [Fact]
    public void Generators_and_forecasts_have_the_recorded_sums()
    {
        var (_, few) = Read(GeneratorOutput.Feed, "gen_output_capability_20250228.xml");
        Assert.Equal(2535, few.Sum(r => r.GenerationMw));
        var (_, parts) = Read(GeneratorOutput.Feed, "reduced_GenOutputCapability_20160501.xml");
        Assert.Equal(3890, parts.Sum(r => r.GenerationMw));
        Assert.Equal(
            ("NUCLEAR", 716.0), parts.Where(r => r.Area.Id == "BRUCEA-G1").Select(r => (r.Fuel.Text, r.GenerationMw)).First());
        var (_, limits) = Read(GeneratorCapability.Feed, "reduced_GenOutputCapability_20160501.xml");
        Assert.Equal((12200, 40), (limits.Sum(p => p.Value), limits.Count));
        Assert.Equal((781.0, 781.0), (Of("capability"), Of("available-capacity")));
        var (_, forecast) = Read(RenewableForecast.Feed, "var_gen_forecast_summary_report_20250228.xml");
        Assert.Equal(282573.3, forecast.Sum(r => r.GenerationMw), 0.01);
        Assert.Equal(
            ["Solar", "Solar embedded", "Wind", "Wind embedded"],
            forecast.Select(r => r.Fuel.Text).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            NodaTime.Instant.FromUtc(2025, 2, 28, 13, 34, 8), NodaTime.Instant.FromUnixTimeSeconds(forecast[0].IssuedUnixSeconds));

        double Of(string quantity) => limits.First(p => p.Series.Id == $"generator-capability/NUCLEAR/BRUCEA-G1/{quantity}").Value;
    }

    [Theory]
    [InlineData("adequacy_report_20250228.xml", 8584857)]
    [InlineData("full_Adequacy2_20170618.xml", 8181182)]
    public void Adequacy_has_the_recorded_sum_under_both_roots(string file, double sum)
    {
        var (_, rows) = Read(Adequacy.Feed, file);
        Assert.Equal(sum, rows.Where(r => r.Series.Unit != "flag").Sum(r => r.Value));
        Assert.Equal(24, rows.Count(r => r.Series.Id == "adequacy/ForecastSupply/InternalResources/Nuclear/Capacities"));
        Assert.Equal("MWh", rows.First(r => r.Series.Id == "adequacy/ForecastSupply/Energies").Series.Unit);
        Assert.Equal(24, rows.Count(r => r.Series.Id == "adequacy/ForecastDemand/ZonalExports/Manitoba/Bids"));
    }

    [Fact]
    public void Totals_have_the_recorded_sums()
    {
        var (_, real) = Read(Totals.RealTime, "full_RealtimeConstTotals_2017070101.xml");
        Assert.Equal(556064.7, real.Sum(r => r.Value), 0.01);
        Assert.Equal(13531.9, real.First(r => r.Series.Id == "real-time-totals/ONTARIO DEMAND").Value);
        var (_, ahead) = Read(Totals.Predispatch, "full_PredispConstTotals_20170708.xml");
        Assert.Equal(836649.6, ahead.Sum(r => r.Value), 0.01);
        Assert.Equal("predispatch-totals/Total Energy", ahead[0].Series.Id);
    }

    private static (ParseResult Result, List<TRow> Rows) Read<TRow>(Feed<TRow> feed, string file)
        where TRow : struct => ParsedFile.RowsOf(feed, FeedFile.FromPath(Samples.PathOf("ieso", file)));

    private static (string Place, double Lmp, double Loss, double Congestion) Shown(LmpRow row) =>
        (row.Location.Id, row.LmpUsdPerMwh, row.LossUsdPerMwh, row.CongestionUsdPerMwh);
}
