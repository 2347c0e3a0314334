using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Aeso;

/// <summary>The feeds of the Alberta Electric System Operator, and where it publishes.</summary>
public static class AesoFeeds
{
    /// <summary>The gateway of the public API: needs a key. No limit is printed for it.</summary>
    public static readonly Site Api = new(
        "aeso-api",
        new Uri("https://apimgw.aeso.ca/public"),
        new SiteLimits(RequestsPerMinute: 30, Burst: 5, Concurrency: 1, MaxResponseBytes: 32L << 20, TimeoutSeconds: 90));

    /// <summary>Reports of the trading system's web site: no key.</summary>
    public static readonly Site Web = new(
        "aeso-web",
        new Uri("http://ets.aeso.ca"),
        new SiteLimits(RequestsPerMinute: 20, Burst: 4, Concurrency: 1, MaxResponseBytes: 16L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Api, Web];

    public static IReadOnlyList<Feed> All { get; } =
    [
        PoolPrice.Settled,
        PoolPrice.Forecast,
        SystemMarginalPrice.Feed,
        InternalLoad.Actual,
        InternalLoad.Forecast,
        FuelMix.Feed,
        SupplyDemand.Feed,
        RenewableForecast.Wind,
        RenewableForecast.Solar,
        RenewableOutlook.Wind,
        RenewableOutlook.Solar,
    ];

    /// <summary>Alberta has one price and one load.</summary>
    internal static Location System { get; } = new("AESO_SYSTEM", LocationType.System, "Alberta");

    /// <summary>Prices in Canadian dollars.</summary>
    internal static IsoContract Contract(IsoMarket market, IsoProduct product, int minutes) =>
        IsoContract.Of("AESO", market, product, MarketZones.Mountain, minutes, "CAD");
}
