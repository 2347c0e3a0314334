using Aurum.Market.Feeds;

namespace Aurum.Sources.Nyiso;

/// <summary>The feeds of the New York ISO, and where it puts its files.</summary>
public static class NyisoFeeds
{
    /// <summary>A plain file server, no credentials. A month of 5-minute generator prices as zip is about 40 MB.</summary>
    public static readonly Site Mis = new(
        "nyiso-mis",
        new Uri("http://mis.nyiso.com/public"),
        new SiteLimits(RequestsPerMinute: 60, Burst: 10, Concurrency: 2, MaxResponseBytes: 256L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Mis];

    public static IReadOnlyList<Feed> All { get; } =
    [
        DayAheadLmp.Zone,
        DayAheadLmp.Generator,
        RealTimeLmp.Zone,
        RealTimeLmp.Generator,
        HourlyLmp.Zone,
        HourlyLmp.Generator,
        AncillaryPrices.DayAhead,
        AncillaryPrices.RealTime,
        ActualLoad.Feed,
        IntegratedLoad.Feed,
        LoadForecast.Feed,
        FuelMix.Feed,
        SolarBehindMeter.Actual,
        SolarBehindMeter.Forecast,
        InterfaceFlows.Feed,
    ];
}
