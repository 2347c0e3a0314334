using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Nyiso;

/// <summary>Everything that the sandbox's NYISO knows: prices, loads, fuels and flows, when they appear and what is mended.</summary>
internal sealed class NyisoBooks
{
    /// <summary>Zones with load, their share of New York's load, and their number.</summary>
    private static readonly (string Name, string ForecastName, string Ptid, double Share)[] LoadZones =
    [
        ("CAPITL", "Capitl", "61757", 0.077), ("CENTRL", "Centrl", "61754", 0.100), ("DUNWOD", "Dunwod", "61760", 0.038),
        ("GENESE", "Genese", "61753", 0.062), ("HUD VL", "Hud Vl", "61758", 0.064), ("LONGIL", "Longil", "61762", 0.125),
        ("MHK VL", "Mhk Vl", "61756", 0.047), ("MILLWD", "Millwd", "61759", 0.018), ("N.Y.C.", "N.Y.C.", "61761", 0.338),
        ("NORTH", "North", "61755", 0.035), ("WEST", "West", "61752", 0.096),
    ];

    private static readonly (string Name, string Point, double Mw, int Positive, int Negative)[] Interfaces =
    [
        ("CENTRAL EAST - VC", "23330", 2100, 2175, -9999), ("DYSINGER EAST", "23326", 950, 1500, -9999),
        ("MOSES SOUTH", "23319", 1850, 2850, -1600),
        ("SCH - HQ - NY", "23324", 1100, 1200, -500), ("SCH - HQ_CEDARS", "325274", 60, 120, -100),
        ("SCH - HQ_IMPORT_EXPORT", "325376", 1000, 1310, -9999),
        ("SCH - NE - NY", "23318", -900, 1400, -1600), ("SCH - NPX_1385", "325277", 90, 200, -200),
        ("SCH - NPX_CSC", "325154", 0, 330, -330),
        ("SCH - OH - NY", "23317", 1000, 1750, -1700), ("SCH - PJ - NY", "23316", -150, 1950, -1350),
        ("SCH - PJM_HTP", "325905", 10, 660, -660),
        ("SCH - PJM_NEPTUNE", "325305", 560, 660, -660), ("SCH - PJM_VFT", "325658", 60, 315, -315),
        ("SPR/DUN-SOUTH", "23320", 2400, 4600, -9999),
        ("TOTAL EAST", "23314", 4100, 6800, -9999), ("UPNY CONED", "23315", 1600, 5700, -9999), ("WEST CENTRAL", "23312", 700, 9999, -9999),
    ];

    private readonly Grid _grid;
    private readonly Dice _dice;

    public NyisoBooks(World world)
    {
        _grid = world.NewYork;
        _dice = world.Dice.For("nyiso books");
        var dayAhead = new PriceMarket(_grid, _dice.For("day ahead"), 2, isRealTime: false);
        var realTime = new PriceMarket(_grid, _dice.For("real time"), 2, isRealTime: true);
        var atEleven = Release.DayBefore(11);
        var minuteLater = Release.AfterEnd(Duration.FromMinutes(1));
        var quarterLater = Release.AfterEnd(Duration.FromMinutes(15));
        var mendedDayAhead = new Corrections(_dice.For("day ahead corrections"), 0.03, 4);
        var mendedRealTime = new Corrections(_dice.For("real time corrections"), 0.06, 8);
        // Ten minutes: the hourly means, a quarter of an hour after each hour, are of checked prices.
        var checks = world.Options.HasPriceChecks ? new PriceChecks(_dice.For("price checks"), 8, delayMinutes: 10) : null;
        DayAheadZone = new PriceBook(dayAhead, world.NyisoZones, 60, 1, atEleven, mendedDayAhead);
        DayAheadGenerator = new PriceBook(dayAhead, world.NyisoGenerators, 60, 1, atEleven, mendedDayAhead);
        RealTimeZone = new PriceBook(realTime, world.NyisoZones, 5, 1, minuteLater, mendedRealTime, checks);
        RealTimeGenerator = new PriceBook(realTime, world.NyisoGenerators, 5, 1, minuteLater, mendedRealTime, checks);
        HourlyZone = new PriceBook(realTime, world.NyisoZones, 60, 12, quarterLater, mendedRealTime);
        HourlyGenerator = new PriceBook(realTime, world.NyisoGenerators, 60, 12, quarterLater, mendedRealTime);
        MendedLoad = new Corrections(_dice.For("load corrections"), 0.05, 0.01);
        Zones = [.. LoadZones.Select(z => new NyisoArea(z.Name, z.ForecastName, z.Ptid, z.Share, _dice.For(z.Name)))];
        DayAheadReserves = new NyisoReserves(Zones, _dice.For("day-ahead reserves"), isRealTime: false);
        RealTimeReserves = new NyisoReserves(Zones, _dice.For("real-time reserves"), isRealTime: true);
        Rooftops = new NyisoRooftops(_grid, Zones, _dice.For("rooftops"), isForecast: false);
        RooftopForecast = new NyisoRooftops(_grid, Zones, _dice.For("rooftop forecast"), isForecast: true);
        Borders = [.. Interfaces.Select(i => new NyisoBorder(i.Name, i.Point, i.Mw, i.Positive, i.Negative, _dice.For(i.Name)))];
    }

    public PriceBook DayAheadZone { get; }

    public PriceBook DayAheadGenerator { get; }

    public PriceBook RealTimeZone { get; }

    public PriceBook RealTimeGenerator { get; }

    public PriceBook HourlyZone { get; }

    public PriceBook HourlyGenerator { get; }

    public NyisoReserves DayAheadReserves { get; }

    public NyisoReserves RealTimeReserves { get; }

    public NyisoRooftops Rooftops { get; }

    public NyisoRooftops RooftopForecast { get; }

    public Corrections MendedLoad { get; }

    public IReadOnlyList<NyisoArea> Zones { get; }

    public IReadOnlyList<NyisoBorder> Borders { get; }

    /// <summary>The fuels in the order of the file.</summary>
    public static IReadOnlyList<string> Fuels { get; } =
        ["Dual Fuel", "Natural Gas", "Nuclear", "Other Fossil Fuels", "Other Renewables", "Wind", "Hydro"];

    /// <summary>Load of a zone at an instant, ten-thousandths of a MW.</summary>
    public long Load(NyisoArea area, long at, OperatingDay day, Instant now)
    {
        var own = 1 + (0.02 * area.Dice.Smooth(at / 7200.0));
        var mw = _grid.At(at).LoadMw * area.Share * own * (1 + MendedLoad.At(area.Dice.Seed, day, now));
        return (long)Math.Round(mw * 10_000);
    }

    /// <summary>Mean load of an hour, ten-thousandths of a MW.</summary>
    public long HourlyLoad(NyisoArea area, long start, OperatingDay day, Instant now)
    {
        var sum = 0L;
        for (var i = 0; i < 12; i++)
        {
            sum += Load(area, start + (300 * i), day, now);
        }

        return sum / 12;
    }

    /// <summary>Load forecast of a zone for an hour, whole MW, as made on a day: the farther, the worse.</summary>
    public long Forecast(NyisoArea area, long start, LocalDate issued)
    {
        var daysAhead = Math.Max(0, (start / 86_400.0) - issued.DaysSinceEpoch());
        var error = 0.012 * (1 + (0.5 * daysAhead)) * area.Dice.For((ulong)issued.DaysSinceEpoch()).Smooth(start / 21_600.0);
        return (long)Math.Round(_grid.At(start + 1800).LoadMw * area.Share * (1 + error));
    }

    /// <summary>When the forecast file of a day appears: a quarter to eight on that day.</summary>
    public static Instant ForecastAt(OperatingDay day) => (day.Date + new LocalTime(7, 45)).InZoneLeniently(day.Zone).ToInstant();

    /// <summary>What New York takes in over its borders, MW. One interface repeats another.</summary>
    public double Imports(long at)
    {
        var sum = 0L;
        foreach (var border in Borders)
        {
            if (border.Name.StartsWith("SCH - ", StringComparison.Ordinal) && border.Name != "SCH - HQ_IMPORT_EXPORT")
            {
                sum += border.Flow(at);
            }
        }

        return sum / 100.0;
    }

    /// <summary>Generation of a fuel at an instant, whole MW. Gas and dual fuel take up what the others and the imports
    /// leave.</summary>
    public long Generation(string fuel, long at)
    {
        var state = _grid.At(at);
        var nuclear = 3_250 + (40 * _dice.Smooth(at / 90_000.0));
        var hydro = 2_900 + (700 * _dice.For(1).Smooth(at / 20_000.0));
        var rest = Math.Max(400, state.LoadMw - nuclear - hydro - state.WindMw - 330 - Imports(at));
        return (long)Math.Round(fuel switch
        {
            "Dual Fuel" => rest * 0.42,
            "Natural Gas" => rest * 0.58,
            "Nuclear" => nuclear,
            "Other Fossil Fuels" => 20 + (20 * _dice.For(2).Unit(at / 3600)),
            "Other Renewables" => 290 + (20 * _dice.For(3).Smooth(at / 30_000.0)),
            "Wind" => state.WindMw,
            _ => hydro,
        });
    }

    /// <summary>Readings at an instant: every five minutes, and one more at an odd time (in seconds) on most days.</summary>
    /// <param name="day">Which day.</param>
    /// <param name="isEnd">Whether stamps run from 00:05 to 00:00 of the next day; else from 00:00 to 23:55.</param>
    /// <param name="now">Readings after this instant are not there yet.</param>
    public IEnumerable<long> Readings(OperatingDay day, bool isEnd, Instant now)
    {
        var odd = day.Start.ToUnixTimeSeconds() + (300 * _dice.Below(day.Date.DaysSinceEpoch(), 270)) + (isEnd ? 154 : 120);
        var first = day.Start.ToUnixTimeSeconds() + (isEnd ? 300 : 0);
        var last = Math.Min(day.End.ToUnixTimeSeconds() - (isEnd ? 0 : 300), now.ToUnixTimeSeconds());
        for (var at = first; at <= last; at += 300)
        {
            if (odd > at - 300 && odd < at && _dice.Unit(day.Date.DaysSinceEpoch()) < 0.7)
            {
                yield return odd;
            }

            yield return at;
        }
    }
}

/// <summary>A load zone.</summary>
internal sealed record NyisoArea(string Name, string ForecastName, string Ptid, double Share, Dice Dice);

/// <summary>An interface between areas: its flow hovers around a mean, inside its limits. 9999 and -9999 are no limit.</summary>
internal sealed record NyisoBorder(string Name, string Point, double MeanMw, int PositiveMw, int NegativeMw, Dice Dice)
{
    /// <summary>Hundredths of a MW.</summary>
    public long Flow(long at)
    {
        var swing = Math.Min(400, 0.3 * Math.Min(Math.Abs(PositiveMw), Math.Abs(NegativeMw)));
        var mw = MeanMw + (swing * Dice.Smooth(at / 10_800.0)) + (0.1 * swing * Dice.Smooth((at / 600.0) + 4000));
        return (long)Math.Round(Math.Clamp(mw, NegativeMw, PositiveMw) * 100);
    }
}
