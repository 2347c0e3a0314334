using System.Runtime.Intrinsics;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_interval_in_operating_day</c>: the interval lies inside the operating day that was asked for.</summary>
internal static class IntervalInDay
{
    public static readonly ExpectationType Type = new("expect_interval_in_operating_day", [], Compile);

    private static CheckFactory Compile(ExpectationScope scope)
    {
        var start = scope.Plan.Slot(GridShape.StartColumn, scope.Expectation.Place, ColumnKind.Instant);
        var end = scope.Plan.Slot(GridShape.EndColumn, scope.Expectation.Place, ColumnKind.Instant);
        var rowsLieInDay = scope.Plan.Feed.RowsLieInDay;
        return batch => new InDayCheck(scope.Expectation, batch, start, end, rowsLieInDay);
    }

    private sealed class InDayCheck : Check
    {
        private readonly InstantData _start;
        private readonly InstantData _end;
        private readonly IsOutsideDay _test;

        public InDayCheck(Expectation expectation, Batch batch, int start, int end, bool rowsLieInDay)
            : base(expectation, batch)
        {
            _start = batch.Instant(start);
            _end = batch.Instant(end);
            if (!rowsLieInDay)
            {
                NotApplicable = "rows of this feed reach beyond the day";
            }
            else if (batch.Context.Day is { } day)
            {
                _test = new(Vector256.Create(day.Start.ToUnixTimeSeconds()), Vector256.Create(day.End.ToUnixTimeSeconds()));
            }
            else
            {
                NotApplicable = "no operating day was asked for";
            }
        }

        public override void Test(Span<ulong> scope, Span<ulong> failing) =>
            Loops.Mark(_start.Values, _end.Values, failing, _test);

        public override string Explain(int row) =>
            $"interval {_start.Show(row)} to {_end.Show(row)} is outside operating day {Batch.Context.Day}";

        private readonly struct IsOutsideDay(Vector256<long> first, Vector256<long> last) : IVectorPairTest<long>
        {
            public Vector256<long> Marks(Vector256<long> left, Vector256<long> right) =>
                Vector256.LessThan(left, first) | Vector256.GreaterThan(right, last);
        }
    }
}
