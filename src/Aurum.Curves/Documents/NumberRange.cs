using System.Globalization;

namespace Aurum.Curves.Documents;

/// <summary>Which numbers a field may have.</summary>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest, allowed too.</param>
/// <param name="Unit">As it is told: <c>MW</c>, <c>%</c>; empty for a bare number.</param>
/// <param name="IsAboveMin">Whether <paramref name="Min"/> itself is not allowed.</param>
public readonly record struct NumberRange(double Min, double Max, string Unit = "", bool IsAboveMin = false)
{
    /// <summary>Numbers above zero.</summary>
    public static NumberRange Above0(double max, string unit = "") => new(0, max, unit, true);

    /// <summary>Numbers from zero.</summary>
    public static NumberRange From0(double max, string unit = "") => new(0, max, unit);

    /// <summary>A share in percent.</summary>
    public static readonly NumberRange Percent = new(0, 100, "%");

    public bool Contains(double value) => value <= Max && (IsAboveMin ? value > Min : value >= Min);

    /// <summary>For people: <c>from 0 to 100 %</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(IsAboveMin ? "above" : "from")} {Min} to {Max} {Unit}").TrimEnd();
}
