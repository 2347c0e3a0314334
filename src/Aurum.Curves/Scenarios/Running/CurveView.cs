using Aurum.Curves.Building.Units;
using Aurum.Curves.Scenarios.Grid;
using NodaTime;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>A curve with all that drivers ask about it, in its own currency and unit, by place of the month.</summary>
internal sealed class CurveView
{
    private readonly Dictionary<(string Name, ReferenceKind Kind), double[]> _references = [];

    private readonly HashSet<string> _own;

    public CurveView(ScenarioCurve curve, ScenarioInputs inputs, PeakShares shares)
    {
        Curve = curve;
        Inputs = inputs;
        _own = inputs.References.Where(r => r.CurveKey == curve.CurveKey).Select(static r => r.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Months = [.. curve.Months.Select(static m => m.Month)];
        Prices = [.. curve.Months.Select(static m => m.Price)];
        OnPeakShares = [.. curve.Months.Select(m => shares.Of(curve.Calendar, m.Month))];
        Stack = inputs.SupplyStacks.FirstOrDefault(s => s.Region is not { } region || DriverScope.IsIn(curve.Identity, region));
        PerMwh = FactorFrom("MWh");
        PerMmbtu = FactorFrom("MMBtu");
        PerTonne = FactorFrom("tonne");
    }

    public ScenarioCurve Curve { get; }

    public ScenarioInputs Inputs { get; }

    public YearMonth[] Months { get; }

    public double[] Prices { get; }

    public double[] OnPeakShares { get; }

    /// <summary>The supply stack of its region; null where there is none.</summary>
    public SupplyStack? Stack { get; }

    /// <summary>An amount of its currency per MWh times this is in its unit; 1 where it has no unit, NaN where that cannot be
    /// said.</summary>
    public double PerMwh { get; }

    /// <summary>The same for an amount per MMBtu.</summary>
    public double PerMmbtu { get; }

    /// <summary>The same for an amount per tonne.</summary>
    public double PerTonne { get; }

    public GridAssumptions Grid => Inputs.Grid;

    /// <summary>What was said about it on the way, for people.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Prices of a reference by place of the month; it was found before.</summary>
    public double[] Reference(string name, ReferenceKind kind) => _references[(name, kind)];

    /// <summary>Whether a name means this curve itself: its own name or key, or a reference of its key.</summary>
    public bool IsCalled(string name) => string.Equals(name, Curve.Name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, Curve.CurveKey, StringComparison.Ordinal)
        || _own.Contains(name);

    /// <summary>Finds a reference and brings it into this curve's currency and the unit of its kind.</summary>
    public void Find(ReferenceNeed need, DriverCheck check)
    {
        if (_references.ContainsKey((need.Name, need.Kind)))
        {
            return;
        }

        if (Inputs.References.FirstOrDefault(r => r.IsCalled(need.Name)) is not { } reference)
        {
            var names = Inputs.References.Select(static r => r.Name);
            var known = Inputs.References.Count == 0 ? "none is given" : string.Join(", ", names);
            check.Refuse(need.Path, $"a reference that the run has ({known})", need.Name);
            return;
        }

        var unit = UnitOf(need.Kind);
        if (unit.Refusal is { } noUnit)
        {
            check.Refuse(need.Path, $"a unit of curve {Curve.Name} to bring the reference into", noUnit.Message);
            return;
        }

        var conversion = PriceConversion.Between(reference.Unit, unit.Value!, reference.AsOf, Inputs.Rates, Inputs.Contents);
        if (conversion.Value is not { } factor)
        {
            var found = $"{reference.Unit}: {conversion.Refusal!.Message}";
            check.Refuse(need.Path, $"a reference that can be brought into {unit.Value}", found);
            return;
        }

        _references[(need.Name, need.Kind)] = [.. Months.Select(m => factor.Apply(PriceOf(reference, m)))];
        NoteReach(reference);
    }

    private void NoteReach(ReferenceCurve reference)
    {
        var (first, last) = (reference.Months[0].Month, reference.Months[^1].Month);
        if (Months.Length > 0 && (Months[0].CompareTo(first) < 0 || Months[^1].CompareTo(last) > 0))
        {
            Notes.Add($"reference {reference.Name} has prices from {first:uuuu-MM} to {last:uuuu-MM}; "
                + "months outside take its nearest one");
        }
    }

    private static double PriceOf(ReferenceCurve reference, YearMonth month)
    {
        var (before, months) = (reference.Months[0], reference.Months);
        foreach (var point in months)
        {
            if (point.Month.CompareTo(month) >= 0)
            {
                var gap = Distance(before.Month, point.Month);
                return gap <= 0 || point.Month.CompareTo(month) == 0
                    ? point.Price
                    : before.Price + ((point.Price - before.Price) * Math.Max(0, Distance(before.Month, month)) / gap);
            }

            before = point;
        }

        return before.Price;
    }

    private static double Distance(YearMonth from, YearMonth to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    private Building.Built<PriceUnit> UnitOf(ReferenceKind kind) => Curve.Unit is not { } unit
        ? Building.Built<PriceUnit>.Refuse(Building.RefusalReason.UnknownUnit, "the vendor does not say the unit of this curve")
        : kind == ReferenceKind.Power ? unit
        : PriceUnits.Parse($"{unit.Currency}/{(kind == ReferenceKind.Fuel ? "MMBtu" : "tonne")}");

    private double FactorFrom(string quantity)
    {
        if (Curve.Unit is not { } unit)
        {
            return 1;
        }

        var from = PriceUnits.Parse($"{unit.Currency}/{quantity}").Value!;
        return PriceConversion.Between(from, unit, Curve.AsOf, Inputs.Rates, Inputs.Contents).Value?.Multiplier ?? double.NaN;
    }
}
