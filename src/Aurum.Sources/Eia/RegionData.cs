using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Eia;

/// <summary>EIA-930 hourly demand, demand forecast, net generation and interchange by balancing authority.</summary>
/// <remarks>
/// <para>Source: EIA v2 route electricity/rto/region-data, frequency hourly.</para>
/// <para>Shape: about 80 respondents × 4 types (D, DF, NG, TI) × 24 hours; new hours arrive region by region.</para>
/// <para>Units: megawatthours in the hour; whole numbers, negative for net imports.</para>
/// <para>Time: the period is the END of the hour, UTC; every day has 24 hours.</para>
/// <para>Revisions: values change in place for days, rarely for months.</para>
/// </remarks>
public static class RegionData
{
    internal static readonly EiaSeriesShape Shape = new(
        "rto/region-data", ["respondent", "type"], ["value"], ["respondent-name", "type-name"]);

    public static readonly Feed<SeriesPoint> Feed = EiaHourly.Feed(
        "eia/region-data",
        "EIA hourly demand, net generation and interchange by balancing authority",
        new FeedFacts(
            "EIA v2, electricity/rto/region-data (Form EIA-930)",
            "about 80 balancing authorities × D, DF, NG, TI × 24 hours, arriving region by region",
            "megawatthours, whole numbers, negative allowed",
            "period is the end of the hour, UTC; 24 hours every day",
            "in place for about two weeks, rarely for months"),
        Shape,
        head => head.Has("\"respondent\"") && head.Has("\"type\"") && !head.Has("\"fueltype\""),
        "Hourly demand, day-ahead demand forecast");
}
