using System.Runtime.Intrinsics;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_components_to_sum_to_lmp</c>: energy + congestion + loss (+ greenhouse gas) is the price, within a cent
/// unless stated. Rows whose price, energy, congestion or loss is unknown are not judged; unknown greenhouse gas counts as
/// none.</summary>
internal static class ComponentsSum
{
    private const double CentUsd = 0.01;

    // Decimals of a price are no exact doubles: a difference of one cent must count as one.
    private const double RoundingUsd = 1e-9;

    private static readonly string[] Columns = ["lmp", "energy", "congestion", "loss", "ghg"];

    public static readonly ExpectationType Type = new(
        "expect_components_to_sum_to_lmp",
        [new("tolerance", ParameterKind.Number)],
        static scope =>
        {
            int[] slots = [.. Columns.Select(c => scope.Plan.Slot(c, scope.Expectation.Place, ColumnKind.Number))];
            var tolerance = scope.Number("tolerance", CentUsd) + RoundingUsd;
            return batch => new SumCheck(scope.Expectation, batch, [.. slots.Select(batch.Number)], tolerance);
        });

    private sealed class SumCheck(Expectation expectation, Batch batch, NumberData[] columns, double tolerance)
        : Check(expectation, batch)
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            for (var i = 0; i < 4; i++)
            {
                Bits.And(scope, columns[i].Known);
            }

            var limit = Vector256.Create(tolerance);
            for (var word = 0; word < failing.Length; word++)
            {
                var bits = 0UL;
                for (var i = 0; i < 16; i++)
                {
                    var at = (word << 6) + (i << 2);
                    var ghg = Vector(4, at);
                    var sum = Vector(1, at) + Vector(2, at) + Vector(3, at) + Vector256.ConditionalSelect(
                        Vector256.Equals(ghg, ghg), ghg, Vector256<double>.Zero);
                    // Turned round, so that a difference of infinities, which is no number, counts as off.
                    var isOff = ~Vector256.LessThanOrEqual(Vector256.Abs(Vector(0, at) - sum), limit);
                    bits |= (ulong)isOff.ExtractMostSignificantBits() << (i << 2);
                }

                failing[word] = bits;
            }
        }

        public override string Explain(int row)
        {
            var parts = columns[1..].Where(c => !double.IsNaN(c.Values[row])).ToArray();
            var sum = Math.Round(parts.Sum(c => c.Values[row]), 9);
            return $"{string.Join(" + ", parts.Select(static c => c.Name))} is {Text.Of(sum)}, lmp is {columns[0].Show(row)}";
        }

        private Vector256<double> Vector(int column, int at) => Vector256.Create(columns[column].Values, at);
    }
}
