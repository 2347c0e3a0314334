using Aurum.Curves.Scenarios.Grid;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>Fields that several drivers have.</summary>
internal static class Fields
{
    /// <summary>The field of a fuel driver that names its reference.</summary>
    public static string Reference(FuelCurveDriver driver) =>
        $"{driver.Path}.payload.{(driver.IsNamedByKey ? "reference_curve_key" : "reference_series")}";

    /// <summary>A number and whether it was assumed, for people.</summary>
    public static string Told(double? own, double assumed) =>
        FormattableString.Invariant($"{own ?? assumed:0.####}") + Whose(own is not null);

    /// <summary>A number by block and whether it was assumed, for people.</summary>
    public static string Told(ByBlock? own, ByBlock assumed) => (own ?? assumed) + Whose(own is not null);

    /// <summary>How a price changes, for people.</summary>
    public static string Changes(string reference, double percent, double amount, string unit, string? target)
    {
        var parts = new List<string>(3);
        if (percent != 0)
        {
            parts.Add(FormattableString.Invariant($"{percent:+0.####;-0.####} % of {reference}"));
        }

        if (amount != 0)
        {
            parts.Add(FormattableString.Invariant($"{amount:+0.####;-0.####} a {unit} in the curve's currency"));
        }

        if (target is not null)
        {
            parts.Add($"prices of {target} in place of {reference}");
        }

        return parts.Count == 0 ? "does not change" : "changes by " + string.Join(" and ", parts);
    }

    private static string Whose(bool isOwn) => isOwn ? " (the driver's own)" : " (assumed)";
}
