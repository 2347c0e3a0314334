using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT day-ahead clearing prices of ancillary services.</summary>
/// <remarks>
/// <para>Source: report NP4-188-CD of the public API; MIS documents of type 12329.</para>
/// <para>Shape: 5 services (see <see cref="AncillaryFeeds"/>) × 23, 24 or 25 hours.</para>
/// <para>Units: USD/MW of capacity held for the hour. Time: hour ending, Central clock; DSTFlag tells the repeated hour.</para>
/// <para>Revisions: a separate report of corrections.</para>
/// </remarks>
public static class AncillaryPrices
{
    public static readonly Feed<AncillaryPriceRow> Feed = AncillaryFeeds.Feed(
        "ercot/ancillary-prices",
        "ERCOT day-ahead ancillary service prices",
        new FeedFacts(
            "ERCOT public API, NP4-188-CD (report type 12329)",
            "5 services × 23, 24 or 25 hours",
            "USD/MW of capacity held for the hour, two decimals",
            "hour ending 01:00 to 24:00, Central clock; DSTFlag is set on the second HE02",
            "a separate report of corrections"),
        new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-9),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(3),
            CorrectionChecks: Duration.FromDays(1)),
        IsoMarket.DayAhead,
        minutes: 60,
        static day => ErcotRequests.Day("np4-188-cd/dam_clear_price_for_cap", day),
        static head => ErcotHeads.IsJson(head)
            ? head.Has("dam_clear_price_for_cap") || (head.Has("\"ancillaryType\"") && head.Has("\"MCPC\""))
            : head.HeaderHas("DeliveryDate", "AncillaryType", "MCPC"),
        static (report, rows) => AncillaryFeeds.Read(report, rows, "ancillaryType", new ErcotHours(report, default).ReadHour));
}
