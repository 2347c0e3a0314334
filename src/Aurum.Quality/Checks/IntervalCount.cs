using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_exact_interval_count_of_operating_day</c>: every series has every interval of the day, be it 23, 24 or 25
/// hours long. Where no day was asked for, each day that occurs is counted.</summary>
internal static class IntervalCount
{
    public static readonly ExpectationType Type = new(
        "expect_exact_interval_count_of_operating_day",
        [],
        static scope =>
        {
            scope.Plan.RequireGrid(scope.Expectation);
            var mayBeEmpty = scope.Plan.Feed.MayBeEmpty;
            return batch => new CountCheck(scope.Expectation, batch, mayBeEmpty);
        })
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    private sealed class CountCheck : BatchCheck
    {
        private readonly bool _mayBeEmpty;

        public CountCheck(Expectation expectation, Batch batch, bool mayBeEmpty)
            : base(expectation, batch)
        {
            _mayBeEmpty = mayBeEmpty;
            NotApplicable = WhyNot(batch.Grid!.Shape, batch.Context);
        }

        public override Tally Finish(Tally rows)
        {
            var grid = Batch.Grid!;
            IReadOnlyList<DaySheet> sheets = Batch.Context.Day is null ? grid.Sheets : grid.SheetOfDay is { } one ? [one] : [];
            if (sheets.Count == 0)
            {
                return _mayBeEmpty
                    ? new Tally(0, 0, [])
                    : new Tally(1, 1, [$"there is no interval of {Batch.Context.Day?.ToString() ?? "any day"}"]);
            }

            var (looked, incomplete) = (0L, 0L);
            var examples = new List<string>();
            foreach (var sheet in sheets)
            {
                for (var series = 0; series < sheet.SeriesRoom; series++)
                {
                    var count = sheet.CountOf(series);
                    looked += count > 0 ? 1 : 0;
                    if (count > 0 && count < sheet.Intervals)
                    {
                        incomplete++;
                        Explain(examples, grid, sheet, series, count);
                    }
                }
            }

            return new Tally(looked, incomplete, examples);
        }

        private static string? WhyNot(GridShape shape, GateContext context) =>
            shape.IntervalSeconds == 0 ? "the feed has no fixed interval"
            : !context.DayIsComplete ? "the day is not complete yet"
            : context.Day is null && !shape.RowsLieInDay ? "rows of this feed reach beyond the day, and no day was asked for"
            : null;

        private static void Explain(List<string> examples, SeriesGrid grid, DaySheet sheet, int series, int count)
        {
            if (examples.Count < ExpectationResult.MaxExamples)
            {
                var missing = sheet.StartUnixSeconds + ((long)sheet.NextMissing(series, 0) * grid.Shape.IntervalSeconds);
                examples.Add(
                    $"{grid.NameOf(series)}: {count} of {sheet.Intervals} intervals, the first missing starts {Text.OfInstant(missing)}");
            }
        }
    }
}
