using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>PJM day-ahead locational marginal prices: one price per pricing node and delivery hour.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, da_hrl_lmps.</para>
/// <para>Shape: more than 10,000 pricing nodes × 23, 24 or 25 hours, in no promised order, 50,000 rows a page.</para>
/// <para>Units: USD/MWh; energy with two decimals, price, congestion and loss with six; negative allowed.</para>
/// <para>Time: beginning of the hour, in UTC; the Eastern column beside it shows 1:00 twice in autumn.</para>
/// <para>Revisions: a corrected row has a higher version_nbr and row_is_current; the one before is no longer current.</para>
/// </remarks>
public static class DayAheadLmp
{
    private const string Name = "da_hrl_lmps";

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("pjm/day-ahead-lmp"),
        Title = "PJM day-ahead locational marginal prices",
        Facts = new FeedFacts(
            "PJM Data Miner 2, da_hrl_lmps",
            "more than 10,000 pricing nodes × 23, 24 or 25 hours, in no promised order",
            "USD/MWh, energy with two decimals and the others with six, negative allowed",
            "beginning of the hour, UTC",
            "corrected rows come as a higher version_nbr in place; looked for during ten days"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-9),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(10),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("PJM", IsoMarket.DayAhead, IsoProduct.Lmp, MarketZones.Eastern, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, now) => LmpFeeds.Locate(Name, "da", day, now, LmpFeeds.HourlyKeptDays),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = static head => PjmHeads.Is(head, Name, "total_lmp_da", "pnode_id"),
        Parse = static (file, output) =>
            PjmTable.Parse<LmpRow>(file, output, static (table, rows) => LmpFeeds.Read(table, rows, "da", 60)),
    };
}
