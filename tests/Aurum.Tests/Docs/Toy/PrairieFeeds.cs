using Aurum.Market.Feeds;

namespace Aurum.Tests.Docs.Toy;

/// <summary>The feeds of Prairie ISO, and where it puts its files.</summary>
public static class PrairieFeeds
{
    /// <summary>A plain file server without credentials.</summary>
    public static readonly Site Reports = new(
        "prairie-reports",
        new Uri("https://reports.prairie-iso.example"),
        new SiteLimits(RequestsPerMinute: 30, Burst: 5, Concurrency: 2, MaxResponseBytes: 16L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Reports];

    public static IReadOnlyList<Feed> All { get; } = [DayAheadLmp.Feed];
}
