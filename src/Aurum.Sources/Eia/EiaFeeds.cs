using Aurum.Market.Feeds;

namespace Aurum.Sources.Eia;

/// <summary>The feeds of the U.S. Energy Information Administration, and where it serves version 2 of its API.</summary>
public static class EiaFeeds
{
    /// <summary>5 requests a second at most; an answer has at most 5,000 rows, about 1.6 MB.</summary>
    public static readonly Site Api = new(
        "eia-api",
        new Uri("https://api.eia.gov"),
        new SiteLimits(RequestsPerMinute: 300, Burst: 5, Concurrency: 2, MaxResponseBytes: 64L << 20, MaxAttempts: 5));

    /// <summary>Bulk files: no key. One of them may have some 200 MB, and takes minutes.</summary>
    public static readonly Site Bulk = new(
        "eia-bulk",
        new Uri("https://api.eia.gov/bulk"),
        new SiteLimits(RequestsPerMinute: 2, Burst: 1, Concurrency: 1, MaxResponseBytes: 1L << 30, TimeoutSeconds: 1800));

    public static IReadOnlyList<Site> Sites { get; } = [Api, Bulk];

    public static IReadOnlyList<Feed> All { get; } =
    [
        RegionData.Feed,
        FuelTypeData.Feed,
        InterchangeData.Feed,
        Petroleum.Feed,
        Petroleum.Weekly,
        Petroleum.Monthly,
        NaturalGas.Prices,
        NaturalGas.Storage,
        NaturalGas.Monthly,
        Outlook.Feed,
        FacilityFuel.Feed,
        RetailSales.Feed,
        NuclearOutages.Feed,
        BulkSeries.Grid,
        BulkSeries.Coal,
        RouteCatalog.Feed,
    ];
}
