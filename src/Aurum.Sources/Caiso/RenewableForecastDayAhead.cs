using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead wind and solar forecast.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report SLD_REN_FCST, market run DAM.</para>
/// <para>Shape, units and time: see <see cref="Feed.Facts"/>.</para>
/// <para>Revisions: One forecast a day, published the morning before; not revised afterwards.</para>
/// </remarks>
public static class RenewableForecastDayAhead
{
    public static readonly Feed<GenerationRow> Feed = RenewableFeeds.Feed(
        "caiso/renewable-forecast-day-ahead",
        "CAISO day-ahead wind and solar forecast",
        RenewableFeeds.Report("DAM"),
        IsoMarket.DayAhead,
        IsoProduct.GenerationForecast,
        new FeedFacts(
            Source: "CAISO OASIS report SLD_REN_FCST, market run DAM.",
            RenewableFeeds.Shape,
            RenewableFeeds.Units,
            RenewableFeeds.Time,
            Revisions: "One forecast a day, published the morning before; not revised afterwards."),
        new Schedule(
            FirstAt: Duration.FromHours(-14),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)));
}
