using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT locational marginal prices of every dispatch run (SCED), by settlement point.</summary>
/// <remarks>
/// <para>Source: report NP6-788-CD of the public API; MIS documents of type 12300, one run each.</para>
/// <para>Shape: about 900 points × some 290 runs a day, about every 5 minutes at odd seconds.</para>
/// <para>Units: USD/MWh, up to two decimals, negative allowed; blanks before the number in CSV. No components.</para>
/// <para>Time: the instant of the run, Central clock; RepeatedHourFlag tells the repeated hour. The price holds until the next
/// run, whose instant no row knows, so rows are instants.</para>
/// <para>Revisions: none.</para>
/// </remarks>
public static class ScedLmp
{
    private const string Report = "np6-788-cd/lmp_node_zone_hub";

    public static readonly Feed<LmpRow> Feed = Reading(default);

    /// <summary>The feed with a reading of RepeatedHourFlag.</summary>
    public static Feed<LmpRow> Reading(RepeatedHourFlag flag) => new()
    {
        Id = new FeedId("ercot/lmp"),
        Title = "ERCOT dispatch (SCED) prices by settlement point",
        Facts = new FeedFacts(
            "ERCOT public API, NP6-788-CD (report type 12300)",
            "about 900 settlement points × some 290 dispatch runs a day",
            "USD/MWh, up to two decimals, negative allowed; no components",
            "instant of the dispatch run at odd seconds, Central clock; RepeatedHourFlag is set in the second pass",
            "none"),
        Zone = MarketZones.Central,
        Schedule = ErcotSchedules.Dispatch,
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.Central, 0),
        Suite = "iso_lmp",
        Table = PowerTables.Lmp,
        Locate = static (day, _) => [ErcotRequests.Dispatch(Report, day)],
        NextPage = ErcotRequests.Next,
        Recognizes = Recognizes,
        Parse = (file, output) => ErcotReport.Parse<LmpRow>(file, output, (report, rows) => ReadTable(report, rows, flag)),
    };

    private static bool Recognizes(FileHead head) => ErcotHeads.IsJson(head)
        ? head.Has("\"lmp_node_zone_hub\"")
            || (head.Has("\"SCEDTimestamp\"") && head.Has("\"settlementPoint\"") && head.Has("\"LMP\""))
        : head.HeaderHas("SCEDTimestamp", "SettlementPoint", "LMP");

    private static void ReadTable(ErcotReport report, RowBuffer<LmpRow> rows, RepeatedHourFlag flag)
    {
        var runs = new ErcotRuns(report, flag);
        var name = report.Header.Required("settlementPoint");
        var price = report.Header.Required("LMP");
        var points = new SettlementPoints(report.FileName);
        while (report.Read())
        {
            rows.Add(ErcotPrices.Row(points.Of(report[name], default), runs.Read(), report.Number(price)));
        }
    }
}
