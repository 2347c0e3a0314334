using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO real-time load forecast, fifteen minutes.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report SLD_FCST, market run RTM, execution type RTPD.</para>
/// <para>Shape: One row per area and quarter of an hour; files without execution type also hold five-minute rows, which are
/// kept as rows of their own.</para>
/// <para>Units and time: see <see cref="Feed.Facts"/>.</para>
/// <para>Revisions: Replaced in place by each run until the interval is over.</para>
/// </remarks>
public static class LoadForecastRealTime
{
    public static readonly Feed<LoadRow> Feed = LoadFeeds.Feed(
        "caiso/load-forecast-real-time",
        "CAISO real-time load forecast, fifteen minutes",
        LoadFeeds.Report("RTM", intervalMinutes: 15) with { Parameters = "execution_type=RTPD", HasOtherIntervals = true },
        IsoMarket.FifteenMinute,
        IsoProduct.LoadForecast,
        new FeedFacts(
            Source: "CAISO OASIS report SLD_FCST, market run RTM, execution type RTPD.",
            Shape: "One row per area and quarter of an hour; files without execution type also hold five-minute rows, "
                + "which are kept as rows of their own.",
            LoadFeeds.Units,
            LoadFeeds.Time,
            Revisions: "Replaced in place by each run until the interval is over."),
        new Schedule(
            FirstAt: Duration.FromHours(0),
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromMinutes(15),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1)));
}
