using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO actual wind and solar generation.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report SLD_REN_FCST, market run ACTUAL.</para>
/// <para>Shape, units and time: see <see cref="Feed.Facts"/>.</para>
/// <para>Revisions: Values of the last days may still change as meters are read.</para>
/// </remarks>
public static class RenewableActual
{
    public static readonly Feed<GenerationRow> Feed = RenewableFeeds.Feed(
        "caiso/renewable-actual",
        "CAISO actual wind and solar generation",
        RenewableFeeds.Report("ACTUAL"),
        IsoMarket.RealTime,
        IsoProduct.Generation,
        new FeedFacts(
            Source: "CAISO OASIS report SLD_REN_FCST, market run ACTUAL.",
            RenewableFeeds.Shape,
            RenewableFeeds.Units,
            RenewableFeeds.Time,
            Revisions: "Values of the last days may still change as meters are read."),
        new Schedule(
            FirstAt: Duration.FromHours(2),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)));
}
