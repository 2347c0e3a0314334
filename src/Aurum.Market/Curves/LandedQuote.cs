using Aurum.Market.Feeds;

namespace Aurum.Market.Curves;

/// <summary>A quote as it was read of a workbook, on a branch, before anything is decided about it.</summary>
/// <param name="quote">The quote.</param>
/// <param name="branch">Name of the branch: <c>eod_20250917</c>.</param>
/// <param name="reason">Codes such as <c>missing_units_raw</c>, joined with bars; null where it is not held back.</param>
public readonly struct LandedQuote(CurveQuote quote, Symbol branch, Symbol? reason)
{
    /// <summary>The quote as a place in memory, which columns read without copying it.</summary>
    internal readonly CurveQuote Row = quote;

    public CurveQuote Quote => Row;

    public Symbol Branch { get; } = branch;

    public Symbol? Reason { get; } = reason;
}
