namespace Aurum.Curves.Simulation;

/// <summary>What a contract is worth and could lose, each number with its confidence interval of 95 %. Money is that of our side in the
/// contract's currency; values are present values.</summary>
/// <remarks>"At risk" is what lies between the mean and the bad outcome. How the intervals are made is said in
/// <see cref="SortedSample"/>; the mean is sharpened by the forward value as control variate.</remarks>
public sealed record RiskReport
{
    /// <summary>Mean present value.</summary>
    public required Statistic Mean { get; init; }

    /// <summary>One outcome in twenty is below.</summary>
    public required Statistic P5 { get; init; }

    public required Statistic P50 { get; init; }

    /// <summary>One outcome in twenty is above.</summary>
    public required Statistic P95 { get; init; }

    /// <summary>Mean less P5.</summary>
    public required Statistic ValueAtRisk95 { get; init; }

    /// <summary>Mean less P1.</summary>
    public required Statistic ValueAtRisk99 { get; init; }

    /// <summary>Mean less the mean of the worst twentieth.</summary>
    public required Statistic ConditionalValueAtRisk95 { get; init; }

    /// <summary>Mean less the mean of the worst hundredth.</summary>
    public required Statistic ConditionalValueAtRisk99 { get; init; }

    /// <summary>Share of outcomes below 0.</summary>
    public required Statistic LossProbability { get; init; }

    /// <summary>Calendar years in order; undiscounted.</summary>
    public required IReadOnlyList<YearRisk> Years { get; init; }

    /// <summary>Delivery months in order; undiscounted.</summary>
    public required IReadOnlyList<MonthRisk> Months { get; init; }

    /// <summary>Paths that all this is estimated from.</summary>
    public required int Paths { get; init; }

    public static RiskReport Of(SimulatedCashflows cashflows)
    {
        var value = new SortedSample(cashflows.PresentValues);
        return new RiskReport
        {
            Mean = cashflows.ControlledMean(),
            P5 = value.Quantile(0.05),
            P50 = value.Quantile(0.50),
            P95 = value.Quantile(0.95),
            ValueAtRisk95 = value.BelowMean(0.05),
            ValueAtRisk99 = value.BelowMean(0.01),
            ConditionalValueAtRisk95 = value.TailBelowMean(0.05),
            ConditionalValueAtRisk99 = value.TailBelowMean(0.01),
            LossProbability = value.ProbabilityBelow(0),
            Years = [.. cashflows.Plan.Years.Select((year, i) => YearRisk.Of(year.Year, cashflows.OfYear(i)))],
            Months = [.. cashflows.Plan.Months.Select((month, i) => MonthRisk.Of(month.Month, cashflows.OfMonth(i)))],
            Paths = cashflows.Paths,
        };
    }
}
