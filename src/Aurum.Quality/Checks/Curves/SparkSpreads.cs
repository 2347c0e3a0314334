using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks.Curves;

/// <summary><c>expect_spark_spreads_to_equal_power_less_gas</c>: a spark spread is the power price less the heat rate times the price of
/// its gas leg, period by period. Spreads whose legs are not in the batch are not judged.</summary>
internal static class SparkSpreads
{
    public static readonly ExpectationType Type = new(
        "expect_spark_spreads_to_equal_power_less_gas",
        [
            new("heat_rate", ParameterKind.Number, IsRequired: true),
            new("tolerance", ParameterKind.Number),
        ],
        static scope =>
        {
            var columns = QuoteColumns.Of(scope);
            var (rate, tolerance) = (scope.Number("heat_rate", 1), scope.Number("tolerance", 1e-6));
            return batch => new SparkCheck(scope.Expectation, batch, columns, rate, tolerance);
        })
    {
        JudgesRows = false,
    };

    private sealed class SparkCheck(Expectation expectation, Batch batch, QuoteColumns columns, double rate, double tolerance)
        : BatchCheck(expectation, batch)
    {
        private readonly QuoteSheet _all = new(batch, columns);
        private readonly QuoteSheet _judged = new(batch, columns);

        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            _judged.Add(scope);
            Span<ulong> every = new ulong[scope.Length];
            Bits.SetFirst(every, Batch.Count);
            _all.Add(every);
        }

        public override Tally Finish(Tally rows)
        {
            var power = new Dictionary<(string, string), SortedDictionary<int, QuotePoint>>();
            var gas = new Dictionary<string, SortedDictionary<int, QuotePoint>>();
            foreach (var curve in _all.Curves.Where(static c => c.Spark.Length == 0))
            {
                if (curve.Product == "power")
                {
                    power.TryAdd((curve.Location, curve.Block), curve.Months());
                }
                else if (curve.Product == "gas")
                {
                    gas.TryAdd(curve.Location, curve.Months());
                }
            }

            long judged = 0, failed = 0;
            var examples = new List<string>();
            foreach (var spark in _judged.Curves.Where(static c => c.Spark.Length > 0))
            {
                if (power.TryGetValue((spark.Location, spark.Block), out var powerLeg) && gas.TryGetValue(spark.Spark, out var gasLeg))
                {
                    Judge(spark, powerLeg, gasLeg, ref judged, ref failed, examples);
                }
            }

            return new Tally(judged, failed, examples);
        }

        private void Judge(
            CurveQuotes spark, SortedDictionary<int, QuotePoint> power, SortedDictionary<int, QuotePoint> gas, ref long judged,
            ref long failed, List<string> examples)
        {
            foreach (var point in spark.Months().Values)
            {
                if (!power.TryGetValue(point.Month, out var powerPoint) || !gas.TryGetValue(point.Month, out var gasPoint))
                {
                    continue;
                }

                judged++;
                var expected = powerPoint.Mid - (rate * gasPoint.Mid);
                if (Math.Abs(point.Mid - expected) <= tolerance)
                {
                    continue;
                }

                failed++;
                if (examples.Count < ExpectationResult.MaxExamples)
                {
                    examples.Add(
                        $"{point.Place} of {spark.Name} is {Text.Of(point.Mid)}; power in {powerPoint.Sheet}!{powerPoint.Cell} "
                        + $"{Text.Of(powerPoint.Mid)} less {Text.Of(rate)} x gas in {gasPoint.Sheet}!{gasPoint.Cell} "
                        + $"{Text.Of(gasPoint.Mid)} is {Text.Of(Math.Round(expected, 6))}");
                }
            }
        }
    }
}
