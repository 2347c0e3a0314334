using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO actual hourly load.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report SLD_FCST, market run ACTUAL (total actual hourly integrated load).</para>
/// <para>Shape: One row per area and hour, grouped by area, hours in no order; 23, 24 or 25 hours a day.</para>
/// <para>Units and time: see <see cref="Feed.Facts"/>.</para>
/// <para>Revisions: Values of the last days may still change as meters are read.</para>
/// </remarks>
public static class LoadActual
{
    public static readonly Feed<LoadRow> Feed = LoadFeeds.Feed(
        "caiso/load-actual",
        "CAISO actual hourly load",
        LoadFeeds.Report("ACTUAL", intervalMinutes: 60),
        IsoMarket.RealTime,
        IsoProduct.Load,
        new FeedFacts(
            Source: "CAISO OASIS report SLD_FCST, market run ACTUAL (total actual hourly integrated load).",
            Shape: "One row per area and hour, grouped by area, hours in no order; 23, 24 or 25 hours a day.",
            LoadFeeds.Units,
            LoadFeeds.Time,
            Revisions: "Values of the last days may still change as meters are read."),
        new Schedule(
            FirstAt: Duration.FromHours(2),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
