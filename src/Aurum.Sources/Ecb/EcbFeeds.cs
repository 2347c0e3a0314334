using Aurum.Market.Feeds;

namespace Aurum.Sources.Ecb;

/// <summary>The feeds of the European Central Bank, and where it puts its files.</summary>
public static class EcbFeeds
{
    /// <summary>Plain files, no credentials, no documented limit. The full history is about 6 MB.</summary>
    public static readonly Site Web = new(
        "ecb-web",
        new Uri("https://www.ecb.europa.eu/stats/eurofxref"),
        new SiteLimits(RequestsPerMinute: 10, Burst: 3, Concurrency: 1, MaxResponseBytes: 64L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Web];

    public static IReadOnlyList<Feed> All { get; } = [ReferenceRates.Feed, CurrencyCatalog.Feed];
}
