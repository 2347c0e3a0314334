namespace Aurum.Curves.Building.Bootstrapping;

/// <summary>Monthly forward prices that agree with quotes.</summary>
/// <param name="Months">In order; a month that no quote is for is left out.</param>
/// <param name="Used">The quotes that the prices hold to, each with the weight 1.</param>
/// <param name="Repeated">Quotes that the used ones already say, within rounding.</param>
/// <param name="Conflicts">Quotes that the used ones contradict; empty where the quotes are free of arbitrage.</param>
/// <param name="Over">Quotes for months that are over.</param>
public sealed record BootstrappedMonths(
    IReadOnlyList<MonthPrice> Months,
    IReadOnlyList<UsedQuote> Used,
    IReadOnlyList<BuildQuote> Repeated,
    IReadOnlyList<QuoteConflict> Conflicts,
    IReadOnlyList<BuildQuote> Over)
{
    public bool IsFeasible => Conflicts.Count == 0;
}
