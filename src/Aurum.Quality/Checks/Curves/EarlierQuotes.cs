using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks.Curves;

/// <summary>Expectations that hold the quotes of a batch against those of the as-of date before: whether curves are all there, whether
/// they moved at all, and whether single quotes moved as the rest of their curve did.</summary>
internal static class EarlierQuotes
{
    private const string NothingBefore = "no earlier as-of date is stored";

    /// <summary>Median absolute deviations of a normal distribution in a standard deviation.</summary>
    private const double DeviationsPerSigma = 1.4826;

    public static readonly ExpectationType Present = new(
        "expect_curves_of_previous_asof", [], static scope => Make(scope, static (expectation, batch, sheet) =>
            new EarlierCheck(expectation, batch, sheet, static (_, _) => new Verdict(1, 0, ""), judgesMissing: true)))
    {
        JudgesRows = false,
    };

    public static readonly ExpectationType Moved = new(
        "expect_curves_to_differ_from_previous_asof",
        [new("min_tenors", ParameterKind.Number)],
        static scope =>
        {
            var least = (int)scope.Number("min_tenors", 6);
            return Make(scope, (expectation, batch, sheet) =>
                new EarlierCheck(expectation, batch, sheet, (curve, moves) => Stale(curve, moves, least), judgesMissing: false));
        })
    {
        JudgesRows = false,
    };

    public static readonly ExpectationType Usual = new(
        "expect_moves_from_previous_asof_to_be_usual",
        [
            new("max_z", ParameterKind.Number),
            new("min_move", ParameterKind.Number),
            new("max_ratio", ParameterKind.Number),
        ],
        static scope =>
        {
            var (z, floor) = (scope.Number("max_z", 12), scope.Number("min_move", 0.05));
            var ratio = scope.Number("max_ratio", 0.5);
            return Make(scope, (expectation, batch, sheet) =>
                new EarlierCheck(expectation, batch, sheet, (curve, moves) => Jumps(curve, moves, z, floor, ratio), judgesMissing: false));
        })
    {
        JudgesRows = false,
    };

    private delegate Verdict Judge(CurveQuotes curve, List<Move> moves);

    private static CheckFactory Make(ExpectationScope scope, Func<Expectation, Batch, QuoteSheet, Check> make)
    {
        var columns = QuoteColumns.Of(scope);
        return batch => make(scope.Expectation, batch, new QuoteSheet(batch, columns));
    }

    private static Verdict Stale(CurveQuotes curve, List<Move> moves, int least)
    {
        if (moves.Count < least)
        {
            return default;
        }

        return moves.TrueForAll(static m => m.Change == 0)
            ? new Verdict(
                1, 1, $"{curve.Name}: all {moves.Count} quotes are those of the as-of date before, from {moves[0].Point.Place} on")
            : new Verdict(1, 0, "");
    }

    private static Verdict Jumps(CurveQuotes curve, List<Move> moves, double maxZ, double floor, double maxRatio)
    {
        if (moves.Count == 0)
        {
            return default;
        }

        var middle = Median(moves.Select(static m => m.Change));
        var spread = Median(moves.Select(m => Math.Abs(m.Change - middle))) * DeviationsPerSigma;
        var level = Median(moves.Select(static m => Math.Abs(m.Before)));
        var fault = "";
        var failed = 0;
        if (level > 0 && Math.Abs(middle) > maxRatio * level && Math.Abs(middle) > floor)
        {
            failed = 1;
            fault = $"{curve.Name} moved by {Text.Of(Math.Round(middle, 4))} at a level of {Text.Of(Math.Round(level, 4))}";
        }

        foreach (var move in moves)
        {
            var distance = Math.Abs(move.Change - middle);
            if (distance > maxZ * Math.Max(spread, floor * level / maxZ))
            {
                failed++;
                fault = fault.Length > 0
                    ? fault
                    : $"{move.Point.Place} of {curve.Name} went from {Text.Of(move.Before)} to {Text.Of(move.Point.Mid)}, the curve "
                        + $"moved by {Text.Of(Math.Round(middle, 4))}";
            }
        }

        return new Verdict(moves.Count, failed, fault);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private readonly record struct Move(QuotePoint Point, double Before)
    {
        public double Change => Point.Mid - Before;
    }

    private readonly record struct Verdict(int Judged, int Failed, string? Fault);

    private sealed class EarlierCheck : BatchCheck
    {
        private readonly QuoteSheet _sheet;
        private readonly Judge _judge;
        private readonly bool _judgesMissing;

        public EarlierCheck(Expectation expectation, Batch batch, QuoteSheet sheet, Judge judge, bool judgesMissing)
            : base(expectation, batch)
        {
            _sheet = sheet;
            _judge = judge;
            _judgesMissing = judgesMissing;
            NotApplicable = batch.Context.Earlier is null ? NothingBefore : null;
        }

        public override string Details => Batch.Context.Earlier is { } earlier ? $"held against {earlier.AsOf:uuuu-MM-dd}" : "";

        public override void Test(Span<ulong> scope, Span<ulong> failing) => _sheet.Add(scope);

        public override Tally Finish(Tally rows)
        {
            var earlier = Batch.Context.Earlier!;
            long judged = 0, failed = 0;
            var examples = new List<string>();
            foreach (var curve in _sheet.Curves)
            {
                var verdict = _judge(curve, Moves(earlier, curve));
                judged += verdict.Judged;
                failed += verdict.Failed;
                Show(examples, verdict.Fault);
            }

            if (_judgesMissing)
            {
                var present = _sheet.Curves.Select(static c => c.Key).ToHashSet();
                var missing = earlier.Curves.Where(c => !present.Contains(c.Key)).ToList();
                judged = earlier.Curves.Count;
                failed = missing.Count;
                missing.ForEach(m => Show(examples, $"{m.Value} is not in the workbook; {earlier.AsOf:uuuu-MM-dd} has it"));
            }

            return new Tally(judged, failed, examples);
        }

        private static List<Move> Moves(EarlierAsOf earlier, CurveQuotes curve)
        {
            var moves = new List<Move>();
            foreach (var point in curve.Points)
            {
                if (!double.IsNaN(point.Mid) && earlier.Mids.TryGetValue((curve.Key, curve.Units, point.Label), out var before))
                {
                    moves.Add(new Move(point, before));
                }
            }

            return moves;
        }

        private static void Show(List<string> examples, string? fault)
        {
            if (fault is { Length: > 0 } && examples.Count < ExpectationResult.MaxExamples)
            {
                examples.Add(fault);
            }
        }
    }
}
