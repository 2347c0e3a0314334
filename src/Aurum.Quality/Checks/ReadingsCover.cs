using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_readings_to_cover_operating_day</c>: from the day's first reading to its last, the readings of a series follow
/// each other as closely as the feed's do, give or take a minute. More of them at odd times are welcome.</summary>
internal static class ReadingsCover
{
    /// <summary>A reading may come this much later than usual: a reading that was left out shows, unless it was one more at an odd
    /// time.</summary>
    private const int ToleranceSeconds = 60;

    public static readonly ExpectationType Type = new(
        "expect_readings_to_cover_operating_day",
        [],
        static scope =>
        {
            scope.Plan.RequireGrid(scope.Expectation);
            return batch => new CoverCheck(scope.Expectation, batch);
        })
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    private sealed class CoverCheck : BatchCheck
    {
        private readonly List<string> _examples = [];
        private readonly ReadingPace _pace;
        private long _series;
        private long _atFault;

        public CoverCheck(Expectation expectation, Batch batch)
            : base(expectation, batch)
        {
            _pace = batch.Grid!.Shape.Readings ?? new ReadingPace(0, 0);
            NotApplicable = WhyNot(batch.Context);
        }

        public override Tally Finish(Tally rows)
        {
            var readings = Batch.Grid!.OffGrid.ToArray();
            Array.Sort(readings, static (a, b) => a.Series != b.Series ? a.Series.CompareTo(b.Series) : a.Start.CompareTo(b.Start));
            for (var from = 0; from < readings.Length;)
            {
                var to = from + 1;
                while (to < readings.Length && readings[to].Series == readings[from].Series)
                {
                    to++;
                }

                Judge(readings.AsSpan(from, to - from));
                from = to;
            }

            return new Tally(_series, _atFault, _examples);
        }

        private void Judge(ReadOnlySpan<OffGridKey> readings)
        {
            // From the reading before the day's first to the one after its last.
            var day = Batch.Context.Day!.Value;
            var last = day.Start.ToUnixTimeSeconds() + (60 * (_pace.FirstMinutes - _pace.EveryMinutes));
            var end = day.End.ToUnixTimeSeconds() + (60 * _pace.FirstMinutes);
            var longest = (60 * _pace.EveryMinutes) + ToleranceSeconds;
            _series++;
            foreach (var reading in readings)
            {
                if (reading.Start - last > longest)
                {
                    break;
                }

                last = reading.Start;
            }

            if (end - last <= longest)
            {
                return;
            }

            _atFault++;
            if (_examples.Count < ExpectationResult.MaxExamples)
            {
                _examples.Add($"{Batch.Grid!.NameOf(readings[0].Series)}: no reading for more than {_pace.EveryMinutes} minutes after "
                    + Text.OfInstant(last));
            }
        }

        private string? WhyNot(GateContext context) =>
            _pace.EveryMinutes == 0 ? "the feed's readings have no usual distance"
            : !context.DayIsComplete ? "the day is not complete yet"
            : context.Day is null ? "no operating day was asked for"
            : null;
    }
}
