using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Eia;

/// <summary>EIA-930 hourly net generation by balancing authority and energy source.</summary>
/// <remarks>
/// <para>Source: EIA v2 route electricity/rto/fuel-type-data, frequency hourly.</para>
/// <para>Shape: about 65 respondents × up to 12 sources × 24 hours.</para>
/// <para>Units: megawatthours in the hour; negative while storage charges.</para>
/// <para>Time: the period is the END of the hour, UTC; every day has 24 hours.</para>
/// <para>Revisions: values change in place for days, rarely for months.</para>
/// </remarks>
public static class FuelTypeData
{
    internal static readonly EiaSeriesShape Shape = new(
        "rto/fuel-type-data", ["respondent", "fueltype"], ["value"], ["respondent-name", "type-name"]);

    public static readonly Feed<SeriesPoint> Feed = EiaHourly.Feed(
        "eia/fuel-type-data",
        "EIA hourly net generation by balancing authority and energy source",
        new FeedFacts(
            "EIA v2, electricity/rto/fuel-type-data (Form EIA-930)",
            "about 65 balancing authorities × up to 12 energy sources × 24 hours",
            "megawatthours, whole numbers, negative while storage charges",
            "period is the end of the hour, UTC; 24 hours every day",
            "in place for about two weeks, rarely for months"),
        Shape,
        head => head.Has("\"fueltype\"") && head.Has("\"respondent\""),
        "Hourly net generation by balancing authority and energy source");
}
