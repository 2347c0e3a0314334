using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>What the feeds of report SLD_REN_FCST share: one report, told apart by market run.</summary>
internal static class RenewableFeeds
{
    public const string Shape =
        "One row per trading hub (NP15, SP15, ZP26), renewable type (Solar, Wind) and hour; CSV begins with the operating "
        + "day, not with GMT.";

    public const string Units = "MW, mean over the interval, two decimals; small negative values occur.";

    public const string Time =
        "GMT start and end in each row; operating day and hour on the Pacific clock, the repeated autumn hour is OPR_HR 25.";

    public static OasisReport Report(string marketRun, int intervalMinutes = 60) =>
        new("SLD_REN_FCST", 1, marketRun, ["TRADING_HUB"], ["RENEWABLE_TYPE"], intervalMinutes);

    public static Feed<GenerationRow> Feed(
        string id, string title, OasisReport report, IsoMarket market, IsoProduct product, FeedFacts facts, Schedule schedule) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Pacific,
        Schedule = schedule,
        Contract = IsoContract.Of("CAISO", market, product, MarketZones.Pacific, report.IntervalMinutes),
        Suite = "iso_genmix",
        IntervalMinutes = report.IntervalMinutes,
        Table = PowerTables.Generation,
        Locate = (day, _) => OasisRequests.Day(report, day),
        Recognizes = head => OasisHeads.IsReport(head, report) || OasisHeads.IsCsv(head, report, "TRADING_HUB", "RENEWABLE_TYPE"),
        Parse = (file, output) => OasisAnswer.Read(file, report, Target(file, report, output)),
    };

    private static OasisTarget<GenerationRow> Target(FeedFile file, OasisReport report, IRowOutput<GenerationRow> output)
    {
        var hubs = NameTables.Locations(file.Name, static _ => LocationType.Hub);
        var types = NameTables.Symbols(file.Name);
        return new OasisTarget<GenerationRow>(report, output, (rows, delivery, mw) => new GenerationRow(
            OasisNames.Of(hubs, rows, OasisField.Place), OasisNames.Of(types, rows, OasisField.Kind), delivery, mw));
    }
}
