using Aurum.Market.Feeds;

namespace Aurum.Sources.Spp;

/// <summary>The feeds of the Southwest Power Pool, and where it puts its files.</summary>
public static class SppFeeds
{
    /// <summary>A file browser without credentials. A day of 5-minute prices by location is about 47 MB, by bus several times as
    /// much. SPP states no limit; 30 requests a minute and 3 at a time are what careful clients keep to.</summary>
    public static readonly Site Portal = new(
        "spp-portal",
        new Uri("https://portal.spp.org"),
        new SiteLimits(RequestsPerMinute: 30, Burst: 10, Concurrency: 3, TimeoutSeconds: 300));

    public static IReadOnlyList<Site> Sites { get; } = [Portal];

    public static IReadOnlyList<Feed> All { get; } =
    [
        DayAheadLmp.Location,
        DayAheadLmp.Bus,
        RealTimeLmp.Location,
        RealTimeLmp.Bus,
        HourlyLoad.Feed,
        LoadForecast.Feed,
        RenewableForecast.Feed,
        FuelMix.Spp,
        FuelMix.West,
        TieFlows.Spp,
        TieFlows.West,
    ];
}
