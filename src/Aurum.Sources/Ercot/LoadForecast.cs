using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT seven-day load forecast by zone, as posted every hour.</summary>
/// <remarks>
/// <para>Source: report NP3-565-CD of the public API (weather zones, several models: only rows in use are kept); MIS documents of
/// type 12311 (forecast zones).</para>
/// <para>Shape: 8 weather zones (or 4 forecast zones) and the total × the hours of 8 days × postings.</para>
/// <para>Units: MW; up to 20 digits are printed, more than a double holds.</para>
/// <para>Time: hour ending, Central clock, with DSTFlag. Issued when posted: the column, or the time in the document's
/// name.</para>
/// <para>Revisions: every posting stays beside the others, told apart by the time of issue.</para>
/// </remarks>
public static class LoadForecast
{
    private const string ReportTypeId = "12311";

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("ercot/load-forecast"),
        Title = "ERCOT seven-day load forecast by zone",
        Facts = new FeedFacts(
            "ERCOT public API, NP3-565-CD; MIS documents of report type 12311",
            "8 weather zones (or 4 forecast zones) and the total × the hours of 8 days × postings",
            "MW",
            "hour ending, Central clock with DSTFlag; issued when posted",
            "a posting every hour, all kept"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-24),
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Contract = IsoContract.Of("ERCOT", IsoMarket.DayAhead, IsoProduct.LoadForecast, MarketZones.Central, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        RowsLieInDay = false,
        Table = PowerTables.Load,
        Locate = static (day, _) => ErcotRequests.Day("np3-565-cd/lf_by_model_weather_zone", day, filter: "&inUseFlag=true"),
        NextPage = ErcotRequests.Next,
        Recognizes = static head => ErcotHeads.IsListing(head, ReportTypeId) || (ErcotHeads.IsJson(head)
            ? head.Has("lf_by_model") || (head.Has("\"systemTotal\"") && head.Has("\"hourEnding\""))
            : head.HeaderHas("DeliveryDate", "HourEnding", "SystemTotal")),
        Parse = static (file, output) => ErcotReport.Parse<LoadRow>(file, output, ReadTable),
    };

    private static void ReadTable(ErcotReport report, RowBuffer<LoadRow> rows)
    {
        var hours = new ErcotHours(report, default);
        var zones = LoadZones.Columns(report.Header);
        var posted = report.Header.Optional("postedDatetime");
        var isUsed = report.Header.Optional("inUseFlag");
        report.Header.Ignore("model");
        while (report.Read())
        {
            if (isUsed >= 0 && !report.Flag(isUsed))
            {
                continue;
            }

            var hour = hours.ReadHour();
            var issued = ErcotHours.PostedUnixSeconds(report, posted);
            foreach (var (column, area) in zones)
            {
                rows.Add(new LoadRow(area, hour, report.NumberOrNaN(column), issued));
            }
        }
    }
}
