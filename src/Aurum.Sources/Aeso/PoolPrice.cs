using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>AESO pool price: what Alberta pays for an hour, and what it is expected to be.</summary>
/// <remarks>
/// <para>Source: API, poolprice-api v1.1; of the price also the web report of historical pool prices as CSV (see
/// <see cref="PoolPriceCsv"/>).</para>
/// <para>Shape: one place × 23, 24 or 25 hours; hours to come have no price yet. The forecast reaches two hours ahead.</para>
/// <para>Units: CAD/MWh, two decimals, 0 to 1000; no parts.</para>
/// <para>Time: beginning of the hour in UTC.</para>
/// <para>Revisions: the price in place, for a few days; the forecast every 5 minutes until its hour.</para>
/// </remarks>
public static class PoolPrice
{
    private const string Path = "poolprice-api/v1.1/price/poolPrice";
    private const string Time = "beginning of the hour, UTC";

    private static readonly string[] Known = ["begin_datetime_mpt", "pool_price", "forecast_pool_price", "rolling_30day_avg"];

    private static readonly AesoReport SettledReport = new("Pool Price Report", "pool_price", Known);
    private static readonly AesoReport ForecastReport = new("Pool Price Report", "forecast_pool_price", Known);

    public static readonly Feed<LmpRow> Settled = new()
    {
        Id = new FeedId("aeso/pool-price"),
        Title = "AESO hourly pool price",
        Facts = new FeedFacts(
            "AESO API poolprice-api v1.1, or the web report of historical pool prices",
            "one price an hour, 23, 24 or 25 a day",
            "CAD/MWh, two decimals, 0 to 1000",
            Time + "; the web report has Alberta's hour ending, 02* for the repeated one",
            "in place, for a few days"),
        Zone = MarketZones.Mountain,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(70),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
            RefreshEvery: Duration.FromMinutes(30),
            CorrectionsFor: Duration.FromDays(5),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = AesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Lmp, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, _) => AesoRequests.Day(Path, day),
        Recognizes = static head => SettledReport.Recognizes(head) || PoolPriceCsv.Recognizes(head),
        Parse = static (file, output) => PoolPriceCsv.IsCsv(file)
            ? PoolPriceCsv.Parse(file, output)
            : AesoRows.Parse(file, output, SettledReport, Row),
    };

    public static readonly Feed<LmpRow> Forecast = new()
    {
        Id = new FeedId("aeso/pool-price-forecast"),
        Title = "AESO forecast of the hourly pool price",
        Facts = new FeedFacts(
            "AESO API poolprice-api v1.1",
            "one price an hour, up to two hours ahead",
            "CAD/MWh, two decimals, 0 to 1000",
            Time,
            "every 5 minutes until its hour, in place"),
        Zone = MarketZones.Mountain,
        Schedule = new Schedule(
            FirstAt: Duration.Zero,
            CompleteAt: Duration.FromHours(25),
            RefreshEvery: Duration.FromMinutes(30),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Contract = AesoFeeds.Contract(IsoMarket.HourAhead, IsoProduct.Lmp, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, _) => AesoRequests.Day(Path, day),
        Recognizes = ForecastReport.Recognizes,
        Parse = static (file, output) => AesoRows.Parse(file, output, ForecastReport, Row),
    };

    private static LmpRow Row(long begin, double price) => AesoRows.Price(DeliveryInterval.FromUnixSeconds(begin, 3600), price);
}
