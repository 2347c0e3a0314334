using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Ieso;

/// <summary>IESO hourly demand: of Ontario, and of the market with its exports.</summary>
/// <remarks>
/// <para>Source: public report Demand, a CSV a year since 2002.</para>
/// <para>Shape: ONTARIO and MARKET × 24 hours; the newest rows are a few hours old.</para>
/// <para>Units: MW, whole numbers.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year.</para>
/// <para>Revisions: the year's file is rewritten every hour; the last days may change in it.</para>
/// </remarks>
public static class Demand
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("ieso/load"),
        Title = "IESO hourly demand of Ontario and the market",
        Facts = new FeedFacts(
            "IESO public report Demand, a file a year",
            "2 areas × 24 hours",
            "MW, whole numbers",
            "hour ending, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = IesoSchedules.Demand,
        Contract = IesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Load, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (day, _) => IesoFiles.Year("Demand", day),
        Recognizes = static head => DemandFile.Recognizes(head, "Hourly Demand Report"),
        Parse = static (file, output) => DemandFile.Parse(file, output, static header =>
        [
            (header.Required("Market Demand"), IesoPlaces.Market),
            (header.Required("Ontario Demand"), IesoPlaces.Ontario),
        ]),
    };
}
