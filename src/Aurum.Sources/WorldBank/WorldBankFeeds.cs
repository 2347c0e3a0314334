using Aurum.Market.Feeds;

namespace Aurum.Sources.WorldBank;

/// <summary>The feeds of the World Bank, and where it serves its API.</summary>
public static class WorldBankFeeds
{
    /// <summary>No credentials; no documented limit.</summary>
    public static readonly Site Api = new(
        "worldbank-api",
        new Uri("https://api.worldbank.org/v2"),
        new SiteLimits(RequestsPerMinute: 60, Burst: 5, Concurrency: 2, MaxResponseBytes: 64L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Api];

    public static IReadOnlyList<Feed> All { get; } = [Indicators.Feed, IndicatorCatalog.Feed];
}
