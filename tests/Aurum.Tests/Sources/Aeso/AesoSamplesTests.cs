using Aurum.Market.Feeds;
using Aurum.Sources.Aeso;

namespace Aurum.Tests.Sources.Aeso;

public sealed class AesoSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["latest_electricity_market_report.csv"] =
            "aeso/supply-demand Data 397 2017-07-14T01:26:00Z 2017-07-14T01:26:00Z 397",
        ["solar_rpt_longterm.csv"] = "aeso/solar-forecast Data 216 2025-03-18T10:00:00Z 2025-03-27T10:00:00Z 1",
        ["wind_rpt_longterm.csv"] = "aeso/wind-forecast Data 216 2025-03-18T10:00:00Z 2025-03-27T10:00:00Z 1",
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
        var file = FeedFile.FromPath(Samples.PathOf("aeso", "wind_rpt_longterm.csv"));
        var (_, rows) = ParsedFile.RowsOf(RenewableForecast.Wind, file);
        Assert.Equal("WIND 2075.84", $"{rows[0].Fuel.Text} {rows[0].GenerationMw}");
        Assert.Equal(216, rows.Count);
        Assert.Equal(NodaTime.Instant.FromUtc(2025, 3, 18, 10, 0), rows[0].Delivery.Start);
        var (_, points) = ParsedFile.RowsOf(RenewableOutlook.Wind, file);
        Assert.Equal(
            ["wind-outlook/min 1308.25", "wind-outlook/max 2906.81", "wind-outlook/actual 2210.66", "wind-outlook/capability 5688"],
            points.Take(4).Select(p => $"{p.Series} {p.Value}"));
        Assert.Equal(
            [("actual", 48, 93882.07), ("capability", 216, 1228608.0), ("max", 216, 557887.33), ("min", 216, 292709.32)],
            points.GroupBy(p => p.Series.Id.Split('/')[1]).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Count(), Math.Round(g.Sum(p => p.Value), 2))));
    }
}
