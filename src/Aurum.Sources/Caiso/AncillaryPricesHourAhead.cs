using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO hour-ahead clearing prices of ancillary services, by region.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_AS, market run HASP: what imports are paid that were bought an hour ahead.</para>
/// <para>Shape: as of <see cref="AncillaryPrices"/>. Units: USD/MW. Time: GMT in each row.</para>
/// <para>Revisions: as prices, within about five business days.</para>
/// </remarks>
public static class AncillaryPricesHourAhead
{
    public static readonly Feed<AncillaryPriceRow> Feed = AncillaryFeeds.Feed(
        "caiso/ancillary-prices-hour-ahead",
        "CAISO hour-ahead ancillary service prices",
        AncillaryFeeds.Report("PRC_AS", version: 12, "HASP", intervalMinutes: 60),
        IsoMarket.HourAhead,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_AS, market run HASP.",
            Shape: "One row per region, service and hour; 23, 24 or 25 hours a day, in no order.",
            Units: "USD/MW of capacity held for the hour.",
            AncillaryFeeds.Time,
            AncillaryFeeds.Revisions),
        new Schedule(
            FirstAt: Duration.FromHours(0),
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
