using System.Text.Json;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Scenarios;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Scenarios;

/// <summary>Small curves, references and stacks, and drivers as users write them.</summary>
internal static class ScenarioRig
{
    public static readonly LocalDate AsOf = new(2026, 9, 15);

    public static ScenarioCurve Power(
        Func<int, double>? price = null, int months = 40, Block block = Block.AllHours, string location = "North",
        YearMonth? first = null)
    {
        var identity = new CurveIdentity(AssetClass.Power, "ERCOT", "US", location, null, "power", BlockNames.Text(block), null);
        return Curve(identity, block, "USD/MWh", price ?? (static _ => 50), months, first ?? new YearMonth(2026, 10));
    }

    public static ScenarioCurve Gas(Func<int, double>? price = null, int months = 40)
    {
        var identity = new CurveIdentity(AssetClass.Gas, null, "US", "Henry Hub", null, "gas", null, null);
        return Curve(identity, Block.AllHours, "USD/MMBtu", price ?? (static _ => 4), months, new YearMonth(2026, 10));
    }

    public static ScenarioCurve Curve(
        CurveIdentity identity, Block block, string unit, Func<int, double> price, int months, YearMonth first)
    {
        var calendar = new DeliveryCalendar(PeakCalendars.Shipped["ercot"], block);
        ScenarioMonth[] list =
        [
            .. Enumerable.Range(0, months).Select(i => first.PlusMonths(i))
                .Select((m, i) => new ScenarioMonth(m, calendar.HoursOf(m), price(i))),
        ];
        return new ScenarioCurve
        {
            Name = $"{identity}",
            Identity = identity,
            AsOf = AsOf,
            Unit = PriceUnits.Parse(unit).Value,
            Calendar = calendar,
            Months = list,
            Strips = ScenarioCurve.WholeStrips(list),
        };
    }

    public static ReferenceCurve Reference(string name, string unit, Func<int, double> price, int months = 40, string? key = null) => new(
        name, key, AsOf, PriceUnits.Parse(unit).Value!,
        [.. Enumerable.Range(0, months).Select(i => new ReferencePrice(new YearMonth(2026, 10).PlusMonths(i), price(i)))]);

    public static ScenarioInputs Inputs(params ScenarioCurve[] curves) => new()
    {
        Curves = curves.Length == 0 ? [Power()] : curves,
        References = [Reference("henry_hub", "USD/MMBtu", static _ => 4), Reference("eua", "USD/tonne", static _ => 60)],
        Grid = GridAssumptions.Default with { SystemLoadMw = 50_000 },
    };

    /// <summary>Drivers from a list of assumptions.</summary>
    public static IReadOnlyList<Driver> Drivers(string assumptions)
    {
        using var json = JsonDocument.Parse(assumptions);
        return DriverReader.Read(json.RootElement);
    }

    public static ScenarioResult Run(string assumptions, ScenarioInputs? inputs = null) =>
        ScenarioEngine.Run(Drivers(assumptions), inputs ?? Inputs(), null, CancellationToken.None);

    /// <summary>What one driver does to the first curve, by month.</summary>
    public static decimal[] Deltas(string assumption, ScenarioInputs? inputs = null) =>
        [.. Run($"[{assumption}]", inputs).Curves[0].Months.Select(static m => m.Attribution[0].Delta)];

    /// <summary>An hour of every residual load from 20,000 to 59,980 MW, with a price that bends at 45,000 MW.</summary>
    public static SupplyStack Stack(string? region = null)
    {
        StackHour[] hours =
        [
            .. Enumerable.Range(0, 2_000).Select(static i => (Load: 20_000 + (20.0 * i), i)).Select(static h => new StackHour(
                (h.i % 12) + 1, h.i % 2 == 0, h.Load, h.Load + 10_000, 20 + (0.0005 * (h.Load - 20_000)) + Bend(h.Load))),
        ];
        return SupplyStack.Fit(hours, region, "a made-up system").Value!;
    }

    private static double Bend(double load) => load > 45_000 ? 0.004 * (load - 45_000) : 0;
}
