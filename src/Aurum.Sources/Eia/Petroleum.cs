using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>EIA petroleum series: spot and futures prices by day, retail prices, stocks, refinery runs, imports and supply by week,
/// first purchase prices, production, supply and stocks by month.</summary>
/// <remarks>
/// <para>Source: EIA v2, the petroleum routes of <c>routes.csv</c>; files of other petroleum routes are read too.</para>
/// <para>Shape: rows that carry a series id; none on weekends and holidays in daily routes.</para>
/// <para>Units: as each row states them: $/BBL, $/GAL, MBBL, MBBL/D, %.</para>
/// <para>Time: calendar days, months and years, midnight to midnight UTC; a weekly date is the last day of its week.</para>
/// <para>Revisions: daily prices rarely; weekly values with the next week, monthly ones for months, in place.</para>
/// </remarks>
public static class Petroleum
{
    private const string Units = "as the row states: $/BBL, $/GAL, MBBL, MBBL/D, %";

    internal static readonly EiaSeriesShape Shape = new("petroleum", ["series"], ["value"], ["series-description"]);

    public static readonly Feed<SeriesPoint> Feed = EiaSeriesFeed.Of(
        "eia/petroleum",
        "EIA petroleum spot and futures prices",
        new FeedFacts(
            "EIA v2, petroleum/pri/spt and pri/fut, daily",
            "20 to 40 prices a business day, none on weekends and holidays",
            Units,
            "days from midnight to midnight UTC",
            "rarely, in place"),
        EiaSeriesFeed.Days(first: 1, complete: 8, every: Duration.FromHours(12)),
        Shape,
        static head => EiaSeriesFeed.IsSeries(head, isGas: false, SeriesFrequency.Daily));

    public static readonly Feed<SeriesPoint> Weekly = EiaSeriesFeed.Of(
        "eia/petroleum-weekly",
        "EIA weekly petroleum status: stocks, refinery runs, imports, supply, retail prices",
        new FeedFacts(
            "EIA v2, petroleum/pri/gnd, pri/wfr, stoc/wstk, pnp/wiup, move/wkly, cons/wpsup, weekly",
            "about 900 series a week; retail prices of Mondays, all else of weeks that end on Fridays",
            Units,
            "seven days that end with the date, midnight to midnight UTC; asked for on that date",
            "with the next week, in place"),
        EiaSeriesFeed.Days(first: 0.5, complete: 7, every: Duration.FromHours(12), correctionsFor: 14, check: 7),
        Shape,
        static head => EiaSeriesFeed.IsSeries(head, isGas: false, SeriesFrequency.Weekly));

    public static readonly Feed<SeriesPoint> Monthly = EiaSeriesFeed.Of(
        "eia/petroleum-monthly",
        "EIA monthly petroleum series: first purchase prices, production, supply, stocks",
        new FeedFacts(
            "EIA v2, petroleum/pri/dfp1, pri/dfp2, crd/crpdn, cons/psup, stoc/ts, monthly; annual files are read too",
            "about 1,000 series a month",
            Units,
            "calendar months from midnight to midnight UTC; asked for on the month's first day",
            "for months, in place"),
        EiaSeriesFeed.Days(first: 60, complete: 95, every: Duration.FromDays(3), correctionsFor: 180),
        Shape,
        static head => EiaSeriesFeed.IsSeries(head, isGas: false, SeriesFrequency.Monthly));
}
