using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks.Curves;

/// <summary><c>expect_months_to_be_contiguous</c>: from its first to its last month a curve lacks none.
/// <c>expect_months_to_begin_with_asof_month</c>: its first month is that of the as-of date.</summary>
internal static class ContiguousMonths
{
    public static readonly ExpectationType Whole = Make("expect_months_to_be_contiguous", judgesFirst: false);

    public static readonly ExpectationType FromAsOf = Make("expect_months_to_begin_with_asof_month", judgesFirst: true);

    private static ExpectationType Make(string name, bool judgesFirst) => new(
        name,
        [],
        scope =>
        {
            var columns = QuoteColumns.Of(scope);
            return batch => new MonthCheck(scope.Expectation, batch, new QuoteSheet(batch, columns), judgesFirst);
        })
    {
        JudgesRows = false,
    };

    private sealed class MonthCheck(Expectation expectation, Batch batch, QuoteSheet sheet, bool judgesFirst)
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
                if (months.Count == 0)
                {
                    continue;
                }

                judged++;
                if (Fault(curve, months) is { } fault)
                {
                    failed++;
                    if (examples.Count < ExpectationResult.MaxExamples)
                    {
                        examples.Add($"{curve.Name}: {fault}");
                    }
                }
            }

            return new Tally(judged, failed, examples);
        }

        private string? Fault(CurveQuotes curve, SortedDictionary<int, QuotePoint> months)
        {
            var (first, last) = (months.First(), months.Last());
            if (judgesFirst)
            {
                return Batch.Context.Day is { } day && first.Key != (day.Date.Year * 12) + day.Date.Month - 1
                    ? $"begins with {first.Value.Place}, expected the month of the as-of date, {day.Date:uuuu-MM}"
                    : null;
            }

            var before = first.Value;
            for (var month = first.Key; month <= last.Key; month++)
            {
                if (!months.TryGetValue(month, out var point))
                {
                    var empty = curve.Points.FirstOrDefault(p => p.IsMonth && p.Month == month);
                    return $"month {QuoteSheet.MonthText(month)} is missing"
                        + (empty.Cell is null ? $" behind {before.Place}" : $": {empty.Place} has no price");
                }

                before = point;
            }

            return null;
        }
    }
}
