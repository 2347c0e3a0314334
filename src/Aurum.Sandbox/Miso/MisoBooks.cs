using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Miso;

/// <summary>Everything that the sandbox's MISO knows: prices, loads, fuels, wind and sun, when they appear and what is mended.</summary>
internal sealed class MisoBooks
{
    private readonly Grid _grid;
    private readonly Dice _dice;

    public MisoBooks(World world)
    {
        _dice = world.Dice.For("miso");
        _grid = new Grid(_dice, MisoGrid.Shape);
        var dayAhead = new PriceMarket(_grid, _dice.For("day ahead"), 2, isRealTime: false);
        var exAnte = new PriceMarket(_grid, _dice.For("ex-ante"), 2, isRealTime: false);
        var realTime = new PriceMarket(_grid, _dice.For("real time"), 2, isRealTime: true);
        var reported = MisoGrid.ReportPlaces(_dice, world.Options.MisoNodes);
        var shown = MisoGrid.ShownPlaces(_dice, world.Options.MisoNodes);
        var mended = new Corrections(_dice.For("day ahead corrections"), 0.02, 4);
        var final = new Corrections(_dice.For("final prices"), 0.4, 3, FinalAt);
        var atOne = Release.DayBefore(13);
        var atTwo = Release.DayBefore(14);
        var nextMorning = Release.DaysBefore(-1, 3, 30);
        DayAhead = new PriceBook(dayAhead, reported, 60, 1, atOne, mended);
        DayAheadExAnte = new PriceBook(exAnte, reported, 60, 1, atOne, Corrections.None);
        Hourly = new PriceBook(realTime, reported, 60, 12, nextMorning, final);
        FiveMinutes = new PriceBook(realTime, shown, 5, 1, Release.AfterEnd(Duration.FromMinutes(1)), Corrections.None);
        ShownHourly = new PriceBook(realTime, shown, 60, 12, Release.AfterEnd(Duration.FromMinutes(1)), Corrections.None);
        ShownExAnte = new PriceBook(exAnte, shown, 60, 1, atOne, Corrections.None);
        ShownDayAhead = new PriceBook(dayAhead, shown, 60, 1, atOne, Corrections.None);
        ExchangeDayAhead = new PriceBook(dayAhead, shown, 60, 1, atTwo, mended);
        ExchangeRealTime = new PriceBook(realTime, shown, 5, 1, nextMorning, final);
    }

    public PriceBook DayAhead { get; }

    public PriceBook DayAheadExAnte { get; }

    /// <summary>Preliminary, and from <see cref="FinalAt"/> on final.</summary>
    public PriceBook Hourly { get; }

    public PriceBook FiveMinutes { get; }

    public PriceBook ShownHourly { get; }

    public PriceBook ShownExAnte { get; }

    public PriceBook ShownDayAhead { get; }

    public PriceBook ExchangeDayAhead { get; }

    public PriceBook ExchangeRealTime { get; }

    /// <summary>The categories in the order of the newest interval's answer.</summary>
    public static IReadOnlyList<string> Fuels { get; } =
        ["Coal", "Natural Gas", "Nuclear", "Wind", "Solar", "Battery Storage", "Other", "Imports"];

    /// <summary>Reserve products of the Data Exchange.</summary>
    public static IReadOnlyList<string> Products { get; } = ["Regulation", "Spin", "Supplemental", "STR", "Ramp-up", "Ramp-down"];

    /// <summary>When the final prices of a day are out: on the evening of the fifth day after it.</summary>
    public static Instant FinalAt(OperatingDay day) => day.End + Duration.FromHours((4 * 24) + 18);

    /// <summary>Load of five minutes, whole MW.</summary>
    public long Load(long at) => (long)Math.Round(_grid.At(at + 150).LoadMw);

    /// <summary>Load forecast of an hour as made in another, whole MW: the farther, the worse.</summary>
    public long LoadForecast(long hour, long made)
    {
        var own = _dice.For("load forecast").For((ulong)made);
        var error = 0.004 * (1 + Math.Max(0, (hour - made) / 14_400.0)) * own.Smooth(hour / 21_600.0);
        return (long)Math.Round(_grid.At(hour + 1800).LoadMw * (1 + error));
    }

    /// <summary>Load cleared in the day-ahead market, whole MW.</summary>
    public long ClearedLoad(long hour) =>
        (long)Math.Round(_grid.At(hour + 1800).LoadMw * (1 + (0.02 * _dice.For("cleared").Smooth(hour / 18_000.0))));

    /// <summary>Wind or sun of an hour as metered, hundredths of a MW. At night the sun takes some.</summary>
    public long Metered(bool isWind, long hour)
    {
        var state = _grid.At(hour + 1800);
        return isWind ? (long)Math.Round(state.WindMw * 100)
            : state.SolarMw > 0 ? (long)Math.Round(state.SolarMw * 100)
            : -4900 - _dice.For("night").Below(hour / 3600, 120);
    }

    /// <summary>Wind or sun of an hour as forecast in another, whole MW.</summary>
    public long Forecast(bool isWind, long hour, long made)
    {
        var state = _grid.At(hour + 1800);
        var own = _dice.For(isWind ? "wind" : "sun").For((ulong)made);
        var error = 0.06 * (1 + ((hour - made) / 86_400.0)) * own.Smooth(hour / 14_400.0);
        return (long)Math.Round((isWind ? state.WindMw : state.SolarMw) * Math.Max(0, 1 + error));
    }

    /// <summary>Generation of a category in five minutes, whole MW. Coal and gas take up what the others leave.</summary>
    public long Generation(string fuel, long at)
    {
        var state = _grid.At(at + 150);
        var nuclear = 10_300 + (400 * _dice.For("nuclear").Smooth(at / 200_000.0));
        var imports = 1_800 + (2_400 * _dice.For("imports").Smooth(at / 18_000.0));
        var rest = Math.Max(9_000, state.LoadMw - nuclear - imports - state.WindMw - state.SolarMw - 1_200);
        return (long)Math.Round(fuel switch
        {
            "Coal" => rest * 0.44,
            "Natural Gas" => rest * 0.56,
            "Nuclear" => nuclear,
            "Wind" => state.WindMw,
            "Solar" => state.SolarMw,
            "Battery Storage" => 300 * _dice.For("storage").Smooth(at / 7_200.0),
            "Other" => 1_200 + (900 * _dice.For("other").Smooth(at / 40_000.0)),
            _ => imports,
        });
    }

    /// <summary>Price of a reserve product in an interval, hundredths of a USD; the same in all eight zones but for the last.</summary>
    public long Reserve(string product, int zone, long at) =>
        (long)Math.Round(100 * (8 + (7 * _dice.For(product).Smooth(at / 14_400.0)) + (zone == 8 ? 1.25 : 0)));
}
