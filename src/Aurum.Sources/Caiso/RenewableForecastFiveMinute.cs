using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO real-time dispatch wind and solar forecast.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report SLD_REN_FCST, market run RTD.</para>
/// <para>Shape: as of <see cref="RenewableForecastDayAhead"/>, one row per hub, type and five minutes.</para>
/// <para>Revisions: replaced in place by each run until the interval begins.</para>
/// </remarks>
public static class RenewableForecastFiveMinute
{
    public static readonly Feed<GenerationRow> Feed = RenewableFeeds.Feed(
        "caiso/renewable-forecast-five-minute",
        "CAISO real-time dispatch wind and solar forecast",
        RenewableFeeds.Report("RTD", intervalMinutes: 5),
        IsoMarket.RealTime,
        IsoProduct.GenerationForecast,
        new FeedFacts(
            Source: "CAISO OASIS report SLD_REN_FCST, market run RTD.",
            Shape: "One row per trading hub (NP15, SP15, ZP26), renewable type (Solar, Wind) and five minutes.",
            RenewableFeeds.Units,
            RenewableFeeds.Time,
            Revisions: "Replaced in place by each run until the interval begins."),
        new Schedule(
            FirstAt: Duration.FromHours(0),
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromMinutes(30),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)));
}
