using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_intervals_to_tile</c>: from the first to the last interval of a series there is neither gap nor overlap,
/// day by day where the feed has a fixed interval. Where a feed may hold intervals of other lengths beside its own, each length is judged
/// by itself. Readings at instants have no length and are not judged.</summary>
internal static class IntervalsTile
{
    public static readonly ExpectationType Type = new(
        "expect_intervals_to_tile",
        [],
        static scope =>
        {
            scope.Plan.RequireGrid(scope.Expectation);
            var hasOthers = scope.Plan.Feed.HasOtherIntervals;
            return batch => new TileCheck(scope.Expectation, batch, hasOthers);
        })
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    private sealed class TileCheck(Expectation expectation, Batch batch, bool hasOtherIntervals) : BatchCheck(expectation, batch)
    {
        private readonly List<string> _examples = [];
        private readonly HashSet<int> _seriesAtFault = [];

        private SeriesGrid Grid => Batch.Grid!;

        public override Tally Finish(Tally rows)
        {
            var series = new HashSet<int>();
            foreach (var sheet in Grid.Sheets)
            {
                FindGaps(sheet, series);
            }

            FindOffGrid(series);
            return new Tally(series.Count, _seriesAtFault.Count, _examples);
        }

        private void FindGaps(DaySheet sheet, HashSet<int> seen)
        {
            for (var series = 0; series < sheet.SeriesRoom; series++)
            {
                var first = sheet.NextSeen(series, 0);
                if (first == sheet.Intervals)
                {
                    continue;
                }

                seen.Add(series);
                var gap = sheet.NextMissing(series, first);
                if (gap < sheet.Intervals && sheet.NextSeen(series, gap) < sheet.Intervals)
                {
                    Fail(series, $"gap at {Text.OfInstant(sheet.StartUnixSeconds + ((long)gap * Grid.Shape.IntervalSeconds))}");
                }
            }
        }

        private void FindOffGrid(HashSet<int> seen)
        {
            var rows = Grid.OffGrid.Where(static k => k.End > k.Start).OrderBy(static k => k.Series)
                .ThenBy(k => hasOtherIntervals ? k.End - k.Start : 0).ThenBy(static k => k.Start).ThenBy(static k => k.End);
            OffGridKey? last = null;
            foreach (var row in rows)
            {
                seen.Add(row.Series);
                if (!IsOfOtherLength(row) && Grid.Shape.IntervalSeconds > 0)
                {
                    Fail(row.Series,
                        $"{Show(row)} is not one of the {Grid.Shape.IntervalSeconds / 60}-minute intervals of its day");
                }
                else if (last is { } previous && Follows(previous, row) && previous.End != row.Start)
                {
                    Fail(row.Series,
                        $"{(previous.End < row.Start ? "gap" : "overlap")} between {Show(previous)} and {Show(row)}");
                }

                last = row;
            }
        }

        /// <summary>Whether the feed may have the row beside those of its usual length: on the raster of its own length.</summary>
        private bool IsOfOtherLength(OffGridKey row) =>
            hasOtherIntervals && row.End - row.Start != Grid.Shape.IntervalSeconds && row.Start % (row.End - row.Start) == 0;

        private bool Follows(OffGridKey previous, OffGridKey row) => previous.Series == row.Series
            && (!hasOtherIntervals || previous.End - previous.Start == row.End - row.Start);

        private void Fail(int series, string why)
        {
            if (_seriesAtFault.Add(series) && _examples.Count < ExpectationResult.MaxExamples)
            {
                _examples.Add($"{Grid.NameOf(series)}: {why}");
            }
        }

        private static string Show(OffGridKey row) => $"{Text.OfInstant(row.Start)}/{Text.OfInstant(row.End)}";
    }
}
