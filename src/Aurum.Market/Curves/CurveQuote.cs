namespace Aurum.Market.Curves;

/// <summary>One price of a curve for one delivery period, with bid and ask where the vendor gives them.</summary>
/// <param name="Head">Curve, sheet and as-of date.</param>
/// <param name="Tenor">Delivery period.</param>
/// <param name="Mid">Middle price in the head's unit as the workbook writes it; NaN where it gives none and bid and ask do not make
/// one.</param>
/// <param name="Bid">NaN where there is none.</param>
/// <param name="Ask">NaN where there is none.</param>
/// <param name="Cell">Address of the mid's cell, or of the bid and ask's where there is no mid: <c>C12</c>.</param>
public readonly record struct CurveQuote(CurveHead Head, Tenor Tenor, double Mid, double Bid, double Ask, CellAddress Cell)
{
    /// <summary>Where it stands and what it is: <c>Strips - Mid!C15 Calendar 2026 of EU Dutch_TTF gas</c>.</summary>
    public override string ToString() => $"{Head.Sheet}!{Cell} {Tenor.Label} of {Head.Identity}";
}
