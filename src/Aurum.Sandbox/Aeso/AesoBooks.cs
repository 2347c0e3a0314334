using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Aeso;

/// <summary>Everything that the sandbox's AESO knows: prices, load, fuels and forecasts, when they appear and what is mended.</summary>
internal sealed class AesoBooks
{
    /// <summary>Hours of price and load are shown five minutes after their end.</summary>
    private const int DelaySeconds = 300;

    private const long HighestPrice = 99_999;

    private readonly Grid _grid;
    private readonly Dice _dice;
    private readonly PriceMarket _market;
    private readonly Corrections _mendedPrice;
    private readonly Corrections _mendedLoad;

    public AesoBooks(World world)
    {
        var dice = world.Dice.For("aeso");
        _grid = new Grid(dice, new GridShape(MarketZones.Mountain, -7 * 3600, 10_200, 1_800, 5_600, 4, 13));
        _dice = dice.For("aeso books");
        _market = new PriceMarket(_grid, _dice.For("pool"), 2, isRealTime: true);
        _mendedPrice = new Corrections(_dice.For("price corrections"), 0.1, 3);
        _mendedLoad = new Corrections(_dice.For("load corrections"), 0.1, 0.01);
    }

    /// <summary>Fuels of the summary with their capability, MW.</summary>
    public static IReadOnlyList<(string Fuel, int Mw)> Fuels { get; } =
    [
        ("COGENERATION", 5_980), ("COMBINED CYCLE", 3_250), ("GAS FIRED STEAM", 1_870), ("SIMPLE CYCLE", 1_200), ("HYDRO", 894),
        ("WIND", 5_688), ("SOLAR", 1_825), ("ENERGY STORAGE", 190), ("OTHER", 444),
    ];

    public static IReadOnlyList<string> Neighbours { get; } = ["British Columbia", "Montana", "Saskatchewan"];

    public IReadOnlyList<Instant> PriceMoments(OperatingDay day) => _mendedPrice.Moments(_dice.Seed, day);

    public IReadOnlyList<Instant> LoadMoments(OperatingDay day) => _mendedLoad.Moments(_dice.Seed, day);

    public static IEnumerable<long> Hours(OperatingDay day)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds(); at += 3600)
        {
            yield return at;
        }
    }

    public static bool IsOver(long start, Instant now) => start + 3600 + DelaySeconds <= now.ToUnixTimeSeconds();

    /// <summary>The forecast price of an hour is shown from two hours before it on.</summary>
    public static bool HasForecastPrice(long start, Instant now) => start - 7200 <= now.ToUnixTimeSeconds();

    /// <summary>The load forecast of a day is shown from seven in the morning of the day before on.</summary>
    public static bool HasLoadForecast(OperatingDay day, Instant now) => now >= AtHour(day.Previous, 7);

    /// <summary>Pool price of an hour, cents.</summary>
    public long Price(long start, OperatingDay day, Instant now)
    {
        var mended = (long)Math.Round(100 * _mendedPrice.At(_dice.Seed, day, now));
        return Math.Clamp(_market.At(start, 3600).Energy + mended, 0, HighestPrice);
    }

    public long ForecastPrice(long start) =>
        Math.Clamp(
            (long)Math.Round(_market.At(start, 3600).Energy * (1 + (0.1 * _dice.For(4).Unit(start / 3600)))), 0, HighestPrice);

    /// <summary>Load of an hour, whole MW.</summary>
    public long Load(long start, OperatingDay day, Instant now) =>
        (long)Math.Round(_grid.At(start + 1800).LoadMw * (1 + _mendedLoad.At(_dice.Seed, day, now)));

    public long LoadForecast(long start) =>
        (long)Math.Round(_grid.At(start + 1800).LoadMw * (1 + (0.02 * _dice.For(5).Smooth(start / 14_400.0))));

    /// <summary>The instants of a day at which the marginal price changes: midnight, and in most stretches of ten minutes.</summary>
    public IEnumerable<long> PriceChanges(OperatingDay day, Instant now)
    {
        var start = day.Start.ToUnixTimeSeconds();
        for (var at = start; at < day.End.ToUnixTimeSeconds(); at += 600)
        {
            var change = at == start ? at : at + (60 * _dice.For(6).Below(at / 600, 10));
            if (change <= now.ToUnixTimeSeconds() && (at == start || _dice.For(7).Unit(at / 600) < 0.6))
            {
                yield return change;
            }
        }
    }

    public long MarginalPrice(long at) => Math.Clamp(_market.At(at, 60).Energy, 0, HighestPrice);

    /// <summary>The newest reading of the summary: it is taken once a day, at noon, so that whoever asks within a day has seen
    /// it.</summary>
    public static Instant Reading(Instant now)
    {
        var day = OperatingDay.Of(now, MarketZones.Mountain);
        return now >= AtHour(day, 12) ? AtHour(day, 12) : AtHour(day.Previous, 12);
    }

    /// <summary>Net generation of a fuel, whole MW.</summary>
    public long Generation(string fuel, int mw, long at)
    {
        var state = _grid.At(at);
        return (long)Math.Round(fuel switch
        {
            "WIND" => state.WindMw,
            "SOLAR" => state.SolarMw,
            "ENERGY STORAGE" => mw * _dice.For(fuel).Smooth(at / 7200.0),
            _ => mw * (0.55 + (0.3 * _dice.For(fuel).Smooth(at / 20_000.0))),
        });
    }

    public long Flow(string neighbour, long at) => (long)Math.Round(400 * _dice.For(neighbour).Smooth(at / 10_000.0));

    public long LoadAt(long at) => (long)Math.Round(_grid.At(at).LoadMw);

    /// <summary>First hour of the wind and solar reports: the start of the day before; they hold 216 hours.</summary>
    public static IEnumerable<long> ForecastHours(Instant now)
    {
        var first = OperatingDay.Of(now, MarketZones.Mountain).Previous.Start.ToUnixTimeSeconds();
        return Enumerable.Range(0, 216).Select(hour => first + (3600L * hour));
    }

    /// <summary>Most likely output of wind or sun in an hour, hundredths of a MW, as forecast at seven in the morning.</summary>
    public long Likely(bool isWind, long start, Instant now)
    {
        var issued = OperatingDay.Of(now - Duration.FromHours(7), MarketZones.Mountain).Date.DaysSinceEpoch();
        return (long)Math.Round(Made(isWind, start) * (0.9 + (0.2 * _dice.For((ulong)issued).Smooth(start / 21_600.0))));
    }

    /// <summary>What wind or sun made in an hour, hundredths of a MW.</summary>
    public long Made(bool isWind, long start)
    {
        var state = _grid.At(start + 1800);
        return (long)Math.Round(100 * (isWind ? state.WindMw : state.SolarMw));
    }

    private static Instant AtHour(OperatingDay day, int hour) =>
        (day.Date + new LocalTime(hour, 0)).InZoneLeniently(day.Zone).ToInstant();
}
