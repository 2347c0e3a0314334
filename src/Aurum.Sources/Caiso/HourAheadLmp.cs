using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO hour-ahead scheduling process locational marginal prices.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_HASP_LMP, market run HASP, asked for hour by hour.</para>
/// <para>Shape: One row per node, quarter of an hour and component; an answer holds one hour.</para>
/// <para>Units: USD/MWh, up to five decimals with trailing zeros cut, negative allowed; LMP = MCE + MCC + MCL + MGHG.</para>
/// <para>Time: GMT start and end in each row; the operating hour is the one that the interval lies in, 25 for the repeated autumn
/// hour.</para>
/// <para>Revisions: Price corrections within about five business days replace values.</para>
/// </remarks>
public static class HourAheadLmp
{
    public static readonly Feed<LmpRow> Feed = LmpFeeds.Feed(
        "caiso/hour-ahead-lmp",
        "CAISO hour-ahead scheduling process locational marginal prices",
        LmpFeeds.Report("PRC_HASP_LMP", version: 3, "HASP", intervalMinutes: 15),
        IsoMarket.HourAhead,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_HASP_LMP, market run HASP, asked for hour by hour.",
            Shape: "One row per node, quarter of an hour and component; an answer holds one hour.",
            Units: "USD/MWh, up to five decimals with trailing zeros cut, negative allowed; LMP = MCE + MCC + MCL + MGHG.",
            Time: "GMT start and end in each row; the operating hour is the one that the interval lies in, 25 for the "
                + "repeated autumn hour.",
            Revisions: "Price corrections within about five business days replace values."),
        new Schedule(
            FirstAt: Duration.FromHours(0),
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
