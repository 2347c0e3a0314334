using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>EIA monthly sales of electricity to final customers by state and sector: price, volume, revenue, customers.</summary>
/// <remarks>
/// <para>Source: EIA v2 route electricity/retail-sales (Forms EIA-826 and EIA-861), frequency monthly. The form is that of the
/// API's documentation; no recording is at hand.</para>
/// <para>Shape: 62 states and regions × 6 sectors, each with price, sales, revenue and customers.</para>
/// <para>Units: as each row states them: cents per kilowatt-hour, million kilowatt hours, million dollars, number of customers.</para>
/// <para>Time: calendar months from midnight to midnight UTC.</para>
/// <para>Revisions: preliminary for about a year and a half, in place.</para>
/// </remarks>
public static class RetailSales
{
    internal static readonly EiaSeriesShape Shape = new(
        "retail-sales", ["stateid", "sectorid"], ["price", "sales", "revenue", "customers"], ["stateDescription", "sectorName"]);

    public static readonly Feed<SeriesPoint> Feed = EiaSeriesFeed.Of(
        "eia/retail-sales",
        "EIA monthly retail sales of electricity by state and sector",
        new FeedFacts(
            "EIA v2, electricity/retail-sales (Forms EIA-826 and EIA-861), monthly",
            "62 states and regions × 6 sectors, each with price, sales, revenue and customers",
            "cents per kilowatt-hour, million kilowatt hours, million dollars, number of customers",
            "calendar months from midnight to midnight UTC; asked for on the month's first day",
            "preliminary for about a year and a half, in place"),
        EiaSeriesFeed.Days(first: 75, complete: 90, every: Duration.FromDays(5), correctionsFor: 365, check: 90),
        Shape,
        static head => head.Has("\"stateid\"") && head.Has("\"sectorid\""));
}
