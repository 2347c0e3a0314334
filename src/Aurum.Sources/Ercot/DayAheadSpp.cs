using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT day-ahead settlement point prices: one price per settlement point per delivery hour.</summary>
/// <remarks>
/// <para>Source: report NP4-190-CD of the public API; MIS documents of type 12331.</para>
/// <para>Shape: about 1,000 points × 23, 24 or 25 hours, in no promised order.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed. No components.</para>
/// <para>Time: hour ending 01:00 to 24:00, Central clock; DSTFlag tells the two HE02 of autumn apart. What the flag means is
/// disputed: see <see cref="RepeatedHourFlag"/>; <see cref="Reading"/> takes either.</para>
/// <para>Revisions: a separate report of corrections.</para>
/// </remarks>
public static class DayAheadSpp
{
    private const string Report = "np4-190-cd/dam_stlmnt_pnt_prices";

    public static readonly Feed<LmpRow> Feed = Reading(default);

    /// <summary>The feed with a reading of DSTFlag.</summary>
    public static Feed<LmpRow> Reading(RepeatedHourFlag flag) => new()
    {
        Id = new FeedId("ercot/day-ahead-spp"),
        Title = "ERCOT day-ahead settlement point prices",
        Facts = new FeedFacts(
            "ERCOT public API, NP4-190-CD (report type 12331)",
            "about 1,000 settlement points × 23, 24 or 25 hours, in no promised order",
            "USD/MWh, two decimals, negative allowed; no components",
            "hour ending 01:00 to 24:00, Central clock; DSTFlag is set on the second HE02",
            "a separate report of corrections"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-9),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(3),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ERCOT", IsoMarket.DayAhead, IsoProduct.Lmp, MarketZones.Central, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, _) => ErcotRequests.Day(Report, day),
        NextPage = ErcotRequests.Next,
        Recognizes = Recognizes,
        Parse = (file, output) => ErcotReport.Parse<LmpRow>(file, output, (report, rows) => ReadTable(report, rows, flag)),
    };

    private static bool Recognizes(FileHead head) => ErcotHeads.IsJson(head)
        ? head.Has("dam_stlmnt_pnt_prices") || (head.Has("\"settlementPointPrice\"") && !head.Has("\"deliveryInterval\""))
        : head.HeaderHas("DeliveryDate", "HourEnding", "SettlementPoint", "SettlementPointPrice")
            && !head.HeaderHas("DeliveryInterval");

    private static void ReadTable(ErcotReport report, RowBuffer<LmpRow> rows, RepeatedHourFlag flag)
    {
        var hours = new ErcotHours(report, flag);
        var name = report.Header.Required("settlementPoint", "settlementPointName");
        var price = report.Header.Required("settlementPointPrice");
        var points = new SettlementPoints(report.FileName);
        while (report.Read())
        {
            rows.Add(ErcotPrices.Row(points.Of(report[name], default), hours.ReadHour(), report.Number(price)));
        }
    }
}
