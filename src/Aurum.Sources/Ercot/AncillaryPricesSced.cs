using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT clearing prices of ancillary services of every dispatch run (SCED).</summary>
/// <remarks>
/// <para>Source: report NP6-332-CD of the public API; MIS documents of type 24891.</para>
/// <para>Shape: 5 services × some 290 runs a day, about every 5 minutes at odd seconds.</para>
/// <para>Units: USD/MW. Time: the instant of the run, Central clock; the flag tells the repeated hour. Revisions: none.</para>
/// </remarks>
public static class AncillaryPricesSced
{
    public static readonly Feed<AncillaryPriceRow> Feed = AncillaryFeeds.Feed(
        "ercot/ancillary-prices-sced",
        "ERCOT dispatch (SCED) prices of ancillary services",
        new FeedFacts(
            "ERCOT public API, NP6-332-CD (report type 24891), since July 2025",
            "5 services × some 290 dispatch runs a day",
            "USD/MW of capacity, two decimals",
            "instant of the dispatch run at odd seconds, Central clock; RepeatedHourFlag is set in the second pass",
            "none"),
        ErcotSchedules.Dispatch,
        IsoMarket.RealTime,
        minutes: 0,
        static day => [ErcotRequests.Dispatch("np6-332-cd/rt_clear_price_cap_sced", day)],
        static head => ErcotHeads.IsJson(head)
            ? head.Has("rt_clear_price_cap_sced") || (head.Has("\"SCEDTimestamp\"") && head.Has("\"MCPC\""))
            : head.HeaderHas("SCEDTimestamp", "ASType", "MCPC"),
        static (report, rows) => AncillaryFeeds.Read(report, rows, "ASType", new ErcotRuns(report, default).Read));
}
