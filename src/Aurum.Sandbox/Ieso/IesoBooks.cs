using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ieso;

/// <summary>Everything that the sandbox's IESO knows: prices, demand, generators, forecasts and totals, when they appear and what is
/// mended.</summary>
internal sealed class IesoBooks
{
    private const double Market = 1.13;

    private readonly Grid _grid;
    private readonly Dice _dice;
    private readonly Dice[] _demand;
    private readonly Corrections _mendedDemand;

    public IesoBooks(World world)
    {
        var dice = world.Dice.For("ieso");
        _grid = new Grid(dice, new GridShape(MarketZones.Eastern, -5 * 3600, 15_600, 2_700, 5_500, 8, 13));
        _dice = dice.For("ieso books");
        _demand = [.. new[] { "Market", IesoPlaces.Ontario }.Concat(IesoPlaces.DemandZones.Select(z => z.Name)).Select(_dice.For)];
        _mendedDemand = new Corrections(_dice.For("demand corrections"), 0.05, 0.01);
        var ahead = new PriceMarket(_grid, _dice.For("day ahead"), 2, isRealTime: false);
        var real = new PriceMarket(_grid, _dice.For("real time"), 2, isRealTime: true);
        var atHalfPastTwelve = Release.DayBefore(12, 33);
        var later = Release.AfterEnd(Duration.FromMinutes(5));
        var mendedAhead = new Corrections(_dice.For("day ahead corrections"), 0.03, 4);
        var mendedReal = new Corrections(_dice.For("real time corrections"), 0.05, 8);
        var nodes = IesoPlaces.Nodes(dice, world.Options.IesoNodes);
        var zones = IesoPlaces.Zones(dice);
        Place[] ontario = [new Place(dice, IesoPlaces.Ontario, LocationType.System)];
        DayAhead = new PriceBook(ahead, nodes, 60, 1, atHalfPastTwelve, mendedAhead);
        DayAheadZones = new PriceBook(ahead, zones, 60, 1, atHalfPastTwelve, mendedAhead);
        DayAheadOntario = new PriceBook(ahead, ontario, 60, 1, atHalfPastTwelve, mendedAhead);
        RealTime = new PriceBook(real, nodes, 5, 1, later, mendedReal);
        RealTimeZones = new PriceBook(real, zones, 5, 1, later, mendedReal);
        RealTimeOntario = new PriceBook(real, ontario, 5, 1, later, mendedReal);
    }

    public PriceBook DayAhead { get; }

    public PriceBook DayAheadZones { get; }

    public PriceBook DayAheadOntario { get; }

    public PriceBook RealTime { get; }

    public PriceBook RealTimeZones { get; }

    public PriceBook RealTimeOntario { get; }

    /// <summary>Starts of the hours of a day that are shown so long after their end.</summary>
    public static IEnumerable<long> Hours(OperatingDay day, Instant now, Duration delay)
    {
        var until = now.ToUnixTimeSeconds() - (long)delay.TotalSeconds;
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds() && at + 3600 <= until; at += 3600)
        {
            yield return at;
        }
    }

    /// <summary>Demand of an hour of the market and of Ontario.</summary>
    public void FillDemand(long start, OperatingDay day, Instant now, long[] values)
    {
        var load = _grid.At(start + 1800).LoadMw;
        values[0] = Demand(load * Market, _demand[0], start, day, now);
        values[1] = Demand(load, _demand[1], start, day, now);
    }

    /// <summary>Demand of an hour of Ontario and its zones; behind them, where there is room, their sum and its difference to
    /// Ontario's.</summary>
    public void FillZonalDemand(long start, OperatingDay day, Instant now, long[] values)
    {
        var load = _grid.At(start + 1800).LoadMw;
        values[0] = Demand(load, _demand[1], start, day, now);
        var total = 0L;
        var zones = IesoPlaces.DemandZones;
        for (var i = 0; i < zones.Count; i++)
        {
            values[i + 1] = Demand(load * zones[i].Share, _demand[i + 2], start, day, now);
            total += values[i + 1];
        }

        if (values.Length > zones.Count + 2)
        {
            (values[^2], values[^1]) = (total, total - values[0]);
        }
    }

    /// <summary>When demand of a day is mended: of the market, of Ontario, of each zone.</summary>
    public IReadOnlyList<Instant> DemandMoments(int area, OperatingDay day) => _mendedDemand.Moments(_demand[area].Seed, day);

    /// <summary>Output of a generator in an hour, whole MW.</summary>
    public long Output(string name, string fuel, int mw, long start)
    {
        var state = _grid.At(start + 1800);
        var share = fuel switch
        {
            "WIND" => state.WindMw / _grid.Shape.WindMw,
            "SOLAR" => state.SolarMw / _grid.Shape.SolarMw,
            "NUCLEAR" => 0.97,
            _ => 0.5 + (0.45 * _dice.For(name).Smooth(start / 20_000.0)),
        };
        return (long)Math.Round(mw * share) - (fuel == "WIND" ? 1 : 0);
    }

    private long Demand(double load, Dice own, long start, OperatingDay day, Instant now) =>
        (long)Math.Round(load * (1 + (0.01 * own.Smooth(start / 7200.0)) + _mendedDemand.At(own.Seed, day, now)));

    /// <summary>When the forecast of a day is made, and when it is shown.</summary>
    public static (Instant Made, Instant Shown) Forecast(OperatingDay day) =>
        (day.Start + Duration.FromSeconds((8 * 3600) + (34 * 60) + 8), day.Start + Duration.FromSeconds((8 * 3600) + (55 * 60) + 43));

    /// <summary>The 48 hours of a day's forecast.</summary>
    public static IEnumerable<long> ForecastHours(OperatingDay day) =>
        Enumerable.Range(9, 48).Select(hour => day.Start.ToUnixTimeSeconds() + (3600L * hour));

    /// <summary>Forecast of wind or sun in a zone, tenths of a MW.</summary>
    public long Renewable(string fuel, string zone, bool isEmbedded, long start, OperatingDay day)
    {
        var state = _grid.At(start + 1800);
        var own = _dice.For(fuel + zone + isEmbedded);
        var share = 0.05 + (0.1 * own.Unit(0));
        var error = 1 + (0.15 * own.For((ulong)day.Date.DayOfYear).Smooth(start / 21_600.0));
        return (long)Math.Round((fuel == "Wind" ? state.WindMw : state.SolarMw) * share * error * 10);
    }

    /// <summary>A number of the adequacy report, whole MW, as known in the hour of the given instant: it moves until the day's
    /// end.</summary>
    public long Adequacy(string path, long start, OperatingDay day, Instant now)
    {
        var issue = Math.Min(now.ToUnixTimeSeconds(), day.End.ToUnixTimeSeconds()) / 3600;
        var own = _dice.For(path);
        var level = path.EndsWith("Demand", StringComparison.Ordinal) || path.Contains("Total", StringComparison.Ordinal)
            ? _grid.At(start + 1800).LoadMw
            : 200 + (6_000 * own.Unit(0));
        return (long)Math.Round(level * (1 + (0.02 * own.Smooth(start / 14_400.0)) + (0.01 * own.For(1).Unit(issue))));
    }

    /// <summary>A total of an interval or hour, tenths of a MW.</summary>
    public long Total(string quantity, long start, int seconds, bool isForecast)
    {
        var load = _grid.At(start + (seconds / 2)).LoadMw * Market * (isForecast ? 1.004 : 1);
        return (long)Math.Round(10 * quantity switch
        {
            "Total Energy" => load * 1.025,
            "Total Loss" => load * 0.025,
            "Total Load" => load,
            "Total Dispatch Load" => 0,
            "Total 10S" => 237,
            "Total 10N" => 708,
            "Total 30R" => 473,
            _ => load / Market,
        });
    }
}

/// <summary>Fills in the values of an hour, whole MW, as known at an instant.</summary>
internal delegate void DemandOfHour(long start, OperatingDay day, Instant now, long[] values);
