using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO demand every five minutes, from Today's Outlook.</summary>
/// <remarks>
/// <para>Source: outlook file demand.csv. Form and oddities: see <see cref="OutlookFiles"/>.</para>
/// <para>Shape: 288 readings; the forecasts beside them are the matter of the OASIS feeds.</para>
/// <para>Units: MW. Time: Pacific clock, no zone. Revisions: for a day.</para>
/// </remarks>
public static class Demand
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("caiso/demand"),
        Title = "CAISO demand, 5 minutes",
        Facts = new FeedFacts(
            "CAISO Today's Outlook, demand.csv, column Current demand",
            "288 readings a day",
            "MW",
            OutlookFeeds.Time,
            OutlookFeeds.Revisions),
        Zone = MarketZones.Pacific,
        Schedule = OutlookFeeds.Schedule,
        Contract = IsoContract.Of("CAISO", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Pacific, OutlookFiles.Minutes),
        Suite = "iso_load",
        IntervalMinutes = OutlookFiles.Minutes,
        Table = PowerTables.Load,
        Locate = static (day, now) => OutlookFiles.Locate("demand", day, now),
        Recognizes = static head => OutlookFiles.Recognizes(head, "Current demand", "Day ahead forecast"),
        Parse = static (file, output) => OutlookFiles.Parse(
            file, output, ["Current demand"], [],
            ["Day ahead forecast", "Day-ahead forecast", "Hour ahead forecast", "Hour-ahead forecast", "Demand response"],
            static (_, delivery, mw) => new LoadRow(OutlookFeeds.System, delivery, mw)),
    };
}
