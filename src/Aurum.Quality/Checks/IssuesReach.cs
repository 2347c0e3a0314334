using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_issues_to_reach</c>: each issue of a forecast reaches as many hours beyond its making (where that is not known,
/// beyond its first hour) as the feed declares, and as far as most issues of the batch. A file that ends with a line says not whether it
/// is whole: one that was cut there ends too early.</summary>
internal static class IssuesReach
{
    /// <summary>Issues from which on it is known how far they usually reach.</summary>
    private const int FewestForUsual = 3;

    private const int SecondsPerHour = 3600;

    public static readonly ExpectationType Type = new(
        "expect_issues_to_reach",
        [new("whole_issue", ParameterKind.Flag)],
        static scope =>
        {
            var plan = scope.Plan;
            var place = scope.Expectation.Place;
            int SlotOf(string name, ColumnKind kind) => plan.Slot(name, place, kind);
            var names = scope.Flag("whole_issue") ? [] : plan.KeyColumns.Where(c => plan.KindOf(c) == ColumnKind.Text);
            var slots = new Slots(
                [.. names.Select(c => SlotOf(c, ColumnKind.Text))],
                plan.KeyColumns.Contains("issued_at_utc") ? SlotOf("issued_at_utc", ColumnKind.Instant) : null,
                SlotOf(GridShape.StartColumn, ColumnKind.Instant),
                SlotOf(GridShape.EndColumn, ColumnKind.Instant));
            var hours = plan.Feed.IssueReachHours;
            return batch => new ReachCheck(scope.Expectation, batch, slots, hours);
        })
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    private sealed record Slots(IReadOnlyList<int> Names, int? Issued, int Start, int End);

    private sealed class ReachCheck : BatchCheck
    {
        private readonly Slots _slots;
        private readonly long _least;
        private readonly Dictionary<(string Series, long Issued), (long First, long Last)> _issues = [];
        private readonly List<string> _examples = [];
        private (string Series, long Issued)? _current;
        private long _atFault;

        public ReachCheck(Expectation expectation, Batch batch, Slots slots, int? hours)
            : base(expectation, batch)
        {
            _slots = slots;
            _least = (hours ?? 0) * (long)SecondsPerHour;
            NotApplicable = hours is null ? "the feed does not say how far its issues reach"
                : !batch.Context.DayIsComplete ? "the day is not complete yet"
                : null;
        }

        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            var (starts, ends) = (Batch.Instant(_slots.Start).Values, Batch.Instant(_slots.End).Values);
            var codes = new int[_slots.Names.Count];
            var last = default(int[]);
            for (var row = 0; row < Batch.Count; row++)
            {
                for (var i = 0; i < codes.Length; i++)
                {
                    codes[i] = Batch.Text(_slots.Names[i]).Codes[row];
                }

                var issued = _slots.Issued is { } slot ? Batch.Instant(slot).Values[row] : 0;
                if (_current is not { } current || current.Issued != issued || last is null || !codes.AsSpan().SequenceEqual(last))
                {
                    last = [.. codes];
                    _current = (string.Join(' ', _slots.Names.Select((s, i) => Batch.Text(s).Pool.TextOf(codes[i]))), issued);
                }

                var reach = _issues.GetValueOrDefault(_current.Value, (First: long.MaxValue, Last: long.MinValue));
                _issues[_current.Value] = (Math.Min(reach.First, starts[row]), Math.Max(reach.Last, ends[row]));
            }
        }

        public override Tally Finish(Tally rows)
        {
            foreach (var series in _issues.GroupBy(i => i.Key.Series))
            {
                Judge([.. series.Select(i => (i.Key, Made: i.Key.Issued == 0 ? i.Value.First : i.Key.Issued, i.Value.Last))]);
            }

            return new Tally(_issues.Count, _atFault, _examples);
        }

        private void Judge(IReadOnlyList<((string Series, long Issued) Key, long Made, long Last)> issues)
        {
            // Some publishers' issues are equally long, those of others end with the same day.
            var length = Usual(issues.Select(i => i.Last - i.Made));
            var end = Usual(issues.Select(i => i.Last));
            foreach (var (key, made, last) in issues)
            {
                var isShort = issues.Count >= FewestForUsual
                    && (length.Count >= end.Count ? last - made < length.Value : last < end.Value);
                if (!isShort && last - made >= _least)
                {
                    continue;
                }

                _atFault++;
                if (_examples.Count < ExpectationResult.MaxExamples)
                {
                    var series = key.Series.Length > 0 ? key.Series : "all series";
                    _examples.Add(
                        $"{series}: the issue of {Text.OfInstant(made)} ends {(last - made) / SecondsPerHour} hours later, "
                        + $"at least {Math.Max(_least, length.Count >= end.Count ? length.Value : 0) / SecondsPerHour} expected");
                }
            }
        }

        private static (long Value, int Count) Usual(IEnumerable<long> values)
        {
            var usual = values.CountBy(v => v).OrderByDescending(v => v.Value).ThenByDescending(v => v.Key).First();
            return (usual.Key, usual.Value);
        }
    }
}
