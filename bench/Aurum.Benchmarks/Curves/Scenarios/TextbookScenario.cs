using Aurum.Curves.Building.Strips;
using Aurum.Curves.Scenarios;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Curves.Scenarios;

/// <summary>The scenario of <see cref="ScenarioCurves"/> as a notebook does it: in decimals, month by month, with lists that are
/// searched for every month and strips that are averaged from lists of months for every driver.</summary>
internal static class TextbookScenario
{
    private sealed record Row(YearMonth Month, int Hours, decimal[] Prices);

    public static long Run(ScenarioInputs inputs)
    {
        var months = 0L;
        foreach (var curve in inputs.Curves)
        {
            List<Row> rows = [.. curve.Months.Select(m => new Row(m.Month, curve.Calendar.HoursOf(m.Month), Steps(curve, m, inputs)))];
            var strips = curve.Strips.Select(strip => Enumerable.Range(0, rows[0].Prices.Length).Select(step =>
            {
                List<Row> parts = [.. StripTenors.MonthsOf(strip).Select(m => rows.Single(r => r.Month == m))];
                return parts.Sum(r => r.Hours * r.Prices[step]) / parts.Sum(static r => r.Hours);
            }).ToArray()).ToArray();
            months += rows.Count + (strips.Length == 0 ? 1 : 0);
        }

        return months;
    }

    private static decimal[] Steps(ScenarioCurve curve, ScenarioMonth month, ScenarioInputs inputs)
    {
        var grid = inputs.Grid;
        var stack = inputs.SupplyStacks[0];
        var peak = curve.Calendar.Calendar.CountHours(Block.OnPeak, month.Month)
            / (double)curve.Calendar.Calendar.CountHours(Block.AllHours, month.Month);
        var years = month.Month.Year < 2027 ? 0 : month.Month.Year - 2027 + ((month.Month.Month - 0.5) / 12);
        var gas = inputs.References.Single(static r => r.Name == "henry_hub").Months.Single(m => m.Month == month.Month).Price;
        var day = new LocalDate(2028, 5, 17);
        var (first, last) = (month.Month.OnDayOfMonth(1), month.Month.ToDateInterval().End);
        var share = last < day ? 0
            : first >= day ? 1
            : curve.Calendar.Calendar.CountHours(curve.Calendar.Block, day, last) / (double)curve.Calendar.HoursOf(month.Month);
        double[] effects =
        [
            stack.ChangeOfShare(month.Month.Month, peak, Math.Pow(1.015, years) - 1),
            gas * 0.2 * grid.HeatRateOf(Fuel.NaturalGas) * grid.GasMarginalShare.At(peak),
            10 * Math.Min(1, years / 4) * grid.EmissionTonnesPerMwh().At(peak),
            share * stack.ChangeOfMegawatts(month.Month.Month, peak, 1_280 * grid.CapacityFactorOf(Technology.Nuclear).At(peak)),
            1.5,
        ];
        var steps = new List<decimal> { (decimal)month.Price };
        foreach (var effect in effects)
        {
            steps.Add(Math.Round(steps[^1] + (decimal)effect, 6));
        }

        return [.. steps];
    }
}
