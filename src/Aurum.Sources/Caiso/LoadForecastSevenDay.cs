using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO seven-day-ahead load forecast.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report SLD_FCST, market run 7DA.</para>
/// <para>Shape: One row per area and hour, grouped by area, hours in no order, 34 areas in 2025; 23, 24 or 25 hours a day.</para>
/// <para>Units and time: see <see cref="Feed.Facts"/>.</para>
/// <para>Revisions: Made anew each morning from seven days ahead on; each replaces the one before.</para>
/// </remarks>
public static class LoadForecastSevenDay
{
    public static readonly Feed<LoadRow> Feed = LoadFeeds.Feed(
        "caiso/load-forecast-7-day",
        "CAISO seven-day-ahead load forecast",
        LoadFeeds.Report("7DA", intervalMinutes: 60),
        IsoMarket.DayAhead,
        IsoProduct.LoadForecast,
        new FeedFacts(
            Source: "CAISO OASIS report SLD_FCST, market run 7DA.",
            Shape: "One row per area and hour, grouped by area, hours in no order, 34 areas in 2025; 23, 24 or 25 hours a day.",
            LoadFeeds.Units,
            LoadFeeds.Time,
            Revisions: "Made anew each morning from seven days ahead on; each replaces the one before."),
        new Schedule(
            FirstAt: Duration.FromHours(-158),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: Duration.FromHours(24),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)));
}
