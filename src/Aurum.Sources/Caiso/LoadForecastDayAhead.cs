using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead load forecast.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report SLD_FCST, market run DAM.</para>
/// <para>Shape: One row per area and hour, grouped by area, hours in no order; 23, 24 or 25 hours a day.</para>
/// <para>Units and time: see <see cref="Feed.Facts"/>.</para>
/// <para>Revisions: One forecast a day, published the morning before; not revised afterwards.</para>
/// </remarks>
public static class LoadForecastDayAhead
{
    public static readonly Feed<LoadRow> Feed = LoadFeeds.Feed(
        "caiso/load-forecast-day-ahead",
        "CAISO day-ahead load forecast",
        LoadFeeds.Report("DAM", intervalMinutes: 60),
        IsoMarket.DayAhead,
        IsoProduct.LoadForecast,
        new FeedFacts(
            Source: "CAISO OASIS report SLD_FCST, market run DAM.",
            Shape: "One row per area and hour, grouped by area, hours in no order; 23, 24 or 25 hours a day.",
            LoadFeeds.Units,
            LoadFeeds.Time,
            Revisions: "One forecast a day, published the morning before; not revised afterwards."),
        new Schedule(
            FirstAt: Duration.FromHours(-14),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)));
}
