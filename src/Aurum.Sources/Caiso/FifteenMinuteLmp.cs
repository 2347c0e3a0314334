using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO fifteen-minute market locational marginal prices.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_RTPD_LMP, market run RTPD (real-time pre-dispatch).</para>
/// <para>Shape: One row per node, quarter of an hour and component: 96 intervals on a day of 24 hours; the price column is
/// PRC.</para>
/// <para>Units: USD/MWh, up to five decimals with trailing zeros cut, negative allowed; LMP = MCE + MCC + MCL + MGHG.</para>
/// <para>Time: GMT start and end in each row; the operating hour is the one that the interval lies in, 25 for the repeated autumn
/// hour.</para>
/// <para>Revisions: Price corrections within about five business days replace values.</para>
/// </remarks>
public static class FifteenMinuteLmp
{
    public static readonly Feed<LmpRow> Feed = LmpFeeds.Feed(
        "caiso/fifteen-minute-lmp",
        "CAISO fifteen-minute market locational marginal prices",
        LmpFeeds.Report("PRC_RTPD_LMP", version: 3, "RTPD", intervalMinutes: 15),
        IsoMarket.FifteenMinute,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_RTPD_LMP, market run RTPD (real-time pre-dispatch).",
            Shape: "One row per node, quarter of an hour and component: 96 intervals on a day of 24 hours; the price column is PRC.",
            Units: "USD/MWh, up to five decimals with trailing zeros cut, negative allowed; LMP = MCE + MCC + MCL + MGHG.",
            Time: "GMT start and end in each row; the operating hour is the one that the interval lies in, 25 for the "
                + "repeated autumn hour.",
            Revisions: "Price corrections within about five business days replace values."),
        new Schedule(
            FirstAt: Duration.FromHours(0),
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromMinutes(15),
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
