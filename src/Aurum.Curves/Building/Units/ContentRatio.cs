using System.Globalization;

namespace Aurum.Curves.Building.Units;

/// <summary>How much of one quantity is in another, which no table can know: energy in a barrel, barrels in a tonne.</summary>
/// <param name="Amount">How much, above zero: 5.8.</param>
/// <param name="Of">Of what: MMBtu.</param>
/// <param name="In">In one of what: bbl.</param>
/// <param name="Source">Who says so, for people.</param>
public sealed record ContentRatio(double Amount, Quantity Of, Quantity In, string Source)
{
    /// <summary>Reads <c>5.8 MMBtu/bbl</c>.</summary>
    /// <returns>A refusal for anything else.</returns>
    public static Built<ContentRatio> Parse(string text, string source)
    {
        var trimmed = text.Trim();
        var blank = trimmed.IndexOf(' ', StringComparison.Ordinal);
        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        if (blank > 0 && slash > blank
            && double.TryParse(trimmed[..blank], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            && double.IsFinite(amount) && amount > 0
            && Quantity.TryFind(trimmed[blank..slash], out var of) && Quantity.TryFind(trimmed[(slash + 1)..], out var into))
        {
            return new ContentRatio(amount, of, into, source);
        }

        return Built<ContentRatio>.Refuse(RefusalReason.UnknownUnit, $"expected a content like '5.8 MMBtu/bbl', found '{text}'");
    }

    public override string ToString() => FormattableString.Invariant($"{Amount} {Of.Name}/{In.Name} ({Source})");
}
