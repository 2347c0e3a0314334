using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead locational marginal prices.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_LMP, market run DAM.</para>
/// <para>Shape: One row per node, hour and component, grouped by node, hours in no order; 23, 24 or 25 hours a day.</para>
/// <para>Units: USD/MWh, up to five decimals with trailing zeros cut, negative allowed; LMP = MCE + MCC + MCL + MGHG.</para>
/// <para>Time: GMT start and end in each row; operating day and hour on the Pacific clock, the repeated autumn hour is OPR_HR
/// 25.</para>
/// <para>Revisions: Price corrections within about five business days replace values.</para>
/// </remarks>
public static class DayAheadLmp
{
    public static readonly Feed<LmpRow> Feed = LmpFeeds.Feed(
        "caiso/day-ahead-lmp",
        "CAISO day-ahead locational marginal prices",
        LmpFeeds.Report("PRC_LMP", version: 12, "DAM", intervalMinutes: 60),
        IsoMarket.DayAhead,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_LMP, market run DAM.",
            Shape: "One row per node, hour and component, grouped by node, hours in no order; 23, 24 or 25 hours a day.",
            Units: "USD/MWh, up to five decimals with trailing zeros cut, negative allowed; LMP = MCE + MCC + MCL + MGHG.",
            Time: "GMT start and end in each row; operating day and hour on the Pacific clock, the repeated autumn hour is OPR_HR 25.",
            Revisions: "Price corrections within about five business days replace values."),
        new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
