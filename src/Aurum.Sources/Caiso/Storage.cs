using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO battery storage every five minutes, from Today's Outlook.</summary>
/// <remarks>
/// <para>Source: outlook file storage.csv. Form and oddities: see <see cref="OutlookFiles"/>.</para>
/// <para>Shape: all batteries, those that stand alone and those beside a plant × 288 readings. <c>Total batteries</c> is the sum of
/// the two others, which older files do not have: a sum takes either it or them.</para>
/// <para>Units: MW, negative while they charge. Time: Pacific clock, no zone. Revisions: for a day.</para>
/// </remarks>
public static class Storage
{
    private static readonly string[] Later = ["Stand-alone batteries", "Hybrid batteries"];

    private static readonly Dictionary<string, Symbol> Symbols =
        Later.Prepend("Total batteries").ToDictionary(name => name, name => new Symbol(name));

    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("caiso/storage"),
        Title = "CAISO battery storage output, 5 minutes",
        Facts = new FeedFacts(
            "CAISO Today's Outlook, storage.csv",
            "all batteries, stand-alone and hybrid ones × 288 readings a day; a sum over fuel types takes 'Total batteries' alone",
            "MW, negative while they charge",
            OutlookFeeds.Time,
            OutlookFeeds.Revisions),
        Zone = MarketZones.Pacific,
        Schedule = OutlookFeeds.Schedule,
        Contract = IsoContract.Of("CAISO", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Pacific, OutlookFiles.Minutes),
        Suite = "iso_genmix",
        IntervalMinutes = OutlookFiles.Minutes,
        Table = PowerTables.Generation,
        Locate = static (day, now) => OutlookFiles.Locate("storage", day, now),
        Recognizes = static head => OutlookFiles.Recognizes(head, "Total batteries"),
        Parse = static (file, output) => OutlookFiles.Parse(
            file, output, ["Total batteries"], Later, [],
            static (kind, delivery, mw) => new GenerationRow(OutlookFeeds.System, Symbols[kind], delivery, mw)),
    };
}
