using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Ppa.Results;

/// <summary>The numbers of a valuation by name, as lists and tables have them.</summary>
internal static class ValuationMetrics
{
    private const string Share = "share";
    private const string Energy = "MWh";

    /// <summary>First those of the whole contract, then those of years, then those of months.</summary>
    public static IReadOnlyList<ValuationMetric> Of(ValuationShape shape)
    {
        var price = $"{shape.Currency}/{Energy}";
        var metrics = new Metrics(shape);
        metrics.Add("npv", (double)shape.Npv, shape.Currency);
        metrics.Add("irr", shape.Irr, Share);
        metrics.Add("break_even_price", shape.BreakEvenPrice, price);
        metrics.Add("levelised_price", shape.LevelisedPrice, price);
        metrics.Add("mean_price", shape.Capture.MeanPrice, price);
        metrics.Add("capture_price", shape.Capture.CapturePrice, price);
        metrics.Add("capture_rate", shape.Capture.CaptureRate, Share);
        foreach (var part in shape.Parts)
        {
            metrics.Add($"part_{part.Name}", (double)part.Value, shape.Currency);
        }

        foreach (var statistic in shape.Risk?.Statistics ?? [])
        {
            metrics.Add(
                statistic.Metric == "probability_of_loss" ? statistic.Metric : $"npv_{statistic.Metric}", statistic.Value,
                statistic.Metric == "probability_of_loss" ? Share : shape.Currency);
        }

        foreach (var year in shape.Risk?.Years ?? [])
        {
            metrics.Add(
                "cashflow_at_risk_95", new LocalDate(year.Year, 1, 1), new LocalDate(year.Year, 12, 31), year.CashflowAtRisk95.Value,
                shape.Currency);
        }

        foreach (var month in shape.Cashflows)
        {
            var end = month.Month.PlusMonths(1).PlusDays(-1);
            metrics.Add("cashflow", month.Month, end, (double)month.Net, shape.Currency);
            metrics.Add("volume", month.Month, end, month.DeliveredMwh, Energy);
        }

        return metrics.All;
    }

    private sealed class Metrics(ValuationShape shape)
    {
        public List<ValuationMetric> All { get; } = [];

        public void Add(string name, double? value, string unit) => Add(name, shape.Start, shape.End, value, unit);

        public void Add(string name, LocalDate start, LocalDate end, double? value, string unit)
        {
            if (value is { } known)
            {
                All.Add(new ValuationMetric(name, start, end, known, unit));
            }
        }
    }
}
