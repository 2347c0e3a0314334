using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO real-time five-minute locational marginal prices.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_INTVL_LMP, market run RTM.</para>
/// <para>Shape: One row per node, five minutes and component: 288 intervals on a day of 24 hours; the price column is VALUE since
/// version 3.</para>
/// <para>Units: USD/MWh, up to five decimals with trailing zeros cut, negative allowed; LMP = MCE + MCC + MCL + MGHG.</para>
/// <para>Time: GMT start and end in each row; the operating hour is the one that the interval lies in, 25 for the repeated autumn
/// hour.</para>
/// <para>Revisions: Price corrections within about five business days replace values.</para>
/// </remarks>
public static class RealTimeLmp
{
    public static readonly Feed<LmpRow> Feed = LmpFeeds.Feed(
        "caiso/real-time-lmp",
        "CAISO real-time five-minute locational marginal prices",
        LmpFeeds.Report("PRC_INTVL_LMP", version: 3, "RTM", intervalMinutes: 5),
        IsoMarket.RealTime,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_INTVL_LMP, market run RTM.",
            Shape: "One row per node, five minutes and component: 288 intervals on a day of 24 hours; the price column is "
                + "VALUE since version 3.",
            Units: "USD/MWh, up to five decimals with trailing zeros cut, negative allowed; LMP = MCE + MCC + MCL + MGHG.",
            Time: "GMT start and end in each row; the operating hour is the one that the interval lies in, 25 for the "
                + "repeated autumn hour.",
            Revisions: "Price corrections within about five business days replace values."),
        new Schedule(
            FirstAt: Duration.FromHours(1),
            CompleteAt: Duration.FromHours(26),
            RefreshEvery: Duration.FromMinutes(15),
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
