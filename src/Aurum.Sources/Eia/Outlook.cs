using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>EIA's Short-Term Energy Outlook: each month's forecast of prices, supply and demand of all fuels.</summary>
/// <remarks>
/// <para>Source: EIA v2 route steo, monthly. The form is that of the API's documentation; no recording is at hand.</para>
/// <para>Shape: about 1,400 series × the month asked for and the 23 after it, as far as the outlook reaches.</para>
/// <para>Units: as each row states them, in words.</para>
/// <para>Time: calendar months from midnight to midnight UTC. A month's outlook is asked for on its first day, and appears between
/// the 6th and the 12th.</para>
/// <para>Revisions: every outlook replaces the one before it in place: the values of an older one are read with as-of.</para>
/// </remarks>
public static class Outlook
{
    internal static readonly EiaSeriesShape Shape = new("steo", ["seriesId"], ["value"], ["seriesDescription"]) { Unit = "unit" };

    public static readonly Feed<SeriesPoint> Feed = EiaSeriesFeed.Of(
        "eia/outlook",
        "EIA Short-Term Energy Outlook, two years by month",
        new FeedFacts(
            "EIA v2, steo, monthly",
            "about 1,400 series × the month and the 23 after it",
            "as the row states, in words",
            "calendar months from midnight to midnight UTC; asked for on the month's first day",
            "every month's outlook replaces the one before it, in place"),
        EiaSeriesFeed.Days(first: 5, complete: 13, every: Duration.FromDays(1)),
        Shape,
        static head => head.Has("\"seriesId\"") && head.Has("\"seriesDescription\"") && head.Has("\"unit\""),
        months: 24);
}
