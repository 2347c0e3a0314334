using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO hour-ahead wind and solar forecast.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report SLD_REN_FCST, market run HASP.</para>
/// <para>Shape: as of <see cref="RenewableForecastDayAhead"/>, one row per hub, type and hour.</para>
/// <para>Revisions: replaced in place by each run until the interval begins.</para>
/// </remarks>
public static class RenewableForecastHourAhead
{
    public static readonly Feed<GenerationRow> Feed = RenewableFeeds.Feed(
        "caiso/renewable-forecast-hour-ahead",
        "CAISO hour-ahead wind and solar forecast",
        RenewableFeeds.Report("HASP", intervalMinutes: 60),
        IsoMarket.HourAhead,
        IsoProduct.GenerationForecast,
        new FeedFacts(
            Source: "CAISO OASIS report SLD_REN_FCST, market run HASP.",
            Shape: "One row per trading hub (NP15, SP15, ZP26), renewable type (Solar, Wind) and hour.",
            RenewableFeeds.Units,
            RenewableFeeds.Time,
            Revisions: "Replaced in place by each run until the interval begins."),
        new Schedule(
            FirstAt: Duration.FromHours(0),
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)));
}
