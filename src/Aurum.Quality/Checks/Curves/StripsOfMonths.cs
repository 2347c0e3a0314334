using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks.Curves;

/// <summary><c>expect_strips_to_equal_mean_of_months</c>: a strip is the simple mean of its months that are quoted, within the rounding
/// of the vendor. Where it is not, the month that most likely is at fault is named.</summary>
internal static class StripsOfMonths
{
    private const double Slack = 1e-9;

    public static readonly ExpectationType Type = new(
        "expect_strips_to_equal_mean_of_months",
        [new("tolerance", ParameterKind.Number)],
        static scope =>
        {
            var columns = QuoteColumns.Of(scope);
            var tolerance = scope.Number("tolerance", 0.0005) + Slack;
            return batch => new StripCheck(scope.Expectation, batch, new QuoteSheet(batch, columns), tolerance);
        })
    {
        JudgesRows = false,
    };

    private sealed class StripCheck(Expectation expectation, Batch batch, QuoteSheet sheet, double tolerance)
        : BatchCheck(expectation, batch)
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing) => sheet.Add(scope);

        public override Tally Finish(Tally rows)
        {
            long judged = 0, failed = 0;
            var examples = new List<string>();
            foreach (var curve in sheet.Curves)
            {
                var months = curve.Months();
                var strips = curve.Points.Where(static p => p.StripMonths > 0 && !double.IsNaN(p.Mid))
                    .Select(p => new Strip(p, Listed(months, p))).Where(static s => s.Months.Count > 0).ToList();
                var wrong = strips.Where(s => Math.Abs(s.Gap) > tolerance).ToList();
                judged += strips.Count;
                failed += wrong.Count;
                if (wrong.Count > 0 && examples.Count < ExpectationResult.MaxExamples)
                {
                    examples.Add(Say(curve, wrong) + Suspect(months, strips, wrong));
                }
            }

            return new Tally(judged, failed, examples);
        }

        private static List<QuotePoint> Listed(SortedDictionary<int, QuotePoint> months, QuotePoint strip)
        {
            var listed = new List<QuotePoint>();
            for (var month = strip.Month; month < strip.Month + strip.StripMonths; month++)
            {
                if (months.TryGetValue(month, out var point))
                {
                    listed.Add(point);
                }
            }

            return listed;
        }

        private static string Say(CurveQuotes curve, List<Strip> wrong)
        {
            var first = wrong[0];
            var more = wrong.Count > 1 ? $", and {wrong.Count - 1} more of its strips" : "";
            return $"{first.Quote.Place} of {curve.Name} is {Text.Of(first.Quote.Mid)}, the mean of its {first.Months.Count} months is "
                + $"{Text.Of(Math.Round(first.Mean, 6))}{more}";
        }

        /// <summary>A month that all wrong strips and no right one have, and that would lie between its neighbours if it were what the
        /// strips say.</summary>
        private static string Suspect(SortedDictionary<int, QuotePoint> months, List<Strip> strips, List<Strip> wrong)
        {
            var right = strips.Except(wrong).SelectMany(static s => s.Months).Select(static m => m.Month).ToHashSet();
            var shared = wrong.Skip(1).Aggregate(
                wrong[0].Months.Select(static m => m.Month).ToHashSet(),
                static (all, strip) =>
                {
                    all.IntersectWith(strip.Months.Select(static m => m.Month));
                    return all;
                });
            shared.ExceptWith(right);
            if (shared.Count == 0)
            {
                return "";
            }

            var off = wrong[0].Gap * wrong[0].Months.Count;
            var suspect = shared.Select(m => months[m]).MinBy(p => Math.Abs(p.Mid + off - Between(months, p)));
            return wrong.Count == 1 && shared.Count > 1
                ? ""
                : $"; {suspect.Place} looks wrong: {Text.Of(suspect.Mid)}, expected about {Text.Of(Math.Round(suspect.Mid + off, 3))}";
        }

        private static double Between(SortedDictionary<int, QuotePoint> months, QuotePoint point)
        {
            var hasBefore = months.TryGetValue(point.Month - 1, out var before);
            var hasAfter = months.TryGetValue(point.Month + 1, out var after);
            return (hasBefore, hasAfter) switch
            {
                (true, true) => (before.Mid + after.Mid) / 2,
                (true, false) => before.Mid,
                (false, true) => after.Mid,
                _ => point.Mid,
            };
        }
    }

    private sealed class Strip(QuotePoint quote, List<QuotePoint> months)
    {
        public QuotePoint Quote { get; } = quote;

        public List<QuotePoint> Months { get; } = months;

        public double Mean { get; } = months.Count == 0 ? double.NaN : months.Average(static m => m.Mid);

        public double Gap => Quote.Mid - Mean;
    }
}
