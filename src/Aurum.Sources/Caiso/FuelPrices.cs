using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO prices of natural gas by fuel region, as used in its bids.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_FUEL.</para>
/// <para>Shape: one row per fuel region (FRPGE1, and FRPGE1GHG with the price of emissions) and hour, about 150 regions. A series is
/// named <c>PRC_FUEL/FRPGE1</c>.</para>
/// <para>Units: USD/MMBtu. Time: GMT in each row; no market run. Revisions: none known.</para>
/// </remarks>
public static class FuelPrices
{
    private static readonly OasisReport Report =
        new("PRC_FUEL", 1, "", ["FUEL_REGION_ID"], [], IntervalMinutes: 60)
        {
            Parameters = "fuel_region_id=ALL",
            ValueColumns = ["PRC"],
        };

    public static readonly Feed<SeriesPoint> Feed = SeriesFeeds.Feed(
        "caiso/fuel-prices",
        "CAISO natural gas prices by fuel region",
        Report,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_FUEL.",
            Shape: "One row per fuel region and hour, about 150 regions; 23, 24 or 25 hours a day.",
            Units: "USD/MMBtu, five decimals.",
            SeriesFeeds.Time,
            Revisions: "Published the evening before; not revised afterwards."),
        new Schedule(
            FirstAt: Duration.FromHours(-4),
            CompleteAt: Duration.FromHours(-2),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        static head => OasisHeads.IsCsv(head, Report, "FUEL_REGION_ID", "PRC"),
        static file => new OasisSeries(file.Name, "PRC_FUEL", static _ => "USD/MMBtu", OasisField.Place));
}
