using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead clearing prices of ancillary services, by region.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_AS, market run DAM.</para>
/// <para>Shape: one row per region, service (SR spinning, NR non-spinning, RU and RD regulation up and down, RMU and RMD mileage)
/// and hour. In XML the service is told by the data item: SP_CLR_PRC, NS_CLR_PRC, RU_CLR_PRC, ...</para>
/// <para>Units: USD/MW. Time: GMT in each row. Revisions: as prices, within about five business days.</para>
/// </remarks>
public static class AncillaryPrices
{
    public static readonly Feed<AncillaryPriceRow> Feed = AncillaryFeeds.Feed(
        "caiso/ancillary-prices",
        "CAISO day-ahead ancillary service prices",
        AncillaryFeeds.Report("PRC_AS", version: 12, "DAM", intervalMinutes: 60),
        IsoMarket.DayAhead,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_AS, market run DAM.",
            Shape: "One row per region, service and hour; 23, 24 or 25 hours a day, in no order.",
            Units: "USD/MW of capacity held for the hour.",
            AncillaryFeeds.Time,
            AncillaryFeeds.Revisions),
        new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
