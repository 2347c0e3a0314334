namespace Aurum.Curves.Building.Units;

/// <summary>What a price is in.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Quantity">What it is for.</param>
/// <param name="Factor">A number times this is an amount of the currency: 0.01 for pence and cents, else 1.</param>
public sealed record PriceUnit(string Currency, Quantity Quantity, double Factor = 1)
{
    /// <summary>As it is read: <c>EUR/MWh</c>, <c>p/therm</c>; other hundredths are written as <c>0.01 USD/kWh</c>.</summary>
    public override string ToString() =>
        Factor == 1 ? $"{Currency}/{Quantity.Name}"
        : Currency == "GBP" ? $"p/{Quantity.Name}"
        : FormattableString.Invariant($"{Factor} {Currency}/{Quantity.Name}");
}
