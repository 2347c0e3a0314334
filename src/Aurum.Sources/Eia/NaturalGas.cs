using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>EIA natural gas series: Henry Hub spot and futures prices by day, storage by week, prices, production, use, storage and
/// trade by month.</summary>
/// <remarks>
/// <para>Source: EIA v2, the natural-gas routes of <c>routes.csv</c>. Their rows have the form of petroleum rows, as the API's
/// documentation lists it; no recording of a natural-gas route is at hand.</para>
/// <para>Shape: rows that carry a series id: RNGWHHD is Henry Hub, RNGC1 to RNGC4 the four next contracts, NW2_EPG0_SWO_R48_BCF
/// working gas of the lower 48 states.</para>
/// <para>Units: as each row states them: $/MMBTU, $/MCF, BCF, MMCF.</para>
/// <para>Time: calendar days and months, midnight to midnight UTC; a weekly date is the last day of its week, a Friday.</para>
/// <para>Revisions: weekly storage is revised and reclassified in place, monthly values for about two years.</para>
/// </remarks>
public static class NaturalGas
{
    private const string Units = "as the row states: $/MMBTU, $/MCF, BCF, MMCF";

    internal static readonly EiaSeriesShape Shape = new("natural-gas", ["series"], ["value"], ["series-description"]);

    public static readonly Feed<SeriesPoint> Prices = EiaSeriesFeed.Of(
        "eia/natural-gas",
        "EIA natural gas spot and futures prices",
        new FeedFacts(
            "EIA v2, natural-gas/pri/fut, daily",
            "Henry Hub and four contracts a business day, none on weekends and holidays",
            Units,
            "days from midnight to midnight UTC",
            "rarely, in place"),
        EiaSeriesFeed.Days(first: 1, complete: 8, every: Duration.FromHours(12)),
        Shape,
        static head => EiaSeriesFeed.IsSeries(head, isGas: true, SeriesFrequency.Daily));

    public static readonly Feed<SeriesPoint> Storage = EiaSeriesFeed.Of(
        "eia/natural-gas-storage",
        "EIA weekly natural gas storage",
        new FeedFacts(
            "EIA v2, natural-gas/stor/wkly",
            "working gas of 5 regions, the salt and other fields of one, and the lower 48 states",
            Units,
            "seven days that end with the date, a Friday; published on the Thursday after, 10:30 in New York",
            "in place, with reclassifications, for weeks"),
        EiaSeriesFeed.Days(first: 6, complete: 7, every: Duration.FromHours(3), correctionsFor: 60, check: 7),
        Shape,
        static head => EiaSeriesFeed.IsSeries(head, isGas: true, SeriesFrequency.Weekly));

    public static readonly Feed<SeriesPoint> Monthly = EiaSeriesFeed.Of(
        "eia/natural-gas-monthly",
        "EIA monthly natural gas series: prices, production, use, storage, trade",
        new FeedFacts(
            "EIA v2, natural-gas/pri/sum, prod/sum, cons/sum, stor/sum, move/poe1, move/poe2, monthly; annual files are read too",
            "about 2,000 series a month",
            Units,
            "calendar months from midnight to midnight UTC; asked for on the month's first day",
            "for about two years, in place"),
        EiaSeriesFeed.Days(first: 60, complete: 95, every: Duration.FromDays(3), correctionsFor: 365, check: 60),
        Shape,
        static head => EiaSeriesFeed.IsSeries(head, isGas: true, SeriesFrequency.Monthly));
}
