using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Spp;

/// <summary>What the sandbox's SPP knows: prices, load, forecasts, generation and flows, in whole units of the last decimal that it
/// prints.</summary>
internal sealed class SppBooks
{
    public const int HourSeconds = 3600;

    /// <summary>What coal and gas make at the least.</summary>
    private const int LeastThermalMw = 800;

    /// <summary>Days after an operating day from whose start its one file of real-time prices is there.</summary>
    private const int DailyFileAfterDays = 6;

    private static readonly (string Name, double Share, bool HasNonConforming)[] ZoneShares =
    [
        ("CSWS", 0.19, false), ("EDE", 0.025, false), ("GRDA", 0.02, false), ("KCPL", 0.07, true), ("NPPD", 0.07, true),
        ("OKGE", 0.17, false), ("OPPD", 0.06, true), ("SPS", 0.13, false), ("WAUE", 0.11, true), ("WFEC", 0.045, false), ("WR", 0.11, true),
    ];

    private readonly SppGrid _plains;
    private readonly Dice _dice;

    public SppBooks(World world)
    {
        _plains = new SppGrid(world);
        _dice = _plains.Dice.For("books");
        var dayAhead = new PriceMarket(_plains.Grid, _dice.For("day ahead"), 4, isRealTime: false);
        var realTime = new PriceMarket(_plains.Grid, _dice.For("real time"), 4, isRealTime: true);
        var atOne = Release.DayBefore(13);
        var atOnce = Release.AfterEnd(Duration.Zero);
        var mendedDayAhead = new Corrections(_dice.For("day ahead corrections"), 0.03, 4);
        var mendedRealTime = new Corrections(_dice.For("real time corrections"), 0.06, 8);
        DayAhead = new PriceBook(dayAhead, _plains.Locations, 60, 1, atOne, mendedDayAhead);
        DayAheadBus = new PriceBook(dayAhead, _plains.Buses, 60, 1, atOne, mendedDayAhead);
        RealTime = new PriceBook(realTime, _plains.Locations, 5, 1, atOnce, mendedRealTime);
        RealTimeBus = new PriceBook(realTime, _plains.Buses, 5, 1, atOnce, mendedRealTime);
        MendedLoad = new Corrections(_dice.For("load corrections"), 0.05, 0.01);
        Zones = [.. ZoneShares.Select(z => new SppZone(z.Name, z.Share, z.HasNonConforming, _dice.For(z.Name)))];
    }

    public PriceBook DayAhead { get; }

    public PriceBook DayAheadBus { get; }

    public PriceBook RealTime { get; }

    public PriceBook RealTimeBus { get; }

    public Corrections MendedLoad { get; }

    /// <summary>Control zones in the order of the files.</summary>
    public IReadOnlyList<SppZone> Zones { get; }

    /// <summary>Fuels in the order of the file, with the names of their two columns.</summary>
    public static IReadOnlyList<SppFuel> Fuels { get; } =
    [
        new("Coal", "Coal Self", 0.6), new("Diesel Fuel Oil", "Diesel Fuel Oil Self", 0), new("Hydro", "Hydro Self", 0.5),
        new("Natural Gas", "Gas Self", 0.2), new("Nuclear", "Nuclear Self", 1), new("Solar", "Solar Self", 0.1),
        new("Waste Disposal Services", "Waste Disposal Services Self", 0.3), new("Wind", "Wind Self", 0.15),
        new("Waste Heat", "Waste Heat Self", 0.5), new("Other", "Other Self", 0.9),
    ];

    /// <summary>When the one file of a day of real-time prices appears, with all corrections.</summary>
    public static Instant DailyFileAt(OperatingDay day) => (day with { Date = day.Date.PlusDays(DailyFileAfterDays) }).Start;

    /// <summary>When the file of a day's load appears.</summary>
    public static Instant LoadFileAt(OperatingDay day) => day.Start + Duration.FromHours(26);

    /// <summary>Ten minutes after the hour that a forecast is made at, its file is there.</summary>
    public static bool IsForecastThere(long issued, Instant now) => issued + 600 <= now.ToUnixTimeSeconds();

    /// <summary>Hours at which forecasts are made on a day.</summary>
    public static IEnumerable<long> Issues(OperatingDay day)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds(); at += HourSeconds)
        {
            yield return at;
        }
    }

    /// <summary>Authorities of a forecast file.</summary>
    public static IReadOnlyList<string> Authorities(long issued) =>
        SppGrid.HasWest(OperatingDay.Of(Instant.FromUnixTimeSeconds(issued), MarketZones.Central))
            ? [SppGrid.East, SppGrid.West]
            : [SppGrid.East];

    /// <summary>Load of a zone in an hour, thousandths of a MW, conforming and not.</summary>
    public (long Conforming, long NonConforming) Load(SppZone zone, long start, OperatingDay day, Instant now)
    {
        var own = 1 + (0.02 * zone.Dice.Smooth(start / 7200.0));
        var mw = _plains.Grid.At(start + 1800).LoadMw * zone.Share * own * (1 + MendedLoad.At(zone.Dice.Seed, day, now));
        var whole = (long)Math.Round(mw * 1000);
        var part = zone.HasNonConforming ? (long)(whole * (0.1 + (0.1 * zone.Dice.Unit(start)))) : 0;
        return (whole - part, part);
    }

    /// <summary>Mean load of an authority in an hour, hundredths of a MW.</summary>
    public long AuthorityLoad(string authority, long start) =>
        (long)Math.Round(_plains.Grid.At(start + 1800).LoadMw * Size(authority) * 100);

    public long LoadForecast(string authority, long start, long issued) =>
        (long)Math.Round(AuthorityLoad(authority, start) * (1 + Error(authority, start, issued, 0.01)));

    public long WindForecast(string authority, long start, long issued) => Math.Max(0, (long)Math.Round(
        _plains.Grid.At(start + 1800).WindMw * Size(authority) * (1 + Error(authority + "wind", start, issued, 0.06)) * 100));

    public long SolarForecast(string authority, long start, long issued) => Math.Max(0, (long)Math.Round(
        _plains.Grid.At(start + 1800).SolarMw * Size(authority) * (1 + Error(authority + "solar", start, issued, 0.04)) * 100));

    /// <summary>Generation of a fuel at an instant, tenths of a MW: offered to the market, and self-scheduled. Coal and gas take up what
    /// the others leave and what goes over the ties; wind is held back where that is too little for them.</summary>
    public (long Market, long Self) Generation(string authority, int fuel, long at)
    {
        var state = _plains.Grid.At(at);
        var left = state.NetLoadMw - 2_900 + (SppReadings.Ties(authority).Sum(tie => Flow(authority, tie, at)) / 100.0 / Size(authority));
        var rest = Math.Max(LeastThermalMw, left);
        var mw = Size(authority) * fuel switch
        {
            0 => rest * 0.45,
            1 => 5 + (4 * _dice.For(1).Smooth(at / 9000.0)),
            2 => 900 + (500 * _dice.For(2).Smooth(at / 20_000.0)),
            3 => rest * 0.55,
            4 => 1_950 + (20 * _dice.For(4).Smooth(at / 90_000.0)),
            5 => state.SolarMw,
            7 => state.WindMw - (rest - left),
            _ => 20 + (8 * _dice.For((ulong)fuel).Smooth(at / 30_000.0)),
        };
        var whole = (long)Math.Round(mw * 10);
        var self = (long)(whole * Fuels[fuel].SelfShare);
        return (whole - self, self);
    }

    /// <summary>Flow over a tie at an instant, hundredths of a MW.</summary>
    public long Flow(string authority, string neighbour, long at)
    {
        var own = _dice.For(authority).For(neighbour);
        var size = authority == SppGrid.West ? 0.1 : 1;
        return (long)Math.Round(((600 * own.Smooth(at / 10_800.0)) + (80 * own.Smooth((at / 600.0) + 4000))) * 100 * size);
    }

    private static double Size(string authority) => authority == SppGrid.West ? 0.09 : 0.91;

    /// <summary>The farther ahead, the worse.</summary>
    private double Error(string name, long start, long issued, double size)
    {
        var daysAhead = Math.Max(0, (start - issued) / 86_400.0);
        return size * (1 + (0.5 * daysAhead)) * _dice.For(name).For((ulong)(issued / HourSeconds)).Smooth(start / 21_600.0);
    }
}

/// <summary>A control zone.</summary>
internal sealed record SppZone(string Name, double Share, bool HasNonConforming, Dice Dice);

/// <summary>A fuel, the name of its self-scheduled column, and how much of it is self-scheduled.</summary>
internal sealed record SppFuel(string Name, string SelfColumn, double SelfShare);
