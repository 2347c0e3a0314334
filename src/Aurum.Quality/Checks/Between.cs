using System.Numerics;
using System.Runtime.Intrinsics;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_column_values_to_be_between</c>: numbers and instants within bounds; unknown values are not
/// judged.</summary>
internal static class Between
{
    public static readonly ExpectationType Type = new(
        "expect_column_values_to_be_between",
        [
            new("column", ParameterKind.Column, IsRequired: true),
            new("min_value", ParameterKind.Bound),
            new("max_value", ParameterKind.Bound),
            new("strict_min", ParameterKind.Flag),
            new("strict_max", ParameterKind.Flag),
        ],
        Compile);

    private static CheckFactory Compile(ExpectationScope scope)
    {
        var slot = scope.Slot("column", ColumnKind.Number, ColumnKind.Instant);
        if (scope.Find("min_value") is null && scope.Find("max_value") is null)
        {
            throw new SuiteFormatException(scope.Expectation.Place, "min_value, max_value or both", "neither");
        }

        if (scope.KindOf("column") == ColumnKind.Instant)
        {
            // A strict bound is the next value as an inclusive one.
            var first = scope.Instant("min_value", long.MinValue) + (scope.Flag("strict_min") ? 1 : 0);
            var last = scope.Instant("max_value", long.MaxValue) - (scope.Flag("strict_max") ? 1 : 0);
            return batch => new RangeCheck<long>(scope.Expectation, batch, slot, batch.Instant(slot), first, last);
        }

        var min = scope.Bound("min_value", double.NegativeInfinity);
        var max = scope.Bound("max_value", double.PositiveInfinity);
        min = scope.Flag("strict_min") ? Math.BitIncrement(min) : min;
        max = scope.Flag("strict_max") ? Math.BitDecrement(max) : max;
        return batch => new RangeCheck<double>(scope.Expectation, batch, slot, batch.Number(slot), min, max);
    }

    private sealed class RangeCheck<T>(Expectation expectation, Batch batch, int slot, IValues<T> column, T min, T max)
        : Check(expectation, batch)
        where T : struct, INumber<T>
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            Bits.And(scope, Batch.Columns[slot].Known);
            Loops.Mark(column.Values, failing, new IsOutside(Vector256.Create(min), Vector256.Create(max)));
        }

        public override string Explain(int row)
        {
            var (side, bound, strict) = column.Values[row] < min
                ? ("below", "min_value", "strict_min")
                : ("above", "max_value", "strict_max");
            var isStrict = Expectation.Arguments.TryGetValue(strict, out var flag) && bool.Parse(flag.Texts[0]);
            var data = Batch.Columns[slot];
            return $"{data.Name} {data.Show(row)} is {(isStrict ? "not " + Opposite(side) : side)} {Expectation.Arguments[bound].Texts[0]}";
        }

        private static string Opposite(string side) => side == "below" ? "above" : "below";

        private readonly struct IsOutside(Vector256<T> min, Vector256<T> max) : IVectorTest<T>
        {
            public Vector256<T> Marks(Vector256<T> values) => Loops.Outside(values, min, max);
        }
    }
}
