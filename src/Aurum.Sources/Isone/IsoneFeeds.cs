using Aurum.Market.Feeds;

namespace Aurum.Sources.Isone;

/// <summary>The feeds of ISO New England, and where it publishes.</summary>
public static class IsoneFeeds
{
    /// <summary>The web service: user and password of an ISO Express account. Its limits are not printed anywhere; it answers 429
    /// to those who ask too often.</summary>
    public static readonly Site Service = new(
        "isone-api",
        new Uri("https://webservices.iso-ne.com/api/v1.1"),
        new SiteLimits(RequestsPerMinute: 30, Burst: 5, Concurrency: 1, MaxResponseBytes: 64L << 20));

    /// <summary>The reports of the public web site. It may want the cookie of a visit to its pages first, and then answers with a
    /// page instead of a report.</summary>
    public static readonly Site Web = new(
        "isone-web",
        new Uri("https://www.iso-ne.com"),
        new SiteLimits(RequestsPerMinute: 10, Burst: 3, Concurrency: 1, MaxResponseBytes: 16L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Service, Web];

    public static IReadOnlyList<Feed> All { get; } =
    [
        DayAheadLmp.Feed,
        HourlyLmp.Feed,
        RealTimeLmp.Feed,
        FuelMix.Feed,
        SystemLoad.Feed,
        HourlyLoad.Feed,
        HourlyDemand.DayAhead,
        HourlyDemand.RealTime,
        LoadForecast.Feed,
        RegionLoadForecast.Feed,
        SolarForecast.Feed,
        WindForecast.Feed,
        SevenDayForecast.Feed,
        MorningReport.Feed,
        ExternalFlows.Feed,
    ];
}
