using Aurum.Market.Feeds;

namespace Aurum.Sources.Fred;

/// <summary>The feeds of the Federal Reserve Bank of St. Louis, and where it serves its API.</summary>
public static class FredFeeds
{
    /// <summary>120 requests a minute are allowed; half of them are used.</summary>
    public static readonly Site Api = new(
        "fred-api",
        new Uri("https://api.stlouisfed.org"),
        new SiteLimits(RequestsPerMinute: 60, Burst: 5, Concurrency: 2, MaxResponseBytes: 64L << 20, MaxAttempts: 3));

    public static IReadOnlyList<Site> Sites { get; } = [Api];

    public static IReadOnlyList<Feed> All { get; } = [Observations.Feed, SeriesCatalog.Feed];
}
