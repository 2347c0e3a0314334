using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>PJM real-time marginal values: the shadow price of each constraint in each 5 minutes that it binds.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, rt_marginal_value.</para>
/// <para>Shape: one row per constraint and interval, not sorted by time.</para>
/// <para>Units: USD/MWh, two decimals, negative.</para>
/// <para>Time: beginning and end of the interval, in UTC; posted on the next business day.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class RealTimeMarginalValues
{
    public static readonly Feed<SeriesPoint> Feed = MarginalValueFeeds.Feed(
        "pjm/marginal-values-real-time",
        "PJM real-time marginal values of transmission constraints",
        new FeedFacts(
            "PJM Data Miner 2, rt_marginal_value",
            "one row per binding constraint and 5 minutes, in no promised order",
            "USD/MWh, two decimals, negative",
            "beginning and end of the interval, UTC; posted on the next business day",
            "none seen"),
        "rt_marginal_value",
        new Schedule(
            FirstAt: Duration.FromHours(32),
            CompleteAt: Duration.FromHours(24 * 5),
            RefreshEvery: Duration.FromHours(6),
            CorrectionsFor: Duration.FromDays(3),
            CorrectionChecks: Duration.FromDays(1)));
}
