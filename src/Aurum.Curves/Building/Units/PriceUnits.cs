using Aurum.Market.Curves;

namespace Aurum.Curves.Building.Units;

/// <summary>Units of prices as people write them.</summary>
public static class PriceUnits
{
    private const double Hundredth = 0.01;

    private static readonly Dictionary<string, (string Currency, double Factor)> Words = new(StringComparer.Ordinal)
    {
        ["p"] = ("GBP", Hundredth),
        ["GBp"] = ("GBP", Hundredth),
        ["GBX"] = ("GBP", Hundredth),
        ["c"] = ("USD", Hundredth),
        ["USc"] = ("USD", Hundredth),
        ["EURc"] = ("EUR", Hundredth),
        ["$"] = ("USD", 1),
        ["US$"] = ("USD", 1),
        ["C$"] = ("CAD", 1),
        ["£"] = ("GBP", 1),
        ["€"] = ("EUR", 1),
    };

    /// <summary>Reads <c>USD/MMBtu</c>, <c>p/therm</c>, <c>c/kWh</c>, <c>EUR/MWh</c>. Pence and cents are hundredths of
    /// their currency; <c>c</c> alone is of the dollar.</summary>
    /// <returns>A refusal for what is not a currency, a slash and a known quantity.</returns>
    public static Built<PriceUnit> Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && Quantity.TryFind(text[(slash + 1)..], out var quantity) && CurrencyOf(text[..slash].Trim()) is { } currency)
        {
            return new PriceUnit(currency.Currency, quantity, currency.Factor);
        }

        return Built<PriceUnit>.Refuse(
            RefusalReason.UnknownUnit,
            $"expected a currency, a slash and one of {string.Join(", ", Quantity.All.Select(static q => q.Name))}, found '{text}'");
    }

    /// <summary>The unit of a curve's quotes.</summary>
    /// <returns>A refusal where the curve has none, or its quantity is not known.</returns>
    public static Built<PriceUnit> Of(CurveUnit? unit) => unit is not { } known
        ? Built<PriceUnit>.Refuse(RefusalReason.UnknownUnit, "expected a curve with a unit, found one whose vendor does not say it")
        : Quantity.TryFind(known.PerUnit, out var quantity)
            ? new PriceUnit(known.Currency, quantity, known.Factor)
            : Built<PriceUnit>.Refuse(RefusalReason.UnknownUnit, $"expected a known quantity, found '{known.PerUnit}'");

    private static (string Currency, double Factor)? CurrencyOf(string text) =>
        Words.TryGetValue(text, out var word) ? word
        : text.Length == 3 && text.All(char.IsAsciiLetter) ? (text.ToUpperInvariant(), 1)
        : null;
}
