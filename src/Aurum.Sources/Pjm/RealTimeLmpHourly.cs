using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>PJM real-time locational marginal prices by hour, verified.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, rt_hrl_lmps.</para>
/// <para>Shape: more than 10,000 pricing nodes × 23, 24 or 25 hours, in no promised order, 50,000 rows a page.</para>
/// <para>Units: USD/MWh, six decimals, negative allowed; the parts add up to the price within a cent.</para>
/// <para>Time: beginning of the hour, in UTC; posted on the next business day.</para>
/// <para>Revisions: a corrected row has a higher version_nbr and row_is_current; the one before is no longer current.</para>
/// </remarks>
public static class RealTimeLmpHourly
{
    private const string Name = "rt_hrl_lmps";

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("pjm/real-time-lmp-hourly"),
        Title = "PJM real-time locational marginal prices, hourly",
        Facts = new FeedFacts(
            "PJM Data Miner 2, rt_hrl_lmps (verified)",
            "more than 10,000 pricing nodes × 23, 24 or 25 hours, in no promised order",
            "USD/MWh, six decimals, negative allowed",
            "beginning of the hour, UTC; posted on the next business day",
            "corrected rows come as a higher version_nbr in place; looked for during ten days"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(32),
            CompleteAt: Duration.FromHours(37),
            RefreshEvery: Duration.FromHours(2),
            CorrectionsFor: Duration.FromDays(10),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("PJM", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.Eastern, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, now) => LmpFeeds.Locate(Name, "rt", day, now, LmpFeeds.HourlyKeptDays),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = static head => PjmHeads.Is(head, Name, "total_lmp_rt", "pnode_id") && !RealTimeLmp.IsFiveMinutes(head),
        Parse = static (file, output) =>
            PjmTable.Parse<LmpRow>(file, output, static (table, rows) => LmpFeeds.Read(table, rows, "rt", 60)),
    };
}
