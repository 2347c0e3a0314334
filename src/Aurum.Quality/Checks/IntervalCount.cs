using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_exact_interval_count_of_operating_day</c>: every series has every interval of the day, be it 23, 24 or 25 hours
/// long, and of the further days that the feed's files hold whole. Where no day was asked for, each day that occurs is counted.</summary>
internal static class IntervalCount
{
    public static readonly ExpectationType Type = new(
        "expect_exact_interval_count_of_operating_day",
        [],
        static scope =>
        {
            scope.Plan.RequireGrid(scope.Expectation);
            var feed = scope.Plan.Feed;
            return batch => new CountCheck(scope.Expectation, batch, feed);
        })
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    private sealed class CountCheck : BatchCheck
    {
        private readonly Feed _feed;

        public CountCheck(Expectation expectation, Batch batch, Feed feed)
            : base(expectation, batch)
        {
            _feed = feed;
            NotApplicable = WhyNot(batch.Grid!.Shape, batch.Context);
        }

        public override Tally Finish(Tally rows)
        {
            var grid = Batch.Grid!;
            var (looked, incomplete) = (0L, 0L);
            var examples = new List<string>();
            foreach (var (day, found) in Days(grid))
            {
                if (found is not { } sheet)
                {
                    looked++;
                    incomplete++;
                    examples.Add($"there is no interval of {day}");
                    continue;
                }

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

        /// <summary>The days that must be whole, with what was seen of them. A day that may be empty is not asked for.</summary>
        private IEnumerable<(string Day, DaySheet? Sheet)> Days(SeriesGrid grid)
        {
            if (Batch.Context.Day is not { } first)
            {
                return grid.Sheets.Count > 0 || _feed.MayBeEmpty ? grid.Sheets.Select(s => ("", (DaySheet?)s)) : [("any day", null)];
            }

            return Enumerable.Range(0, _feed.WholeDays)
                .Select(ahead => first with { Date = first.Date.PlusDays(ahead) })
                .Select(day => (day.ToString(), grid.SheetOf(day)))
                .Where(day => day.Item2 is not null || !_feed.MayBeEmpty);
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
