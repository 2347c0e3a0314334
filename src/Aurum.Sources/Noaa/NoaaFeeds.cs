using Aurum.Market.Feeds;

namespace Aurum.Sources.Noaa;

/// <summary>The feeds of the National Oceanic and Atmospheric Administration, and where it serves Climate Data Online.</summary>
public static class NoaaFeeds
{
    /// <summary>A token may ask 5 times a second and 10,000 times a day; an answer has at most 1,000 rows.</summary>
    public static readonly Site Cdo = new(
        "noaa-cdo",
        new Uri("https://www.ncdc.noaa.gov/cdo-web/api/v2"),
        new SiteLimits(RequestsPerMinute: 60, Burst: 2, Concurrency: 1, MaxResponseBytes: 16L << 20, TimeoutSeconds: 120));

    public static IReadOnlyList<Site> Sites { get; } = [Cdo];

    public static IReadOnlyList<Feed> All { get; } = [GhcnDaily.Feed, ReferenceCatalog.Feed];
}
