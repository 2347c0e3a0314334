using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>Everything that the sandbox's ERCOT knows.</summary>
internal sealed class ErcotBooks
{
    private readonly Grid _grid;
    private readonly Dice _dice;

    public ErcotBooks(World world)
    {
        _grid = world.Texas;
        _dice = world.Dice.For("ercot books");
        DayAhead = new PriceBook(
            new PriceMarket(_grid, _dice.For("day ahead"), 2, isRealTime: false), world.ErcotPlaces, 60, 1,
            Release.DayBefore(13, 30), Corrections.None);
        var realTime = new PriceMarket(_grid, _dice.For("real time"), 2, isRealTime: true);
        RealTime = new PriceBook(realTime, world.ErcotPlaces, 15, 3, Release.AfterEnd(Duration.FromMinutes(2)), Corrections.None);
        Dispatch = new PriceBook(realTime, world.ErcotPlaces, 5, 1, Release.AfterEnd(Duration.FromMinutes(-4)), Corrections.None);
        MendedLoad = new Corrections(_dice.For("load corrections"), 0.05, 0.01);
        ForecastZones = Zones([("NORTH", 0.37), ("SOUTH", 0.24), ("WEST", 0.13), ("HOUSTON", 0.26)]);
        WeatherZones = Zones(
        [
            ("WZ_COAST", 0.27), ("WZ_EAST", 0.035), ("WZ_FAR_WEST", 0.1), ("WZ_NORTH", 0.025), ("WZ_NORTH_C", 0.29), ("WZ_SOUTHERN", 0.08),
            ("WZ_SOUTH_C", 0.16), ("WZ_WEST", 0.04),
        ]);
    }

    public PriceBook DayAhead { get; }

    /// <summary>Settlement prices: the mean of three dispatch prices.</summary>
    public PriceBook RealTime { get; }

    /// <summary>Prices of dispatch runs, by the five minutes that they begin.</summary>
    public PriceBook Dispatch { get; }

    public Corrections MendedLoad { get; }

    public IReadOnlyList<ErcotZone> ForecastZones { get; }

    /// <summary>In the order of the actual-load report's columns.</summary>
    public IReadOnlyList<ErcotZone> WeatherZones { get; }

    /// <summary>The fuels in the order of the dashboard's readings.</summary>
    public static IReadOnlyList<string> Fuels { get; } =
        ["Coal and Lignite", "Hydro", "Nuclear", "Other", "Power Storage", "Solar", "Wind", "Natural Gas"];

    /// <summary>Metered load of a zone for an hour, hundredths of a MW.</summary>
    public long Load(ErcotZone zone, long start, OperatingDay day, Instant now) =>
        (long)Math.Round(ZoneLoad(zone, start) * (1 + MendedLoad.At(zone.Dice.Seed, day, now)) * 100);

    /// <summary>Forecast load of a zone for an hour as posted at an instant, hundredths of a MW.</summary>
    public long LoadForecast(ErcotZone zone, long start, long posted, string model)
    {
        var days = Math.Max(0, start - posted) / 86_400.0;
        var error = (0.008 + (0.006 * days)) * zone.Dice.For(model).For((ulong)posted).Smooth(start / 20_000.0);
        return (long)Math.Round(ZoneLoad(zone, start) * (1 + error) * 100);
    }

    /// <summary>Load of all of Texas for an hour as the dashboard shows it, hundredths of a MW.</summary>
    public long SystemLoad(long start) => (long)Math.Round(_grid.At(start + 1800).LoadMw * 100);

    /// <summary>Wind or sun of a region for an hour, hundredths of a MW: generated, or as a posting forecasts it.</summary>
    /// <param name="region">Which.</param>
    /// <param name="isWind">Wind, or sun.</param>
    /// <param name="measure">GEN and HSL are metered; COPHSL, the forecast in use and the cautious forecast belong to a posting.</param>
    /// <param name="start">Start of the hour.</param>
    /// <param name="posted">The posting.</param>
    public long Renewable(ErcotRegion region, bool isWind, string measure, long start, long posted)
    {
        var state = _grid.At(start + 1800);
        var mw = (isWind ? state.WindMw : state.SolarMw) * region.Share * (1 + (0.05 * region.Dice.Smooth(start / 9000.0)));
        var days = Math.Max(0, start - posted) / 86_400.0;
        var error = (0.02 + (0.025 * days)) * region.Dice.For((ulong)posted).Smooth(start / 15_000.0);
        return (long)Math.Round(100 * measure switch
        {
            "GEN" => mw,
            "HSL" => mw * 1.06,
            "COPHSL" => mw * (0.97 + error),
            "STWPF" or "STPPF" => mw * (1 + error),
            _ => mw * (0.86 + error),
        });
    }

    public static IReadOnlyList<ErcotRegion> WindRegions(Dice dice) =>
    [
        new("SystemWide", 1, dice.For("wind all")), new("LoadZoneSouthHouston", 0.22, dice.For("wind south")),
        new("LoadZoneWest", 0.66, dice.For("wind west")), new("LoadZoneNorth", 0.12, dice.For("wind north")),
    ];

    public IReadOnlyList<ErcotRegion> Regions(bool isWind) =>
        isWind ? WindRegions(_dice) : [new ErcotRegion("SystemWide", 1, _dice.For("solar all"))];

    /// <summary>All of Texas and the geographical regions.</summary>
    public IReadOnlyList<ErcotRegion> Geography(bool isWind) =>
    [
        Regions(isWind)[0],
        .. (isWind
            ? ((string, double)[])[("Panhandle", 0.16), ("Coastal", 0.12), ("South", 0.18), ("West", 0.42), ("North", 0.12)]
            : [("CenterWest", 0.2), ("NorthWest", 0.1), ("FarWest", 0.35), ("FarEast", 0.1), ("SouthEast", 0.15), ("CenterEast", 0.1)])
            .Select(r => new ErcotRegion(r.Item1, r.Item2, _dice.For("geography " + r.Item1))),
    ];

    /// <summary>Generation of a fuel at an instant, MW, as raw as the dashboard shows it. Gas takes up what the others leave.</summary>
    public double Generation(string fuel, long at)
    {
        var state = _grid.At(at);
        var coal = 7200 + (1800 * _dice.For(1).Smooth(at / 40_000.0));
        var nuclear = 4950 + (60 * _dice.For(2).Smooth(at / 90_000.0));
        var hydro = 40 + (30 * _dice.For(3).Smooth(at / 20_000.0));
        var other = 45 + (5 * _dice.For(4).Smooth(at / 20_000.0));
        var storage = NetStorage(at) / 1000.0;
        return fuel switch
        {
            "Coal and Lignite" => coal,
            "Hydro" => hydro,
            "Nuclear" => nuclear,
            "Other" => other,
            "Power Storage" => storage,
            "Solar" => state.SolarMw,
            "Wind" => state.WindMw,
            _ => Math.Max(1500, state.LoadMw - coal - nuclear - hydro - other - storage - state.SolarMw - state.WindMw),
        };
    }

    /// <summary>Battery charging (negative) at an instant, thousandths of a MW.</summary>
    public long Charging(long at)
    {
        var sun = _grid.At(at).SolarMw / _grid.Shape.SolarMw;
        return -(long)Math.Round(1000 * (150 + (4200 * Math.Max(0, sun - 0.2)) + (120 * _dice.For(5).Unit(at / 300))));
    }

    /// <summary>Battery discharging at an instant, thousandths of a MW: most in the hours after sunset.</summary>
    public long Discharging(long at)
    {
        var need = _grid.At(at).NetLoadMw / _grid.Shape.BaseLoadMw;
        return (long)Math.Round(1000 * (60 + (5200 * Math.Max(0, need - 0.75)) + (90 * _dice.For(6).Unit(at / 300))));
    }

    public long NetStorage(long at) => Charging(at) + Discharging(at);

    /// <summary>Instants of the dispatch runs of a day: every five minutes, 11 to 24 seconds past.</summary>
    public IEnumerable<(long Slot, long Run)> Runs(OperatingDay day, Instant now)
    {
        foreach (var slot in Dispatch.Starts(day, now))
        {
            yield return (slot, slot + 11 + _dice.Below(slot, 14));
        }
    }

    private IReadOnlyList<ErcotZone> Zones((string Id, double Share)[] zones) =>
        [.. zones.Select(z => new ErcotZone(z.Id, z.Share, _dice.For(z.Id)))];

    private double ZoneLoad(ErcotZone zone, long start) =>
        _grid.At(start + 1800).LoadMw * zone.Share * (1 + (0.015 * zone.Dice.Smooth(start / 9000.0)));
}

/// <summary>A load zone and its share of the load of Texas.</summary>
internal sealed record ErcotZone(string Id, double Share, Dice Dice);

/// <summary>A region of the wind and solar reports: the second half of its columns' names, and its share.</summary>
internal sealed record ErcotRegion(string Column, double Share, Dice Dice);
