using Aurum.Curves.Building;
using Aurum.Curves.Building.Bootstrapping;
using NodaTime;

namespace Aurum.App.Curves.Building;

/// <summary>A price of a built curve, as answers show it.</summary>
/// <param name="Date">First day of delivery on the market's calendar.</param>
/// <param name="IntervalStartUtc">Start of delivery.</param>
/// <param name="IntervalEndUtc">End of delivery.</param>
/// <param name="Price">In the curve's unit.</param>
/// <param name="Unit">The unit; null where the quotes have none.</param>
/// <param name="Hours">Hours of delivery in the period.</param>
/// <param name="Origin">quoted, implied by quotes, or shaped.</param>
internal sealed record PointShape(
    LocalDate Date, Instant IntervalStartUtc, Instant IntervalEndUtc, double Price, string? Unit, int Hours, string Origin)
{
    /// <param name="curve">The curve.</param>
    /// <param name="from">Prices that are left out at its beginning.</param>
    /// <param name="most">Prices at most.</param>
    public static IReadOnlyList<PointShape> Of(BuiltCurve curve, int from = 0, int most = int.MaxValue)
    {
        var unit = curve.Unit?.ToString();
        return
        [
            .. curve.Points.Skip(from).Take(most).Select(p => new PointShape(
                p.Date, p.Delivery.Start, p.Delivery.End, p.Price, unit, p.Hours, p.Origin.ToString().ToLowerInvariant())),
        ];
    }
}

/// <summary>How a built curve came about: what it is of, what it was built with, which quotes it holds to and which not.</summary>
/// <param name="Curve">Key of the curve.</param>
/// <param name="AsofDate">As-of date of the quotes.</param>
/// <param name="Location">Its location.</param>
/// <param name="Product">Its product.</param>
/// <param name="Block">Its hours, as the vendor names them.</param>
/// <param name="Unit">Unit of its prices.</param>
/// <param name="Points">How many prices it has.</param>
/// <param name="Parameters">What it was built with, by name.</param>
/// <param name="Explanation">What was done, a sentence each.</param>
/// <param name="QuotesUsed">The quotes that it holds to, in their own unit.</param>
/// <param name="QuotesRepeated">Quotes that say the same.</param>
/// <param name="QuotesNotMet">Quotes that the used ones contradict.</param>
/// <param name="QuotesNotUsed">Quotes that were left out, with the reason: held back by a check, of a period that is no whole months, or
/// without a price.</param>
internal sealed record CurveAccount(
    string Curve,
    LocalDate AsofDate,
    string? Location,
    string? Product,
    string? Block,
    string? Unit,
    int Points,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<string> Explanation,
    IReadOnlyList<QuoteShape> QuotesUsed,
    IReadOnlyList<QuoteShape> QuotesRepeated,
    IReadOnlyList<ConflictShape> QuotesNotMet,
    IReadOnlyList<UnusedShape> QuotesNotUsed)
{
    public static CurveAccount Of(BuiltCurve curve) => new(
        curve.Identity.Key,
        curve.AsOf,
        curve.Identity.Location,
        curve.Identity.Product,
        curve.Identity.Block,
        curve.Unit?.ToString(),
        curve.Points.Count,
        curve.Parameters.ToDictionary(),
        curve.Explanation,
        [.. curve.Used.Select(static u => QuoteShape.Of(u.Quote, u.Price, u.Weight))],
        [.. curve.Repeated.Select(static q => QuoteShape.Of(q.Ref, q.Price, 1))],
        [.. curve.Conflicts.Select(ConflictShape.Of)],
        [.. curve.NotUsed.Select(UnusedShape.Of)]);
}

/// <summary>A quote that was left out.</summary>
/// <param name="Tenor">Its period, as the vendor names it.</param>
/// <param name="Price">Its price; null where it has none.</param>
/// <param name="SheetName">Sheet of the workbook.</param>
/// <param name="SheetCell">Cell of the sheet.</param>
/// <param name="Why">Why it was left out.</param>
internal sealed record UnusedShape(string Tenor, double? Price, string SheetName, string SheetCell, string Why)
{
    public static UnusedShape Of(UnusedQuote unused) => new(
        unused.Quote.Tenor, double.IsNaN(unused.Price) ? null : unused.Price, unused.Quote.Sheet, unused.Quote.Cell, unused.Why);
}

/// <summary>A quote in an account.</summary>
/// <param name="Tenor">Its period.</param>
/// <param name="Price">Its price.</param>
/// <param name="Weight">How often it adds to what it is part of.</param>
/// <param name="SheetName">Sheet of the workbook.</param>
/// <param name="SheetCell">Cell of the sheet.</param>
internal sealed record QuoteShape(string Tenor, double Price, double Weight, string SheetName, string SheetCell)
{
    public static QuoteShape Of(QuoteRef quote, double price, double weight) => new(quote.Tenor, price, weight, quote.Sheet, quote.Cell);
}

/// <summary>A quote that others contradict.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Implied">What the others say.</param>
/// <param name="Excess">How far the quote is above that.</param>
/// <param name="Against">The others: without any one of them there is no contradiction.</param>
internal sealed record ConflictShape(QuoteShape Quote, double Implied, double Excess, IReadOnlyList<QuoteShape> Against)
{
    public static ConflictShape Of(QuoteConflict conflict) => new(
        QuoteShape.Of(conflict.Quote.Ref, conflict.Quote.Price, 1),
        conflict.Implied,
        conflict.Excess,
        [.. conflict.Against.Select(static a => QuoteShape.Of(a.Quote.Ref, a.Quote.Price, a.Factor))]);
}
