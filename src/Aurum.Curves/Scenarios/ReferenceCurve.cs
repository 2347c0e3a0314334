using Aurum.Curves.Building.Units;
using NodaTime;

namespace Aurum.Curves.Scenarios;

/// <summary>A curve that drivers name: fuel, carbon, or power of another place.</summary>
/// <remarks>Between its months prices lie on a line; before its first and after its last month they stay, which the result
/// says.</remarks>
/// <param name="Name">What drivers call it: <c>henry_hub</c>.</param>
/// <param name="CurveKey">Its key in the store; null where it is not from there.</param>
/// <param name="AsOf">Date that its quotes are for.</param>
/// <param name="Unit">Of its prices.</param>
/// <param name="Months">In order of time, at least one.</param>
public sealed record ReferenceCurve(
    string Name, string? CurveKey, LocalDate AsOf, PriceUnit Unit, IReadOnlyList<ReferencePrice> Months)
{
    /// <summary>Whether a driver means it, by name or by key.</summary>
    public bool IsCalled(string name) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(name, CurveKey, StringComparison.Ordinal);
}

/// <summary>Price of a month of a reference.</summary>
public readonly record struct ReferencePrice(YearMonth Month, double Price);
