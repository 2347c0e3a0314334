namespace Aurum.Market.Feeds;

/// <summary>The canonical fields that every row of an ISO feed carries, derived once from market and product.</summary>
/// <param name="IsoCode">CAISO, NYISO, ERCOT, ...</param>
/// <param name="IsoMarket">DAY_AHEAD, REAL_TIME, FIFTEEN_MINUTE, FIVE_MINUTE, HOUR_AHEAD, SETTLEMENT.</param>
/// <param name="IsoProduct">LMP, LOAD, LOAD_FORECAST, GENERATION, GENERATION_FORECAST, ANCILLARY.</param>
/// <param name="IsoTimezone">IANA name of the market's clock.</param>
/// <param name="IsoIntervalMinutes">Length of an interval; 0 for readings at irregular instants.</param>
/// <param name="IsoUnit">USD/MWh, MW or USD/MW; CAD in place of USD in Alberta and Ontario.</param>
/// <param name="IsoSubject">What the number is about: price, load, generation, reserve.</param>
/// <param name="IsoCurveRole">pricing, load, supply, forecast, reserve.</param>
public sealed record IsoContract(
    string IsoCode,
    IsoMarket IsoMarket,
    IsoProduct IsoProduct,
    string IsoTimezone,
    int IsoIntervalMinutes,
    string IsoUnit,
    string IsoSubject,
    string IsoCurveRole)
{
    /// <param name="isoCode">CAISO, NYISO, ERCOT, ...</param>
    /// <param name="market">Which market.</param>
    /// <param name="product">What a value is.</param>
    /// <param name="zone">The market's clock.</param>
    /// <param name="intervalMinutes">Length of an interval; 0 for readings at irregular instants.</param>
    /// <param name="currency">Currency of its prices: USD or CAD.</param>
    public static IsoContract Of(
        string isoCode,
        IsoMarket market,
        IsoProduct product,
        NodaTime.DateTimeZone zone,
        int intervalMinutes,
        string currency = "USD") =>
        product switch
        {
            IsoProduct.Lmp => new(isoCode, market, product, zone.Id, intervalMinutes, $"{currency}/MWh", "price", "pricing"),
            IsoProduct.Load => new(isoCode, market, product, zone.Id, intervalMinutes, "MW", "load", "load"),
            IsoProduct.LoadForecast => new(isoCode, market, product, zone.Id, intervalMinutes, "MW", "load", "forecast"),
            IsoProduct.Generation => new(isoCode, market, product, zone.Id, intervalMinutes, "MW", "generation", "supply"),
            IsoProduct.GenerationForecast =>
                new(isoCode, market, product, zone.Id, intervalMinutes, "MW", "generation", "forecast"),
            IsoProduct.Ancillary => new(isoCode, market, product, zone.Id, intervalMinutes, $"{currency}/MW", "reserve", "reserve"),
            _ => throw new ArgumentOutOfRangeException(nameof(product), product, "unknown product"),
        };

    public string MarketText => IsoMarket.ToText();

    public string ProductText => IsoProduct.ToText();
}

/// <summary>Which market a value belongs to. Text form in upper case with underscores.</summary>
public enum IsoMarket
{
    DayAhead,
    RealTime,
    FifteenMinute,
    FiveMinute,
    HourAhead,
    Settlement,
}

/// <summary>What a value is. Text form in upper case with underscores.</summary>
public enum IsoProduct
{
    Lmp,
    Load,
    LoadForecast,
    Generation,
    GenerationForecast,
    Ancillary,
}

public static class IsoTexts
{
    public static string ToText(this IsoMarket market) => market switch
    {
        IsoMarket.DayAhead => "DAY_AHEAD",
        IsoMarket.RealTime => "REAL_TIME",
        IsoMarket.FifteenMinute => "FIFTEEN_MINUTE",
        IsoMarket.FiveMinute => "FIVE_MINUTE",
        IsoMarket.HourAhead => "HOUR_AHEAD",
        IsoMarket.Settlement => "SETTLEMENT",
        _ => throw new ArgumentOutOfRangeException(nameof(market), market, "unknown market"),
    };

    public static string ToText(this IsoProduct product) => product switch
    {
        IsoProduct.Lmp => "LMP",
        IsoProduct.Load => "LOAD",
        IsoProduct.LoadForecast => "LOAD_FORECAST",
        IsoProduct.Generation => "GENERATION",
        IsoProduct.GenerationForecast => "GENERATION_FORECAST",
        IsoProduct.Ancillary => "ANCILLARY",
        _ => throw new ArgumentOutOfRangeException(nameof(product), product, "unknown product"),
    };
}
