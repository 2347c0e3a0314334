using Aurum.Market.Feeds;
using Aurum.Sources.Aeso;

namespace Aurum.Tests.Sources.Aeso;

public sealed class AesoSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["latest_electricity_market_report.csv"] =
            "aeso/supply-demand Data 397 2017-07-14T01:26:00Z 2017-07-14T01:26:00Z 397",
        ["solar_rpt_longterm.csv"] = "aeso/solar-forecast Data 912 2025-03-18T10:00:00Z 2025-03-27T10:00:00Z 1",
        ["wind_rpt_longterm.csv"] = "aeso/wind-forecast Data 912 2025-03-18T10:00:00Z 2025-03-27T10:00:00Z 1",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() =>
        RecordedFiles.HoldTo("aeso", Expected, new Dictionary<string, string>());

    [Fact]
    public void The_web_report_of_supply_and_demand_has_the_recorded_numbers()
    {
        var (_, rows) = ParsedFile.RowsOf(
            SupplyDemand.Feed, FeedFile.FromPath(Samples.PathOf("aeso", "latest_electricity_market_report.csv")));
        Assert.Equal(10054, Of("supply-demand/Alberta Total Net Generation"));
        Assert.Equal(10270, Of("supply-demand/Alberta Internal Load (AIL)"));
        Assert.Equal(-216, Of("supply-demand/interchange/British Columbia"));
        Assert.Equal(542, Of("supply-demand/fuel/WIND/TNG"));
        Assert.Equal(7348, Of("supply-demand/fuel/GAS/MC"));
        Assert.Equal(30, Of("supply-demand/asset/Medicine Hat #1 (CMH1)/DCR"));
        var fuels = rows.Where(r => r.Series.Id.StartsWith("supply-demand/fuel/", StringComparison.Ordinal)
            && r.Series.Id.EndsWith("/TNG", StringComparison.Ordinal));
        Assert.Equal(10054, fuels.Sum(r => r.Value));

        double Of(string id) => rows.Single(r => r.Series.Id == id).Value;
    }

    [Fact]
    public void Forecasts_have_the_recorded_values_and_nothing_made_for_hours_to_come()
    {
        var (_, rows) = ParsedFile.RowsOf(
            RenewableForecast.Wind, FeedFile.FromPath(Samples.PathOf("aeso", "wind_rpt_longterm.csv")));
        Assert.Equal(
            ["WIND min 1308.25", "WIND most likely 2075.84", "WIND max 2906.81", "WIND 2210.66", "WIND capability 5688"],
            rows.Take(5).Select(r => $"{r.Fuel.Text} {r.GenerationMw}"));
        Assert.Equal(216, rows.Count(r => r.Fuel.Text == "WIND most likely"));
        Assert.Equal(
            NodaTime.Instant.FromUtc(2025, 3, 18, 10, 0), rows[0].Delivery.Start);
    }
}
