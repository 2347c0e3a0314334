using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>What the sandbox's ERCOT knows of reserves, buses and binding constraints.</summary>
internal sealed class ErcotMarkets
{
    /// <summary>When the day-ahead market and what belongs to it is shown.</summary>
    public static readonly Release DayAheadRelease = Release.DayBefore(13, 30);

    /// <summary>When the plan of reserves is shown.</summary>
    public static readonly Release PlanRelease = Release.DayBefore(6);

    private static readonly string[] Buses = ["ADAMSTP8", "BEARKT8", "CELANESE", "DOWGEN1", "ELGIN138", "FORMOSA4"];

    private readonly Grid _grid;
    private readonly Dice _dice;

    public ErcotMarkets(World world)
    {
        _grid = world.Texas;
        _dice = world.Dice.For("ercot markets");
        var buses = Enumerable.Range(0, world.Options.ErcotBuses)
            .Select(i => new Place(_dice, i < Buses.Length ? Buses[i] : $"BUS_{i:00000}", LocationType.Node)).ToList();
        DayAheadBuses = new PriceBook(
            new PriceMarket(_grid, _dice.For("day ahead"), 2, isRealTime: false), buses, 60, 1, DayAheadRelease, Corrections.None);
        DispatchBuses = new PriceBook(
            new PriceMarket(_grid, _dice.For("dispatch"), 2, isRealTime: true), buses, 5, 1,
            Release.AfterEnd(Duration.FromMinutes(-4)), Corrections.None);
    }

    /// <summary>Services in the order of the reports, with their price as a share of energy's and the MW that are planned.</summary>
    public static IReadOnlyList<(string Name, double Share, double Mw)> Services { get; } =
        [("ECRS", 0.12, 2100), ("NSPIN", 0.06, 3200), ("REGDN", 0.05, 450), ("REGUP", 0.09, 520), ("RRS", 0.08, 2900)];

    public static IReadOnlyList<(string Name, string Contingency, double LimitMw)> Constraints { get; } =
        [("PNHNDL", "BASE CASE", 2800), ("6056__A", "DBIGKEN5", 241.9), ("WESTEX/1", "DFERGRM8", 10_400)];

    public PriceBook DayAheadBuses { get; }

    public PriceBook DispatchBuses { get; }

    /// <summary>Price of a service, hundredths of USD/MW.</summary>
    /// <param name="market">Which of the markets: each has its own.</param>
    /// <param name="service">Number of the service.</param>
    /// <param name="start">When.</param>
    public long ReservePrice(string market, int service, long start)
    {
        var scarcity = Math.Max(0.1, _grid.At(start).NetLoadMw / _grid.Shape.BaseLoadMw);
        var own = _dice.For(market).For((ulong)service);
        return (long)Math.Round(4000 * Services[service].Share * scarcity * (1.1 + own.Smooth(start / 11_000.0)));
    }

    /// <summary>Planned reserve of a service, hundredths of a MW.</summary>
    public long Planned(int service, long start) =>
        (long)Math.Round(100 * Services[service].Mw * (1 + (0.2 * _dice.For("plan").For((ulong)service).Smooth(start / 20_000.0))));

    /// <summary>Shadow price in hundredths, limit, flow and violation in hundredths of a MW; null where the constraint does not
    /// bind.</summary>
    /// <param name="market">Which of the markets.</param>
    /// <param name="constraint">Number of the constraint.</param>
    /// <param name="start">When.</param>
    public (long Price, long Limit, long Flow, long Violation)? Binding(string market, int constraint, long start)
    {
        var tightness = _dice.For(market).For((ulong)(constraint + 20)).Smooth(start / 14_000.0);
        var limit = (long)(100 * Constraints[constraint].LimitMw);
        return tightness < -0.2 ? null
            : ((long)(4000 * (tightness + 0.21)), limit, limit + (tightness > 0.8 ? 500 : 0), tightness > 0.8 ? 500 : 0);
    }

    /// <summary>Demand of all of Texas for 15 minutes, hundredths of a MW.</summary>
    public long Demand(long start) => (long)Math.Round(_grid.At(start + 450).LoadMw) * 100;

    /// <summary>Starts of a day's intervals that a release shows.</summary>
    public static IEnumerable<long> Shown(Release release, OperatingDay day, Instant now, int seconds)
    {
        var until = Math.Min(day.End.ToUnixTimeSeconds(), release.VisibleUntil(day, now));
        for (var start = day.Start.ToUnixTimeSeconds(); start + seconds <= until; start += seconds)
        {
            yield return start;
        }
    }
}
