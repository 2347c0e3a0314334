using Aurum.Market.Feeds;

namespace Aurum.Sources.Miso;

/// <summary>The feeds of the Midcontinent ISO, and where it publishes.</summary>
public static class MisoFeeds
{
    /// <summary>Market reports: one CSV a day and market, no credentials. A file of day-ahead prices is about 1.5 MB.</summary>
    public static readonly Site Reports = new(
        "miso-reports",
        new Uri("https://docs.misoenergy.org/marketreports"),
        new SiteLimits(RequestsPerMinute: 20, Burst: 4, Concurrency: 2, MaxResponseBytes: 64L << 20));

    /// <summary>What the web site shows: no credentials, today and at most yesterday. It wants to be asked for an address once a
    /// minute at most. The day of 5-minute prices is about 50 MB.</summary>
    public static readonly Site Api = new(
        "miso-api",
        new Uri("https://public-api.misoenergy.org/api"),
        new SiteLimits(RequestsPerMinute: 6, Burst: 2, Concurrency: 1, MaxResponseBytes: 256L << 20, TimeoutSeconds: 90));

    /// <summary>Data Exchange: needs a subscription key; 100 requests a minute and 24,000 a day are granted.</summary>
    public static readonly Site Exchange = new(
        "miso-exchange",
        new Uri("https://apim.misoenergy.org/pricing"),
        new SiteLimits(RequestsPerMinute: 50, Burst: 5, Concurrency: 2, MaxResponseBytes: 64L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Reports, Api, Exchange];

    public static IReadOnlyList<Feed> All { get; } =
    [
        DayAheadLmp.ExPost,
        DayAheadLmp.ExAnte,
        HourlyLmp.Feed,
        RealTimeLmp.Feed,
        ConsolidatedLmp.Feed,
        ExchangeLmp.DayAhead,
        ExchangeLmp.RealTime,
        ExchangeReserves.Feed,
        FuelMix.Feed,
        ActualLoad.Feed,
        LoadForecast.Feed,
        ClearedLoad.Feed,
        WindPower.Actual,
        WindPower.Forecast,
        SolarPower.Actual,
        SolarPower.Forecast,
    ];
}
