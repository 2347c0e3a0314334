using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Api.Ppa;

/// <summary>A number of a stored valuation.</summary>
/// <param name="AsofDate">As-of date of the curves.</param>
/// <param name="ScenarioId">Scenario whose prices it has; null: the curves as they are.</param>
/// <param name="PeriodStart">First day that it is of.</param>
/// <param name="PeriodEnd">Last day that it is of.</param>
/// <param name="Metric">Its name.</param>
/// <param name="Value">The number.</param>
/// <param name="Cashflow">The number, where it is the money of a month.</param>
/// <param name="Npv">Net present value of the valuation.</param>
/// <param name="Irr">Rate of return a year as a share; null where there is none.</param>
/// <param name="CurveKey">Keys of its curves, with commas.</param>
/// <param name="VersionHash">SHA-256 of the whole result.</param>
/// <param name="IngestedAt">When it was computed.</param>
/// <param name="ValuationId">The valuation, as /v1/ppa/valuations has it.</param>
/// <param name="RunId">Run of the scenario.</param>
/// <param name="Currency">Currency of the valuation.</param>
/// <param name="Unit">Unit of the number.</param>
internal sealed record ValuationRowShape(
    LocalDate AsofDate, string? ScenarioId, LocalDate PeriodStart, LocalDate PeriodEnd, string Metric, double Value, double? Cashflow,
    double Npv, double? Irr, string CurveKey, string VersionHash, Instant IngestedAt, string ValuationId, string? RunId, string Currency,
    string Unit)
{
    public static ValuationRowShape Of(ValuationRow row) => new(
        row.AsOf, row.ScenarioId, row.Metric.PeriodStart, row.Metric.PeriodEnd, row.Metric.Metric, row.Metric.Value,
        row.Metric.Metric == "cashflow" ? row.Metric.Value : null, row.Npv, double.IsNaN(row.Irr) ? null : row.Irr, row.CurveKey,
        row.VersionHash, row.ComputedAt, row.ValuationId, row.RunId, row.Currency, row.Metric.Unit);
}

/// <summary>A number of a new valuation.</summary>
/// <param name="PeriodStart">First day that it is of.</param>
/// <param name="PeriodEnd">Last day that it is of.</param>
/// <param name="Metric">Its name.</param>
/// <param name="Value">The number.</param>
/// <param name="Currency">Currency of the valuation.</param>
/// <param name="Unit">Unit of the number.</param>
/// <param name="RunId">Run of the scenario; null: none.</param>
/// <param name="CurveKey">Keys of its curves, with commas.</param>
/// <param name="TenorType">MONTHLY, CALENDAR or CONTRACT: how long the period is.</param>
/// <param name="ValuationId">The valuation, as /v1/ppa/valuations has it.</param>
internal sealed record MetricShape(
    LocalDate PeriodStart, LocalDate PeriodEnd, string Metric, double Value, string Currency, string Unit, string? RunId, string CurveKey,
    string TenorType, string ValuationId)
{
    public static MetricShape Of(ValuationRecord valuation, ValuationMetric metric) => new(
        metric.PeriodStart, metric.PeriodEnd, metric.Metric, metric.Value, valuation.Currency, metric.Unit, valuation.RunId,
        valuation.CurveKey, TenorOf(metric), valuation.Id);

    private static string TenorOf(ValuationMetric metric) =>
        metric.Metric is "cashflow" or "volume" ? "MONTHLY"
        : metric.Metric == "cashflow_at_risk_95" ? "CALENDAR"
        : "CONTRACT";
}
