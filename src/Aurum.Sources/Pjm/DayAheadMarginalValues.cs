using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Pjm;

/// <summary>PJM day-ahead marginal values: the shadow price of each constraint in each hour that it binds.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, da_marginal_value.</para>
/// <para>Shape: some 100 to 400 rows a day, one per constraint and hour, not sorted by time.</para>
/// <para>Units: USD/MWh, two decimals, negative: what a further MW over the limit would save.</para>
/// <para>Time: beginning and end of the hour, in UTC.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class DayAheadMarginalValues
{
    public static readonly Feed<SeriesPoint> Feed = MarginalValueFeeds.Feed(
        "pjm/marginal-values-day-ahead",
        "PJM day-ahead marginal values of transmission constraints",
        new FeedFacts(
            "PJM Data Miner 2, da_marginal_value",
            "one row per binding constraint and hour, some 100 to 400 a day, in no promised order",
            "USD/MWh, two decimals, negative",
            "beginning and end of the hour, UTC",
            "none seen"),
        "da_marginal_value",
        PjmSchedules.DayAhead);
}
