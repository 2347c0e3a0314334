using System.Runtime.Intrinsics;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_column_pair_values_a_to_be_greater_than_b</c>: two numbers or two instants; rows where one of them is
/// unknown are not judged.</summary>
internal static class PairGreater
{
    public static readonly ExpectationType Type = new(
        "expect_column_pair_values_a_to_be_greater_than_b",
        [
            new("column_A", ParameterKind.Column, IsRequired: true),
            new("column_B", ParameterKind.Column, IsRequired: true),
            new("or_equal", ParameterKind.Flag),
        ],
        Compile);

    private static CheckFactory Compile(ExpectationScope scope)
    {
        var a = scope.Slot("column_A", ColumnKind.Number, ColumnKind.Instant);
        var kind = scope.KindOf("column_A");
        var b = scope.Slot("column_B", kind);
        var orEqual = scope.Flag("or_equal");
        return kind == ColumnKind.Number
            ? batch => new PairCheck<double>(scope.Expectation, batch, a, b, batch.Number(a), batch.Number(b), orEqual)
            : batch => new PairCheck<long>(scope.Expectation, batch, a, b, batch.Instant(a), batch.Instant(b), orEqual);
    }

    private sealed class PairCheck<T>(
        Expectation expectation, Batch batch, int a, int b, IValues<T> valuesA, IValues<T> valuesB, bool orEqual)
        : Check(expectation, batch)
        where T : struct
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            Bits.And(scope, Batch.Columns[a].Known);
            Bits.And(scope, Batch.Columns[b].Known);
            if (orEqual)
            {
                Loops.Mark(valuesA.Values, valuesB.Values, failing, default(IsLess));
            }
            else
            {
                Loops.Mark(valuesA.Values, valuesB.Values, failing, default(IsLessOrEqual));
            }
        }

        public override string Explain(int row)
        {
            var (left, right) = (Batch.Columns[a], Batch.Columns[b]);
            return $"{left.Name} {left.Show(row)} is {(orEqual ? "less than" : "not greater than")} {right.Name} {right.Show(row)}";
        }

        private readonly struct IsLess : IVectorPairTest<T>
        {
            public Vector256<T> Marks(Vector256<T> left, Vector256<T> right) => Vector256.LessThan(left, right);
        }

        private readonly struct IsLessOrEqual : IVectorPairTest<T>
        {
            public Vector256<T> Marks(Vector256<T> left, Vector256<T> right) => Vector256.LessThanOrEqual(left, right);
        }
    }
}
