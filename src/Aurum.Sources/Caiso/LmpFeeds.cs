using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Caiso;

/// <summary>What CAISO's four price feeds share: the form of rows, their suite, how a file is known.</summary>
internal static class LmpFeeds
{
    public static OasisReport Report(string query, int version, string marketRun, int intervalMinutes) =>
        new(query, version, marketRun, ["NODE", "NODE_ID"], ["LMP_TYPE"], intervalMinutes)
        {
            Parameters = "node=" + CaisoPlaces.DefaultNodes,
        };

    public static Feed<LmpRow> Feed(
        string id, string title, OasisReport report, IsoMarket market, FeedFacts facts, Schedule schedule) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Pacific,
        Schedule = schedule,
        Contract = IsoContract.Of("CAISO", market, IsoProduct.Lmp, MarketZones.Pacific, report.IntervalMinutes),
        Suite = "iso_lmp",
        IntervalMinutes = report.IntervalMinutes,
        Table = PowerTables.Lmp,
        Locate = (day, now) => report.MarketRun == "HASP" ? OasisRequests.Hours(report, day, now) : OasisRequests.Day(report, day),
        Recognizes = head => OasisHeads.IsReport(head, report) || OasisHeads.IsCsv(head, report, "LMP_TYPE", "NODE"),
        Parse = (file, output) => OasisAnswer.Read(file, report, new LmpTarget(file, report, output)),
    };
}
