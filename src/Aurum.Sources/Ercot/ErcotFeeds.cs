using Aurum.Market.Feeds;

namespace Aurum.Sources.Ercot;

/// <summary>The feeds of the Electric Reliability Council of Texas, and where it publishes.</summary>
public static class ErcotFeeds
{
    /// <summary>The public reports API: needs an id token (an hour old at most) and a subscription key. Its limits are not
    /// printed anywhere; public clients that stay below 30 requests a minute are not throttled.</summary>
    public static readonly Site Api = new(
        "ercot-api",
        new Uri("https://api.ercot.com"),
        new SiteLimits(RequestsPerMinute: 30, Burst: 5, Concurrency: 1, MaxResponseBytes: 128L << 20, TimeoutSeconds: 90));

    /// <summary>The dashboards of the public web site: no credentials, today and yesterday only.</summary>
    public static readonly Site Web = new(
        "ercot-web",
        new Uri("https://www.ercot.com"),
        new SiteLimits(RequestsPerMinute: 20, Burst: 4, Concurrency: 1, MaxResponseBytes: 16L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Api, Web];

    public static IReadOnlyList<Feed> All { get; } =
    [
        DayAheadSpp.Feed,
        RealTimeSpp.Feed,
        ScedLmp.Feed,
        DayAheadBusLmp.Feed,
        ScedBusLmp.Feed,
        AncillaryPrices.Feed,
        AncillaryPricesRealTime.Feed,
        AncillaryPricesSced.Feed,
        AncillaryPlan.Feed,
        AncillaryTwoDay.Feed,
        DayAheadShadowPrices.Feed,
        ScedShadowPrices.Feed,
        SystemDemand.Feed,
        ActualLoad.Feed,
        LoadForecast.Feed,
        LoadForecastByZone.Feed,
        LoadForecastModels.Feed,
        WindPower.Feed,
        SolarPower.Feed,
        WindPowerByRegion.Feed,
        SolarPowerByRegion.Feed,
        WindPower.Outlook,
        SolarPower.Outlook,
        WindPowerByRegion.Outlook,
        SolarPowerByRegion.Outlook,
        FuelMix.Feed,
        SystemLoad.Feed,
        Storage.Feed,
    ];
}
