using Aurum.Market.Feeds;
using Aurum.Market.Time;

namespace Aurum.Sources.Ieso;

/// <summary>The feeds of Ontario's Independent Electricity System Operator, and where it puts its reports.</summary>
public static class IesoFeeds
{
    /// <summary>A plain file server, no credentials, no printed limit. The largest file is a day of nodal prices, about 1 MB.</summary>
    public static readonly Site Reports = new(
        "ieso-reports",
        new Uri("https://reports-public.ieso.ca/public"),
        new SiteLimits(RequestsPerMinute: 60, Burst: 10, Concurrency: 2, MaxResponseBytes: 64L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Reports];

    public static IReadOnlyList<Feed> All { get; } =
    [
        DayAheadLmp.Feed,
        DayAheadZonalPrice.Zones,
        DayAheadZonalPrice.Ontario,
        RealTimeLmp.Feed,
        RealTimeZonalPrice.Zones,
        RealTimeZonalPrice.Ontario,
        Demand.Feed,
        ZonalDemand.Feed,
        GeneratorOutput.Feed,
        GeneratorCapability.Feed,
        RenewableForecast.Feed,
        Adequacy.Feed,
        Totals.RealTime,
        Totals.Predispatch,
    ];

    /// <summary>Prices in Canadian dollars.</summary>
    internal static IsoContract Contract(IsoMarket market, IsoProduct product, int minutes) =>
        IsoContract.Of("IESO", market, product, MarketZones.EasternStandard, minutes, "CAD");
}
