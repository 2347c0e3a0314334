using Aurum.Market.Curves;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Curves.Building;

/// <summary>Where a price that a result was made of comes from: a cell of a vendor's workbook.</summary>
/// <param name="CurveKey">Key of its curve, see <see cref="CurveIdentity.Key"/>.</param>
/// <param name="Tenor">Its period, as the vendor names it.</param>
/// <param name="AsOf">Date that the vendor gives the price for.</param>
/// <param name="Sheet">Sheet of the workbook.</param>
/// <param name="Cell">Address of the cell: <c>C12</c>.</param>
public sealed record QuoteRef(string CurveKey, string Tenor, LocalDate AsOf, string Sheet, string Cell)
{
    public static QuoteRef Of(in CurveQuote quote) =>
        new(quote.Head.Identity.Key, quote.Tenor.Label, quote.Head.AsOf, quote.Head.Sheet, quote.Cell.ToString());

    /// <summary>For people: <c>Calendar 2026 (Strips - Mid!C13, 2025-09-17)</c>.</summary>
    public override string ToString() => $"{Tenor} ({Sheet}!{Cell}, {LocalDatePattern.Iso.Format(AsOf)})";
}

/// <summary>A quote in a result.</summary>
/// <param name="Quote">Which.</param>
/// <param name="Price">Its price, in the unit that the result was computed in.</param>
/// <param name="Weight">Its share of the result where the result is a mean, so that the shares add up to one; else 1.</param>
public readonly record struct UsedQuote(QuoteRef Quote, double Price, double Weight);
