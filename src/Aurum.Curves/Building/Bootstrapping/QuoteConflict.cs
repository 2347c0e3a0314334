using System.Globalization;

namespace Aurum.Curves.Building.Bootstrapping;

/// <summary>Quotes that cannot all be right. Without any one of them the others agree.</summary>
/// <param name="Quote">The one that was left out of the curve.</param>
/// <param name="Against">Those that together say another price, and how often each adds to it.</param>
/// <param name="Implied">The price that they say.</param>
/// <param name="Tolerance">How far the quote and the implied price may be apart by rounding of the quotes.</param>
public sealed record QuoteConflict(BuildQuote Quote, IReadOnlyList<QuoteShare> Against, double Implied, double Tolerance)
{
    /// <summary>How far the quote is above what the others say.</summary>
    public double Excess => Quote.Price - Implied;

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var side = Excess > 0 ? "above" : "below";
        var others = Against.Count <= 3
            ? string.Join(", ", Against.Select(static a => a.Quote.Ref.ToString()))
            : $"{Against[0].Quote.Ref} to {Against[^1].Quote.Ref} ({Against.Count} quotes)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Quote.Ref} is {Quote.Price:0.######}, {Math.Abs(Excess):0.######} {side} the {Implied:0.######} of {others}");
    }
}

/// <summary>A quote in a sum of quotes.</summary>
/// <param name="Quote">Which.</param>
/// <param name="Factor">How often it adds; below zero where it is taken away.</param>
public readonly record struct QuoteShare(BuildQuote Quote, double Factor);
