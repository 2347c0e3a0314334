using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>Everything that the sandbox's PJM knows.</summary>
internal sealed class PjmBooks
{
    private static readonly GridShape Shape = new(MarketZones.Eastern, -5 * 3600, 88_000, 14_000, 11_000, 12, 12);

    /// <summary>On the day after: verified prices, generation by area and metered load.</summary>
    private static readonly Release NextMorning = Release.DaysBefore(-1, 8);

    private readonly Grid _grid;
    private readonly Dice _dice;

    public PjmBooks(World world)
    {
        var dice = world.Dice.For("pjm");
        _grid = new Grid(dice, Shape);
        _dice = world.Dice.For("pjm books");
        Nodes = PjmNodes.All(dice, world.Options.PjmNodes);
        var all = Nodes.Select(n => n.Place).ToArray();
        var named = all.Where(p => p.TypeText is "ZONE" or "HUB").ToArray();
        var realTime = new PriceMarket(_grid, _dice.For("real time"), 2, isRealTime: true);
        DayAhead = new PriceBook(
            new PriceMarket(_grid, _dice.For("day ahead"), 2, isRealTime: false), all, 60, 1, Release.DayBefore(13, 15),
            new Corrections(_dice.For("day ahead corrections"), 0.02, 3));
        Hourly = new PriceBook(realTime, all, 60, 12, NextMorning, new Corrections(_dice.For("hourly corrections"), 0.05, 4));
        FiveMinutes = new PriceBook(realTime, named, 5, 1, NextMorning, new Corrections(_dice.For("verified prices"), 0.25, 2));
        EveryFiveMinutes = new PriceBook(realTime, all, 5, 1, NextMorning, new Corrections(_dice.For("verified prices"), 0.25, 2));
        Dispatched = new PriceBook(realTime, named, 5, 1, Release.AfterEnd(Duration.FromMinutes(2)), Corrections.None);
        MendedLoad = new Corrections(_dice.For("load corrections"), 0.1, 0.01);
        LoadAreas = Areas(("AE", "AECO", 0.012), ("BC", "BC", 0.04), ("CE", "CE", 0.13), ("DOM", "DOM", 0.16), ("PEP", "PEPCO", 0.04));
        ReadAreas = Areas(("", "PJM RTO", 1), ("", "PJM MID ATLANTIC REGION", 0.33), ("", "AEP", 0.17), ("", "COMED", 0.13));
        ForecastAreas = Areas(("", "RTO_COMBINED", 1), ("", "MID_ATLANTIC_REGION", 0.33), ("", "AEP", 0.17), ("", "COMED", 0.13));
    }

    public IReadOnlyList<PjmNode> Nodes { get; }

    public PriceBook DayAhead { get; }

    /// <summary>Verified prices of hours: the mean of twelve.</summary>
    public PriceBook Hourly { get; }

    /// <summary>Verified prices of 5 minutes, at zones and hubs.</summary>
    public PriceBook FiveMinutes { get; }

    /// <summary>The same at all nodes, for those who ask for no place.</summary>
    public PriceBook EveryFiveMinutes { get; }

    /// <summary>The same before they are verified.</summary>
    public PriceBook Dispatched { get; }

    public Corrections MendedLoad { get; }

    /// <summary>Areas of metered load. The whole is made of them and of what is left.</summary>
    public IReadOnlyList<PjmArea> LoadAreas { get; }

    /// <summary>Areas of load at instants.</summary>
    public IReadOnlyList<PjmArea> ReadAreas { get; }

    public IReadOnlyList<PjmArea> ForecastAreas { get; }

    public static IReadOnlyList<string> Fuels { get; } =
    [
        "Coal", "Gas", "Hydro", "Multiple Fuels", "Nuclear", "Oil", "Other", "Other Renewables", "Solar", "Storage", "Wind",
    ];

    /// <summary>Areas that wind and sun are counted by, with their share of the whole, which comes first.</summary>
    public static IReadOnlyList<(string Area, double Share)> Regions { get; } =
        [("RTO", 1), ("MIDATL", 0.22), ("RFC", 0.74), ("SOUTH", 0.26), ("WEST", 0.52)];

    /// <summary>The constraints that make the prices of places differ: facility and contingency.</summary>
    public static IReadOnlyList<(string Facility, string Contingency)> Constraints { get; } =
    [
        ("GRACEFUL230 KV  GRA-SAF", "ACTUAL"), ("HILLTOP 138 KV  HIL-ROSE", "L500.Hilltop-Rosedale.5032"),
        ("Northfield-Easton 138 kV l/o Weston-Sutton 345 kV", "Weston-Sutton 345"),
    ];

    public static bool IsShown(OperatingDay day, Instant now) => NextMorning.VisibleUntil(day, now) == long.MaxValue;

    /// <summary>Metered load of an area for an hour, thousandths of a MW.</summary>
    public long MeteredLoad(PjmArea area, long start, OperatingDay day, Instant now) =>
        (long)Math.Round(AreaLoad(area, start + 1800) * (1 + MendedLoad.At(area.Dice.Seed, day, now)) * 1000);

    /// <summary>Metered load of all of PJM for an hour, thousandths of a MW.</summary>
    public long MeteredWhole(long start, OperatingDay day, Instant now)
    {
        var rest = (long)Math.Round(_grid.At(start + 1800).LoadMw * (1 - LoadAreas.Sum(a => a.Share)) * 1000);
        return rest + LoadAreas.Sum(a => MeteredLoad(a, start, day, now));
    }

    /// <summary>Load of an area at an instant, millionths of a MW. The last two decimals are zeros, as the publisher's are.</summary>
    public long InstantLoad(PjmArea area, long at) => (long)Math.Round(AreaLoad(area, at) * 10_000) * 100;

    /// <summary>Forecast load of an area for an hour, whole MW.</summary>
    public long ForecastLoad(PjmArea area, long start, long evaluated)
    {
        var days = Math.Max(0, start - evaluated) / 86_400.0;
        var error = (0.006 + (0.005 * days)) * area.Dice.For((ulong)evaluated).Smooth(start / 20_000.0);
        return (long)Math.Round(AreaLoad(area, start + 1800) * (1 + error));
    }

    /// <summary>Generation of a fuel for an hour, tenths of a MW. Gas takes up what the others leave.</summary>
    public long Generation(string fuel, long start)
    {
        var state = _grid.At(start + 1800);
        return fuel == "Gas"
            ? Math.Max(50_000, (long)Math.Round(state.LoadMw * 10) - Fuels.Where(f => f != "Gas").Sum(f => Generation(f, start)))
            : (long)Math.Round(10 * fuel switch
            {
                "Coal" => 14_000 + (3_000 * Drift(1, start)),
                "Hydro" => 1_600 + (1_200 * Drift(2, start)),
                "Nuclear" => 31_800 + (300 * Drift(3, start)),
                "Solar" => state.SolarMw,
                "Wind" => state.WindMw,
                "Storage" => 120 * Drift(4, start),
                "Oil" => 240 + (100 * Drift(5, start)),
                "Multiple Fuels" => 900 + (400 * Drift(6, start)),
                _ => 420 + (60 * Drift(7, start)),
            });
    }

    /// <summary>Wind or sun of a region for an hour, thousandths of a MW. Plants take a little at night and in a calm.</summary>
    public long Renewable(bool isWind, double share, long start)
    {
        var state = _grid.At(start + 1800);
        return (long)Math.Round(((isWind ? state.WindMw : state.SolarMw) - 12) * share * 1000);
    }

    /// <summary>Forecast energy of an hour for all of PJM, thousandths of a MWh.</summary>
    /// <param name="column">wind_forecast_mwh, solar_forecast_mwh or solar_forecast_btm_mwh.</param>
    /// <param name="start">Start of the hour.</param>
    /// <param name="evaluated">When the forecast was made.</param>
    public long Forecast(string column, long start, long evaluated)
    {
        var state = _grid.At(start + 1800);
        var days = Math.Max(0, start - evaluated) / 86_400.0;
        var error = (0.03 + (0.03 * days)) * _dice.For(column).For((ulong)evaluated).Smooth(start / 15_000.0);
        var mw = column == "wind_forecast_mwh" ? state.WindMw : column == "solar_forecast_mwh" ? state.SolarMw : 0.42 * state.SolarMw;
        return (long)Math.Round(mw * (1 + error) * 1000);
    }

    /// <summary>Shadow price of a constraint in an interval, hundredths of a USD/MWh; 0 where it does not bind.</summary>
    public static long ShadowPrice(PriceBook book, int constraint, long start)
    {
        var state = book.States(start)[0];
        var usd = constraint switch { 0 => state.Shadow1, 1 => state.Shadow2, _ => state.Shadow3 };
        return -(long)Math.Round(usd * 100);
    }

    private double Drift(ulong stream, long at) => _dice.For(stream).Smooth(at / 40_000.0);

    private double AreaLoad(PjmArea area, long at) =>
        _grid.At(at).LoadMw * area.Share * (1 + (0.015 * area.Dice.Smooth(at / 9000.0)));

    private PjmArea[] Areas(params (string Zone, string Id, double Share)[] areas) =>
        [.. areas.Select(a => new PjmArea(a.Id, a.Zone, a.Share, _dice.For(a.Id)))];
}

/// <summary>An area and its share of the load of PJM.</summary>
internal sealed record PjmArea(string Id, string Zone, double Share, Dice Dice);
