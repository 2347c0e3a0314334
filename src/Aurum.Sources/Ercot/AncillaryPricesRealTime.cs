using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT real-time clearing prices of ancillary services, by settlement interval.</summary>
/// <remarks>
/// <para>Source: report NP6-331-CD of the public API; MIS documents of type 24898. Since energy and reserves are cleared together in
/// real time, 5 December 2025.</para>
/// <para>Shape: 5 services × 92, 96 or 100 intervals.</para>
/// <para>Units: USD/MW. Time: hour ending 1 to 24 and interval 1 to 4, Central clock; RepeatedHourFlag tells the repeated hour.</para>
/// <para>Revisions: a separate report of corrections.</para>
/// </remarks>
public static class AncillaryPricesRealTime
{
    private const int Minutes = 15;

    public static readonly Feed<AncillaryPriceRow> Feed = AncillaryFeeds.Feed(
        "ercot/ancillary-prices-real-time",
        "ERCOT real-time ancillary service prices, 15 minutes",
        new FeedFacts(
            "ERCOT public API, NP6-331-CD (report type 24898), since 5 December 2025",
            "5 services × 92, 96 or 100 intervals",
            "USD/MW of capacity held for the interval, two decimals",
            "hour ending 1 to 24 and interval 1 to 4, Central clock; RepeatedHourFlag is set in the second HE02",
            "a separate report of corrections"),
        new Schedule(
            FirstAt: Duration.FromMinutes(20),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(30),
            RefreshEvery: Duration.FromMinutes(15),
            CorrectionsFor: Duration.FromDays(3),
            CorrectionChecks: Duration.FromDays(1)),
        IsoMarket.RealTime,
        Minutes,
        static day => ErcotRequests.Day("np6-331-cd/rt_clear_price_cap", day),
        static head => ErcotHeads.IsJson(head)
            ? head.Has("\"rt_clear_price_cap\"") || (head.Has("\"MCPC\"") && head.Has("\"deliveryInterval\""))
            : head.HeaderHas("DeliveryDate", "DeliveryInterval", "ASType", "MCPC"),
        static (report, rows) =>
        {
            var hours = new ErcotHours(report, default);
            var part = report.Header.Required("deliveryInterval");
            AncillaryFeeds.Read(report, rows, "ASType", () => hours.ReadPart(part, Minutes));
        });
}
