using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_column_proportion_of_non_null_values_to_be_between</c>: the share of rows whose value is known.</summary>
internal static class NonNullShare
{
    public static readonly ExpectationType Type = new(
        "expect_column_proportion_of_non_null_values_to_be_between",
        [
            new("column", ParameterKind.Column, IsRequired: true),
            new("min_value", ParameterKind.Number),
            new("max_value", ParameterKind.Number),
        ],
        static scope =>
        {
            var slot = scope.Slot("column");
            var (min, max) = (scope.Number("min_value", 0), scope.Number("max_value", 1));
            return batch => new ShareCheck(scope.Expectation, batch, slot, min, max);
        })
    {
        JudgesRows = false,
    };

    private sealed class ShareCheck(Expectation expectation, Batch batch, int slot, double min, double max)
        : BatchCheck(expectation, batch)
    {
        private long _rows;
        private long _known;

        public override string Details => $"{_known} of {_rows} values of {Batch.Columns[slot].Name} are known";

        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            _rows += Bits.Count(scope);
            Bits.And(scope, Batch.Columns[slot].Known);
            _known += Bits.Count(scope);
        }

        public override Tally Finish(Tally rows)
        {
            if (_rows == 0)
            {
                return new Tally(0, 0, []);
            }

            var share = (double)_known / _rows;
            return share >= min && share <= max
                ? new Tally(1, 0, [])
                : new Tally(1, 1, [$"{Details}, a share of {Text.Of(share)}; expected {Text.Of(min)} to {Text.Of(max)}"]);
        }
    }
}
