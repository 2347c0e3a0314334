using Aurum.Market.Feeds;

namespace Aurum.Sources.Pjm;

/// <summary>The feeds of PJM Interconnection, and where it publishes.</summary>
public static class PjmFeeds
{
    /// <summary>The API of Data Miner 2: needs a subscription key. PJM lets those who are not its members ask six times a minute.
    /// A full page of prices is about 15 MB.</summary>
    public static readonly Site Api = new(
        "pjm-api",
        new Uri("https://api.pjm.com"),
        new SiteLimits(RequestsPerMinute: 6, Burst: 2, Concurrency: 1, MaxResponseBytes: 128L << 20, TimeoutSeconds: 120));

    public static IReadOnlyList<Site> Sites { get; } = [Api];

    public static IReadOnlyList<Feed> All { get; } =
    [
        DayAheadLmp.Feed,
        RealTimeLmp.Feed,
        RealTimeLmpHourly.Feed,
        MeteredLoad.Feed,
        InstantLoad.Feed,
        LoadForecast.Feed,
        FuelMix.Feed,
        SolarPower.Feed,
        WindPower.Feed,
        SolarForecast.Feed,
        WindForecast.Feed,
        DayAheadMarginalValues.Feed,
        RealTimeMarginalValues.Feed,
        DayAheadConstraints.Feed,
    ];
}
