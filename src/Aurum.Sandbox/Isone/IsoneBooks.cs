using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>What the sandbox's ISO New England knows of prices, loads and flows, in whole units of the last decimal that it
/// prints.</summary>
internal sealed class IsoneBooks
{
    public const int HourSeconds = 3600;
    public const int FiveMinutes = 300;

    /// <summary>Five-minute values and readings are shown so long after their end.</summary>
    private const int DelaySeconds = 300;

    /// <summary>An hour's load is shown so long after its end.</summary>
    private const int HourDelaySeconds = 900;

    private readonly Grid _grid;
    private readonly Dice _dice;
    private readonly Corrections _mendedLoad;
    private readonly Corrections _mendedDemand;

    public IsoneBooks(World world)
    {
        _dice = world.Dice.For("isone");
        _grid = new Grid(_dice, IsoneGrid.Shape);
        var places = IsoneGrid.Places(_dice, world.Options.IsoneNodes);
        var dayAhead = new PriceMarket(_grid, _dice.For("day ahead"), 2, isRealTime: false);
        var realTime = new PriceMarket(_grid, _dice.For("real time"), 2, isRealTime: true);
        var final = new Corrections(_dice.For("final prices"), 0.3, 3, FinalAskedAt);
        DayAhead = new PriceBook(
            dayAhead, places, 60, 1, Release.DayBefore(13), new Corrections(_dice.For("day ahead corrections"), 0.03, 3));
        Hourly = new PriceBook(realTime, places, 60, 12, Release.AfterEnd(Duration.FromSeconds(HourDelaySeconds)), final);
        RealTime = new PriceBook(realTime, places, 5, 1, Release.AfterEnd(Duration.FromSeconds(DelaySeconds)), final);
        _mendedLoad = new Corrections(_dice.For("load corrections"), 0.2, 0.01);
        _mendedDemand = new Corrections(_dice.For("demand corrections"), 0.1, 0.01);
    }

    public PriceBook DayAhead { get; }

    /// <summary>Real-time prices of hours: preliminary, and final ones from <see cref="FinalAskedAt"/> on.</summary>
    public PriceBook Hourly { get; }

    /// <summary>The same of 5 minutes.</summary>
    public PriceBook RealTime { get; }

    /// <summary>When the final prices of a day are out under their own path.</summary>
    public static Instant FinalAt(OperatingDay day) => day.End + Duration.FromHours((4 * 24) + 18);

    /// <summary>When whoever keeps to the publisher's promise of five days asks for final prices in place of preliminary
    /// ones.</summary>
    public static Instant FinalAskedAt(OperatingDay day) => day.End + Duration.FromDays(5);

    /// <summary>Real-time demand of a day appears as a whole, two hours after a day of 24.</summary>
    public static bool HasDemand(OperatingDay day, Instant now) => now >= day.Start + Duration.FromHours(26);

    /// <summary>Starts of the intervals of a day that are shown at an instant.</summary>
    public static IEnumerable<long> Starts(OperatingDay day, int seconds, Instant now)
    {
        var last = Math.Min(
            day.End.ToUnixTimeSeconds(), now.ToUnixTimeSeconds() - (seconds == HourSeconds ? HourDelaySeconds : DelaySeconds));
        for (var start = day.Start.ToUnixTimeSeconds(); start + seconds <= last; start += seconds)
        {
            yield return start;
        }
    }

    /// <summary>Starts of all hours of a day.</summary>
    public static IEnumerable<long> Hours(OperatingDay day) => Starts(day, HourSeconds, Instant.MaxValue);

    public IReadOnlyList<Instant> LoadMoments(OperatingDay day) => _mendedLoad.Moments(_dice.Seed, day);

    public IReadOnlyList<Instant> DemandMoments(IsoneZone zone, OperatingDay day) => _mendedDemand.Moments(Key(zone), day);

    /// <summary>Load of an interval, thousandths of a MW, with what storage takes.</summary>
    public (long Load, long Storage) Load(long start, int seconds, OperatingDay day, Instant now)
    {
        var mended = 1 + _mendedLoad.At(_dice.Seed, day, now);
        var storage = 400_000 * _dice.For("storage").Unit(start / 1800);
        return ((long)Math.Round(LoadMw(start, seconds) * mended * 1000), (long)storage);
    }

    /// <summary>Demand of a zone as cleared day-ahead, tenths of a MW.</summary>
    public long ClearedDemand(IsoneZone zone, long start)
    {
        var error = 0.03 * _dice.For("cleared").For(zone.Name).Smooth(start / 14_400.0);
        return (long)Math.Round(ZoneMw(zone, start) * (1 + error) * 10);
    }

    /// <summary>Demand of a zone as metered, thousandths of a MW.</summary>
    public long Demand(IsoneZone zone, long start, OperatingDay day, Instant now) =>
        (long)Math.Round(ZoneMw(zone, start) * (1 + _mendedDemand.At(Key(zone), day, now)) * 1000);

    /// <summary>Load forecast of the system, tens of MW: the farther ahead, the worse.</summary>
    public long LoadForecast(long start, long created) =>
        (long)Math.Round(LoadMw(start, HourSeconds) * Guess("load", start, created) / 10);

    /// <summary>Load forecast of a region, thousandths of a MW.</summary>
    public long LoadForecast(IsoneZone region, long start, long created) =>
        (long)Math.Round(ZoneMw(region, start) * Guess(region.Name, start, created) * 1000);

    /// <summary>Forecast of sun or wind, whole MW.</summary>
    public long RenewableForecast(bool isWind, long start, long created)
    {
        var state = _grid.At(start + 1800);
        return (long)Math.Round(isWind
            ? state.WindMw * Guess("wind", start, created)
            : state.SolarMw * Guess("sun", start, created));
    }

    /// <summary>Highest load of a day's hours, tens of MW, as expected at an instant.</summary>
    public long Peak(OperatingDay day, long created) => Hours(day).Max(start => LoadForecast(start, created));

    /// <summary>Flow over a border, thousandths of a MW, and its schedule in whole MW; negative into New England.</summary>
    public (long Actual, long Scheduled) Flow(IsoneBorder border, long start)
    {
        var own = _dice.For("flow").For(border.Name);
        var middle = (border.ExportMw - border.ImportMw) / 2.0;
        var half = (border.ExportMw + border.ImportMw) / 2.0;
        var scheduled = (long)Math.Round(middle + (0.9 * half * own.Smooth(start / HourSeconds / 7.0)));
        return ((scheduled * 1000) + (long)Math.Round(20_000 * own.Smooth((start / 900.0) + 50_000)), scheduled);
    }

    /// <summary>The instants of a day at which generation by fuel is read: in most stretches of seven minutes, at odd seconds; shown a
    /// few minutes later.</summary>
    public IEnumerable<long> FuelReadings(OperatingDay day, Instant now)
    {
        const int Stretch = 420;
        var dice = _dice.For("readings");
        var end = Math.Min(day.End.ToUnixTimeSeconds(), now.ToUnixTimeSeconds() - DelaySeconds);
        for (var from = day.Start.ToUnixTimeSeconds() / Stretch * Stretch; from < end; from += Stretch)
        {
            var at = from + dice.Below(from, Stretch);
            if (at >= day.Start.ToUnixTimeSeconds() && at < end && dice.Unit(from + 1) < 0.9)
            {
                yield return at;
            }
        }
    }

    /// <summary>Generation by fuel at an instant, whole MW, without the fuels that make nothing. Gas makes what is left.</summary>
    public IReadOnlyList<(IsoneFuel Fuel, long Mw)> Generation(long at)
    {
        var state = _grid.At(at);
        var parts = IsoneFuel.All.Select(f => (Fuel: f, Mw: (long)Math.Round(f.Name switch
        {
            "Natural Gas" => 0,
            "Solar" => state.SolarMw,
            "Wind" => state.WindMw,
            _ => f.Mw * Math.Max(0, f.Base + (f.Swing * _dice.For(f.Name).Smooth(at / 15_000.0))),
        }))).ToArray();
        var gas = Math.Max(500, (long)Math.Round(state.LoadMw * 0.85) - parts.Sum(p => p.Mw));
        return [.. parts.Select(p => p.Fuel.Name == "Natural Gas" ? (p.Fuel, Mw: gas) : p).Where(p => p.Mw > 0)];
    }

    /// <summary>A quantity of the daily reports that nothing else depends on, whole MW.</summary>
    public long Quantity(string name, int mw, OperatingDay day) =>
        (long)Math.Round(mw * (1 + (0.1 * _dice.For("quantity").For(name).Smooth(day.Date.DaysSinceEpoch() / 9.0))));

    private ulong Key(IsoneZone zone) => _dice.For(zone.Name).Seed;

    private double LoadMw(long start, int seconds) => _grid.At(start + (seconds / 2)).LoadMw;

    private double ZoneMw(IsoneZone zone, long start) =>
        LoadMw(start, HourSeconds) * zone.Share * (1 + (0.03 * _dice.For("zone").For(zone.Name).Smooth(start / 10_800.0)));

    /// <summary>What a forecast is off by, as a factor.</summary>
    private double Guess(string name, long start, long created)
    {
        var days = Math.Max(0, start - created) / 86_400.0;
        return 1 + ((0.008 + (0.01 * days)) * _dice.For("guess").For(name).For((ulong)created).Smooth(start / 20_000.0));
    }
}

/// <summary>A fuel as the publisher names it, with the group that it rolls it up to, its size and how it runs.</summary>
internal sealed record IsoneFuel(string Name, string Group, int Mw, double Base, double Swing)
{
    /// <summary>In the order of a reading.</summary>
    public static IReadOnlyList<IsoneFuel> All { get; } =
    [
        new("Coal", "Coal", 400, -0.3, 0.9), new("Hydro", "Hydro", 1_400, 0.5, 0.4), new("Natural Gas", "Natural Gas", 0, 0, 0),
        new("Nuclear", "Nuclear", 3_350, 0.9, 0.1), new("Oil", "Oil", 900, -0.5, 0.8), new("Other", "Other", 60, 0.4, 0.6),
        new("Landfill Gas", "Renewables", 30, 0.8, 0.2), new("Refuse", "Renewables", 340, 0.9, 0.1),
        new("Solar", "Renewables", 0, 0, 0), new("Wind", "Renewables", 0, 0, 0), new("Wood", "Renewables", 280, 0.7, 0.2),
    ];
}
