using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO fifteen-minute market clearing prices of ancillary services, by region.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_INTVL_AS, market run RTM.</para>
/// <para>Shape: as of <see cref="AncillaryPrices"/>, with four intervals an hour. Units: USD/MW. Time: GMT in each row.</para>
/// <para>Revisions: as prices, within about five business days.</para>
/// </remarks>
public static class AncillaryPricesFifteenMinute
{
    public static readonly Feed<AncillaryPriceRow> Feed = AncillaryFeeds.Feed(
        "caiso/ancillary-prices-fifteen-minute",
        "CAISO fifteen-minute market ancillary service prices",
        AncillaryFeeds.Report("PRC_INTVL_AS", version: 1, "RTM", intervalMinutes: 15),
        IsoMarket.FifteenMinute,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_INTVL_AS, market run RTM.",
            Shape: "One row per region, service and quarter of an hour: 96 intervals on a day of 24 hours, in no order.",
            Units: "USD/MW of capacity held for the interval.",
            AncillaryFeeds.Time,
            AncillaryFeeds.Revisions),
        new Schedule(
            FirstAt: Duration.FromHours(0),
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromMinutes(30),
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
