using NodaTime;

namespace Aurum.Curves.Simulation;

/// <summary>Money of a calendar year.</summary>
/// <param name="Year">Which.</param>
/// <param name="Mean">Mean over the paths.</param>
/// <param name="P5">One outcome in twenty is below.</param>
/// <param name="P95">One outcome in twenty is above.</param>
/// <param name="CashflowAtRisk95">Mean less P5.</param>
public sealed record YearRisk(int Year, Statistic Mean, Statistic P5, Statistic P95, Statistic CashflowAtRisk95)
{
    internal static YearRisk Of(int year, ReadOnlySpan<double> outcomes)
    {
        var sample = new SortedSample(outcomes);
        return new YearRisk(year, sample.Mean, sample.Quantile(0.05), sample.Quantile(0.95), sample.BelowMean(0.05));
    }
}

/// <summary>Money of a delivery month.</summary>
/// <param name="Month">Which.</param>
/// <param name="Mean">Mean over the paths.</param>
/// <param name="P5">One outcome in twenty is below.</param>
/// <param name="P95">One outcome in twenty is above.</param>
public sealed record MonthRisk(YearMonth Month, Statistic Mean, Statistic P5, Statistic P95)
{
    internal static MonthRisk Of(YearMonth month, ReadOnlySpan<double> outcomes)
    {
        var sample = new SortedSample(outcomes);
        return new MonthRisk(month, sample.Mean, sample.Quantile(0.05), sample.Quantile(0.95));
    }
}
