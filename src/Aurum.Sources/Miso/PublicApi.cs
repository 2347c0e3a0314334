using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>Requests to the addresses behind MISO's web site, and when they show a day.</summary>
/// <remarks>Most show the running day alone and pass to the next a few minutes after midnight. The interval that ends at midnight is
/// shown then for the last time: the closing look falls three minutes after it.</remarks>
internal static class PublicApi
{
    /// <summary>How long after its end a day may still be shown.</summary>
    private static readonly Duration Lingers = Duration.FromMinutes(10);

    /// <summary>Readings every five minutes of the running day alone.</summary>
    public static readonly Schedule RunningDay = new(
        FirstAt: Duration.FromMinutes(10),
        CompleteAt: Duration.FromHours(24) + Duration.FromMinutes(3),
        RefreshEvery: Duration.FromMinutes(5),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null,
        KeptDays: 1);

    /// <summary>Hours of the running day alone, each some minutes after its end.</summary>
    public static readonly Schedule RunningHours = RunningDay with
    {
        FirstAt = Duration.FromMinutes(70),
        RefreshEvery = Duration.FromHours(1),
    };

    /// <summary>Forecasts for the running day and the next, made anew each hour.</summary>
    public static readonly Schedule TodayAndTomorrow = RunningDay with
    {
        FirstAt = Duration.FromMinutes(10) - Duration.FromHours(24),
        CompleteAt = Duration.FromHours(23),
        RefreshEvery = Duration.FromHours(1),
    };

    /// <summary>Intervals of five minutes, of today and yesterday.</summary>
    public static readonly Schedule TwoDays = new(
        FirstAt: Duration.FromMinutes(10),
        CompleteAt: Duration.FromHours(24) + Duration.FromMinutes(20),
        RefreshEvery: Duration.FromMinutes(5),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null,
        KeptDays: 2);

    /// <summary>The request for a day of which only the running one is shown; none for a day that is over.</summary>
    /// <param name="path">Path after <c>/api</c>.</param>
    /// <param name="part">What the feed takes of the answer, for the file's name; empty: all.</param>
    /// <param name="day">Operating day.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<FeedRequest> Running(string path, string part, OperatingDay day, Instant now) =>
        now < day.End + Lingers ? [Request(path, part)] : [];

    public static FeedRequest Request(string path, string part = "") =>
        new(MisoFeeds.Api.Name, path, $"{path[1..].Replace('/', '_')}{(part.Length > 0 ? "_" : "")}{part}.json");

    public static bool IsJson(FileHead head) => head.FirstLine is ['{', ..];
}
