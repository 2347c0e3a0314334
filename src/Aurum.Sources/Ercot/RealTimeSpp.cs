using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT real-time settlement point prices: one price per settlement point, type and 15 minutes.</summary>
/// <remarks>
/// <para>Source: report NP6-905-CD of the public API; MIS documents of type 12301, one interval each.</para>
/// <para>Shape: about 900 points × 92, 96 or 100 intervals; 12 names stand under two types (see
/// <see cref="SettlementPoints"/>).</para>
/// <para>Units: USD/MWh, up to two decimals, negative allowed. No components.</para>
/// <para>Time: hour ending 1 to 24 and interval 1 to 4, Central clock; DSTFlag tells the repeated hour.</para>
/// <para>Revisions: a separate report of corrections.</para>
/// </remarks>
public static class RealTimeSpp
{
    private const string Report = "np6-905-cd/spp_node_zone_hub";
    private const int Minutes = 15;

    public static readonly Feed<LmpRow> Feed = Reading(default);

    /// <summary>The feed with a reading of DSTFlag.</summary>
    public static Feed<LmpRow> Reading(RepeatedHourFlag flag) => new()
    {
        Id = new FeedId("ercot/real-time-spp"),
        Title = "ERCOT real-time settlement point prices, 15 minutes",
        Facts = new FeedFacts(
            "ERCOT public API, NP6-905-CD (report type 12301)",
            "about 900 settlement points × 92, 96 or 100 intervals; 12 names under two types",
            "USD/MWh, up to two decimals, negative allowed; no components",
            "hour ending 1 to 24 and interval 1 to 4, Central clock; DSTFlag is set in the second HE02",
            "a separate report of corrections"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(20),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(30),
            RefreshEvery: Duration.FromMinutes(15),
            CorrectionsFor: Duration.FromDays(3),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.Central, Minutes),
        Suite = "iso_lmp",
        IntervalMinutes = Minutes,
        Table = PowerTables.Lmp,
        Locate = static (day, _) => ErcotRequests.Day(Report, day),
        NextPage = ErcotRequests.Next,
        Recognizes = Recognizes,
        Parse = (file, output) => ErcotReport.Parse<LmpRow>(file, output, (report, rows) => ReadTable(report, rows, flag)),
    };

    private static bool Recognizes(FileHead head) => ErcotHeads.IsJson(head)
        ? head.Has("spp_node_zone_hub") || (head.Has("\"settlementPointPrice\"") && head.Has("\"deliveryInterval\""))
        : head.HeaderHas("DeliveryDate", "DeliveryHour", "DeliveryInterval", "SettlementPointPrice");

    private static void ReadTable(ErcotReport report, RowBuffer<LmpRow> rows, RepeatedHourFlag flag)
    {
        var hours = new ErcotHours(report, flag);
        var part = report.Header.Required("deliveryInterval");
        var name = report.Header.Required("settlementPoint", "settlementPointName");
        var type = report.Header.Required("settlementPointType");
        var price = report.Header.Required("settlementPointPrice");
        var points = new SettlementPoints(report.FileName);
        while (report.Read())
        {
            var delivery = hours.ReadPart(part, Minutes);
            rows.Add(ErcotPrices.Row(points.Of(report[name], report[type]), delivery, report.Number(price)));
        }
    }
}
