using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>EIA daily nuclear outages: capacity, and what of it is out, by plant.</summary>
/// <remarks>
/// <para>Source: EIA v2 route nuclear-outages/facility-nuclear-outages, frequency daily. The form is that of the API's
/// documentation; no recording is at hand.</para>
/// <para>Shape: about 55 plants, each with capacity, outage and percentOutage.</para>
/// <para>Units: as each row states them: megawatts, percent.</para>
/// <para>Time: days from midnight to midnight UTC; published on the day itself.</para>
/// <para>Revisions: within a few days, in place.</para>
/// </remarks>
public static class NuclearOutages
{
    internal static readonly EiaSeriesShape Shape = new(
        "nuclear-outages", ["facility"], ["capacity", "outage", "percentOutage"], ["facilityName"]);

    public static readonly Feed<SeriesPoint> Feed = EiaSeriesFeed.Of(
        "eia/nuclear-outages",
        "EIA daily nuclear outages by plant",
        new FeedFacts(
            "EIA v2, nuclear-outages/facility-nuclear-outages, daily",
            "about 55 plants, each with capacity, outage and percentOutage",
            "megawatts and percent, as the row states",
            "days from midnight to midnight UTC",
            "within a few days, in place"),
        EiaSeriesFeed.Days(first: 0.5, complete: 2, every: Duration.FromHours(12), correctionsFor: 5, check: 2),
        Shape,
        static head => head.Has("\"percentOutage\""));
}
