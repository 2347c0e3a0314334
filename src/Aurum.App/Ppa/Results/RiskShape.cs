using Aurum.App.Ppa.Orders;
using Aurum.Curves.Simulation;
using NodaTime;

namespace Aurum.App.Ppa.Results;

/// <summary>Outcomes of simulated paths.</summary>
/// <param name="Paths">How many.</param>
/// <param name="Seed">Of all chance.</param>
/// <param name="Statistics">Of the present value, in the currency of the contract; the probability is a share.</param>
/// <param name="Years">Of the money of calendar years, undiscounted.</param>
/// <param name="Months">Of the money of delivery months, undiscounted: for a fan chart.</param>
/// <param name="Model">How prices and volumes moved.</param>
/// <param name="OutcomesSha256">Hash of all outcomes: the same for any number of threads.</param>
internal sealed record RiskShape(
    int Paths, long Seed, IReadOnlyList<StatisticShape> Statistics, IReadOnlyList<YearRiskShape> Years,
    IReadOnlyList<MonthRiskShape> Months, PriceModel Model, string OutcomesSha256)
{
    public static RiskShape Of(RiskReport report, SimulationOrder order, string outcomesSha256) => new(
        report.Paths,
        (long)order.Seed,
        [
            StatisticShape.Of("mean", "Mean value", report.Mean),
            StatisticShape.Of("p5", "P5: one outcome in twenty is below", report.P5),
            StatisticShape.Of("p50", "P50: the median", report.P50),
            StatisticShape.Of("p95", "P95: one outcome in twenty is above", report.P95),
            StatisticShape.Of("var_95", "Value at risk 95 %: mean less P5", report.ValueAtRisk95),
            StatisticShape.Of("var_99", "Value at risk 99 %: mean less P1", report.ValueAtRisk99),
            StatisticShape.Of(
                "cvar_95", "Conditional value at risk 95 %: mean less that of the worst 5 %", report.ConditionalValueAtRisk95),
            StatisticShape.Of(
                "cvar_99", "Conditional value at risk 99 %: mean less that of the worst 1 %", report.ConditionalValueAtRisk99),
            StatisticShape.Of("probability_of_loss", "Share of outcomes below 0", report.LossProbability),
        ],
        [.. report.Years.Select(YearRiskShape.Of)],
        [.. report.Months.Select(MonthRiskShape.Of)],
        order.Model,
        outcomesSha256);
}

/// <summary>An estimate and its confidence interval of 95 %.</summary>
/// <param name="Metric">For programs.</param>
/// <param name="Label">For people.</param>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal sealed record StatisticShape(string Metric, string Label, double Value, double Low, double High)
{
    public static StatisticShape Of(string metric, string label, Statistic estimate) =>
        new(metric, label, estimate.Value, estimate.Low, estimate.High);
}

/// <summary>A calendar year.</summary>
/// <param name="Year">Which.</param>
/// <param name="Mean">Mean over the paths.</param>
/// <param name="P5">One outcome in twenty is below.</param>
/// <param name="P95">One outcome in twenty is above.</param>
/// <param name="CashflowAtRisk95">Mean less P5.</param>
internal sealed record YearRiskShape(int Year, Statistic Mean, Statistic P5, Statistic P95, Statistic CashflowAtRisk95)
{
    public static YearRiskShape Of(YearRisk year) => new(year.Year, year.Mean, year.P5, year.P95, year.CashflowAtRisk95);
}

/// <summary>A delivery month.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Mean">Mean over the paths.</param>
/// <param name="P5">One outcome in twenty is below.</param>
/// <param name="P95">One outcome in twenty is above.</param>
internal sealed record MonthRiskShape(LocalDate Month, double Mean, double P5, double P95)
{
    public static MonthRiskShape Of(MonthRisk month) =>
        new(month.Month.OnDayOfMonth(1), month.Mean.Value, month.P5.Value, month.P95.Value);
}
