using Aurum.Market.Curves;

namespace Aurum.Curves.Building;

/// <summary>A price that curves are built of.</summary>
/// <param name="Ref">Where it is from.</param>
/// <param name="Tenor">The months that it is for.</param>
/// <param name="Price">In the unit of its curve.</param>
/// <param name="Tolerance">How far the true price may be from it, in the same unit: half a step of the vendor's rounding.</param>
public sealed record BuildQuote(QuoteRef Ref, Tenor Tenor, double Price, double Tolerance = 0)
{
    /// <summary>Vendors write strips with three decimals and months with all that they have.</summary>
    public const double StripTolerance = 0.0005;

    /// <summary>Whether it is of what is left of its period after the as-of date: <c>BalMo</c>, <c>Bal 2025</c>.</summary>
    public bool IsBalance => Ref.Tenor.StartsWith("Bal", StringComparison.OrdinalIgnoreCase);

    public bool IsMonth => Tenor.Type == TenorType.Monthly;

    /// <summary>A quote of a workbook, in the unit that the workbook writes.</summary>
    public static BuildQuote Of(in CurveQuote quote) => new(
        QuoteRef.Of(quote), quote.Tenor, quote.Mid, quote.Tenor.Type == TenorType.Monthly ? 0 : StripTolerance);
}
