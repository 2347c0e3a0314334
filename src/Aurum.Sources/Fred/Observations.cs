using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Fred;

/// <summary>Observations of FRED's series with their vintages: what was published for each period, and when.</summary>
/// <remarks>
/// <para>Source: FRED API, series/observations over a real-time period; files of fredgraph.csv are read too.</para>
/// <para>Shape: a request a series; each look has all vintages of the observations in the window before the day: 30 days of daily,
/// 120 of weekly series, five years of others. What is known already is stored once.</para>
/// <para>Units: as FRED's metadata states them; the answers do not.</para>
/// <para>Time: calendar periods, midnight to midnight UTC; a weekly date ends its week. The operating day is the day of
/// publication on the clock of St. Louis; <c>issued_at_utc</c> is midnight UTC of the date of publication.</para>
/// <para>Revisions: each is a row of its own, beside the earlier ones. A value that was in force when the real-time period of a
/// file began is flagged <c>in-force</c>: it may have been published before.</para>
/// </remarks>
public static class Observations
{
    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("fred/observations"),
        Title = "FRED observations with vintages: energy prices, price indices, exchange and interest rates",
        Facts = new FeedFacts(
            "FRED API, series/observations over a real-time period; files of fredgraph.csv are read too",
            "a request a series; all vintages of the last 30 days (daily), 120 days (weekly) or five years (others)",
            "as FRED's metadata states them for the series",
            "calendar periods, midnight to midnight UTC; a weekly date ends its week; asked for by day of publication",
            "every vintage is a row with its date of publication; older observations than the window are not looked at again"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(9),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(4),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Suite = "timeseries_observation",
        RowsLieInDay = false,
        MayBeEmpty = true,
        Table = SeriesTables.Observation,
        Locate = static (day, now) => Requests(FredSeries.Asked, day, now),
        NextPage = FredRequests.Next,
        Refusal = FredRefusal.Of,
        Recognizes = static head => head.FirstLine is ['{', ..]
            ? (head.Has("\"observations\"") && head.Has("\"realtime_start\""))
                || (head.Has("\"error_code\"") && head.Has("\"error_message\""))
            : head.FirstLine.StartsWith("observation_date,", StringComparison.Ordinal)
                || head.FirstLine.StartsWith("DATE,", StringComparison.Ordinal),
        Parse = FredObservations.Parse,
    };

    /// <summary>The requests of a day for some series.</summary>
    internal static IReadOnlyList<FeedRequest> Requests(IReadOnlyList<FredSeries> asked, OperatingDay day, Instant now) =>
        [.. asked.Select(series => FredRequests.Observations(series, day, now))];
}
