using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT hourly load as metered, by forecast zone and in total.</summary>
/// <remarks>
/// <para>Source: report NP6-346-CD of the public API; the weather-zone report NP6-345-CD is read too.</para>
/// <para>Shape: 4 zones (or 8) and the total × 23, 24 or 25 hours.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: hour ending 01:00 to 24:00, Central clock; DSTFlag tells the repeated hour.</para>
/// <para>Revisions: none announced.</para>
/// </remarks>
public static class ActualLoad
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("ercot/load-actual"),
        Title = "ERCOT actual load by zone",
        Facts = new FeedFacts(
            "ERCOT public API, NP6-346-CD (by weather zone NP6-345-CD)",
            "4 forecast zones (or 8 weather zones) and the total × 23, 24 or 25 hours",
            "MW, mean over the hour",
            "hour ending 01:00 to 24:00, Central clock; DSTFlag is set on the second HE02",
            "none announced"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(2),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Central, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (day, _) => ErcotRequests.Day("np6-346-cd/act_sys_load_by_fzn", day, "operatingDay"),
        NextPage = ErcotRequests.Next,
        Recognizes = static head => ErcotHeads.IsJson(head)
            ? head.Has("act_sys_load_by") || head.Has("\"operatingDay\"")
            : head.HeaderHas("OperDay", "HourEnding", "TOTAL"),
        Parse = static (file, output) => ErcotReport.Parse<LoadRow>(file, output, ReadTable),
    };

    private static void ReadTable(ErcotReport report, RowBuffer<LoadRow> rows)
    {
        var hours = new ErcotHours(report, default);
        var zones = LoadZones.Columns(report.Header);
        while (report.Read())
        {
            var hour = hours.ReadHour();
            foreach (var (column, area) in zones)
            {
                rows.Add(new LoadRow(area, hour, report.NumberOrNaN(column)));
            }
        }
    }
}
