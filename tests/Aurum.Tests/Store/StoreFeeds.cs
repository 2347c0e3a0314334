using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>Feeds that exist for the store's tests alone.</summary>
internal static class StoreFeeds
{
    public static readonly Feed<LmpRow> Prices =
        Make("caiso/day-ahead-lmp", PowerTables.Lmp, MarketZones.Pacific, IsoProduct.Lmp, "CAISO");

    public static readonly Feed<LmpRow> NewYork =
        Make("nyiso/day-ahead-lmp-zone", PowerTables.Lmp, MarketZones.Eastern, IsoProduct.Lmp, "NYISO");

    public static readonly Feed<LoadRow> Forecast =
        Make("caiso/load-forecast-day-ahead", PowerTables.Load, MarketZones.Pacific, IsoProduct.LoadForecast, "CAISO");

    public static readonly Feed<SeriesPoint> Series =
        Make("eia/region-data", SeriesTables.Observation, MarketZones.Utc, null, "EIA");

    public static readonly Feed<SeriesPoint> Fred =
        Make("fred/observations", SeriesTables.Observation, MarketZones.Utc, null, "FRED");

    public static readonly Feed<SeriesPoint> Petroleum =
        Make("eia/petroleum", SeriesTables.Observation, MarketZones.Utc, null, "EIA");

    public static readonly Feed<SeriesListing> Catalog =
        Make("fred/series-catalog", SeriesTables.Catalog, MarketZones.Utc, null, "FRED");

    public static readonly Feed<LoadRow> Plains =
        Make("spp/load-forecast", PowerTables.Load, MarketZones.Central, IsoProduct.LoadForecast, "SPP");

    public static readonly IReadOnlyList<Feed> All = [Prices, NewYork, Forecast, Series, Fred, Petroleum, Catalog, Plains];

    private static Feed<TRow> Make<TRow>(string id, RowTable<TRow> table, DateTimeZone zone, IsoProduct? product, string iso)
        where TRow : struct => new()
        {
            Id = new FeedId(id),
            Title = id,
            Facts = new FeedFacts("source", "shape", "units", "time", "revisions"),
            Zone = zone,
            Schedule = new Schedule(Duration.Zero, Duration.FromHours(24), null, Duration.Zero, null),
            Suite = "none",
            Contract = product is { } known ? IsoContract.Of(iso, IsoMarket.DayAhead, known, zone, 60) : null,
            Table = table,
            Locate = static (_, _) => [],
            Recognizes = static _ => false,
            Parse = static (_, _) => ParseResult.Data,
        };
}
