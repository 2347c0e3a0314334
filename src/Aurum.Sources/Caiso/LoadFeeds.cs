using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>What the feeds of report SLD_FCST share: one report, told apart by market run.</summary>
internal static class LoadFeeds
{
    public const string Units = "MW, mean over the interval; other balancing areas of the region stand beside CAISO's own TAC areas.";

    public const string Time =
        "GMT start and end in each row; operating day and hour on the Pacific clock, the repeated autumn hour is OPR_HR 25.";

    public static OasisReport Report(string marketRun, int intervalMinutes) =>
        new("SLD_FCST", 1, marketRun, ["TAC_AREA_NAME"], [], intervalMinutes);

    public static Feed<LoadRow> Feed(
        string id, string title, OasisReport report, IsoMarket market, IsoProduct product, FeedFacts facts, Schedule schedule) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Pacific,
        Schedule = schedule,
        Contract = IsoContract.Of("CAISO", market, product, MarketZones.Pacific, report.IntervalMinutes),
        Suite = "iso_load",
        IntervalMinutes = report.IntervalMinutes,
        HasOtherIntervals = report.HasOtherIntervals,
        Table = PowerTables.Load,
        Locate = (day, _) => OasisRequests.Day(report, day),
        Recognizes = head => OasisHeads.IsReport(head, report) || OasisHeads.IsCsv(head, report, "TAC_AREA_NAME"),
        Parse = (file, output) => OasisAnswer.Read(file, report, Target(file, report, output)),
    };

    private static OasisTarget<LoadRow> Target(FeedFile file, OasisReport report, IRowOutput<LoadRow> output)
    {
        var areas = NameTables.Locations(file.Name, CaisoPlaces.OfLoad);
        return new OasisTarget<LoadRow>(
            report, output, (rows, delivery, mw) => new LoadRow(OasisNames.Of(areas, rows, OasisField.Place), delivery, mw));
    }
}
