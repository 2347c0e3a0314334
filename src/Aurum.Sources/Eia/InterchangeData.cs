using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Eia;

/// <summary>EIA-930 hourly interchange between neighbouring balancing authorities.</summary>
/// <remarks>
/// <para>Source: EIA v2 route electricity/rto/interchange-data, frequency hourly.</para>
/// <para>Shape: about 340 directed pairs × 24 hours; both directions of a pair are reported, each by its own authority.</para>
/// <para>Units: megawatthours in the hour; positive flows out of <c>fromba</c>, negative into it.</para>
/// <para>Time: the period is the END of the hour, UTC; every day has 24 hours.</para>
/// <para>Revisions: values change in place for days, rarely for months.</para>
/// </remarks>
public static class InterchangeData
{
    internal static readonly EiaSeriesShape Shape = new(
        "rto/interchange-data", ["fromba", "toba"], ["value"], ["fromba-name", "toba-name"]);

    public static readonly Feed<SeriesPoint> Feed = EiaHourly.Feed(
        "eia/interchange-data",
        "EIA hourly interchange between balancing authorities",
        new FeedFacts(
            "EIA v2, electricity/rto/interchange-data (Form EIA-930)",
            "about 340 directed pairs × 24 hours",
            "megawatthours, positive out of fromba, negative into it",
            "period is the end of the hour, UTC; 24 hours every day",
            "in place for about two weeks, rarely for months"),
        Shape,
        head => head.Has("\"fromba\"") && head.Has("\"toba\""),
        "interchange between neighboring balancing authorities");
}
