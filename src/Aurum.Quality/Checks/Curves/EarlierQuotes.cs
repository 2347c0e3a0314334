using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks.Curves;

/// <summary>Expectations that hold the quotes of a batch against those of the as-of date before: whether curves are all there, whether
/// they moved at all, and whether single quotes moved as the rest of their curve did.</summary>
internal static class EarlierQuotes
{
    private const string NothingBefore = "no earlier as-of date is stored";

    public static readonly ExpectationType Present = new(
        "expect_curves_of_previous_asof", [], static scope => Make(scope, static (expectation, batch, sheet) =>
            new EarlierCheck(expectation, batch, sheet, static (_, _, _) => new Verdict(1, 0, ""), judgesMissing: true)))
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
                new EarlierCheck(expectation, batch, sheet, (curve, moves, _) => Stale(curve, moves, least), judgesMissing: false));
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
            new("max_usual", ParameterKind.Number),
            new("min_history", ParameterKind.Number),
        ],
        static scope =>
        {
            var bounds = new Bounds(
                scope.Number("max_z", 12), scope.Number("min_move", 0.05), scope.Number("max_ratio", 0.5), scope.Number("max_usual", 10),
                (int)scope.Number("min_history", 3));
            return Make(scope, (expectation, batch, sheet) => new EarlierCheck(
                expectation, batch, sheet, (curve, moves, earlier) => Jumps(curve, moves, earlier, bounds), judgesMissing: false));
        })
    {
        JudgesRows = false,
    };

    private delegate Verdict Judge(CurveQuotes curve, List<Move> moves, IReadOnlyList<CurveMove> earlier);

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

    private static Verdict Jumps(CurveQuotes curve, List<Move> moves, IReadOnlyList<CurveMove> earlier, Bounds bounds)
    {
        if (moves.Count == 0)
        {
            return default;
        }

        var (middle, spread) = CurveMove.Of([.. moves.Select(static m => m.Change)]);
        var level = CurveMove.Median([.. moves.Select(static m => Math.Abs(m.Before))]);
        var fault = Leap(curve, middle, level, earlier, bounds);
        var failed = fault.Length > 0 ? 1 : 0;
        if (earlier.Count >= bounds.LeastMoves)
        {
            spread = Math.Max(spread, CurveMove.Usual(earlier).Spread);
        }

        foreach (var move in moves)
        {
            var distance = Math.Abs(move.Change - middle);
            if (distance > bounds.MaxZ * Math.Max(spread, bounds.MinMove * level / bounds.MaxZ))
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

    /// <summary>A curve that moved as a whole by more than it does, or by more than a curve may; empty where it did not.</summary>
    private static string Leap(CurveQuotes curve, double middle, double level, IReadOnlyList<CurveMove> earlier, Bounds bounds)
    {
        var (distance, fault) = (Math.Abs(middle), $"{curve.Name} moved by {Text.Of(Math.Round(middle, 4))} at a level of "
            + Text.Of(Math.Round(level, 4)));
        if (earlier.Count >= bounds.LeastMoves)
        {
            var usual = CurveMove.Usual(earlier).Middle;
            if (level > 0 && distance > Math.Max(bounds.MaxUsual * usual, bounds.MinMove * level))
            {
                return $"{fault}; half of its {earlier.Count} moves before were within {Text.Of(Math.Round(usual, 4))}";
            }
        }

        return level > 0 && distance > bounds.MaxRatio * level && distance > bounds.MinMove ? fault : "";
    }

    /// <summary>When a move is told of.</summary>
    /// <param name="MaxZ">Robust deviations of a quote from its curve's move.</param>
    /// <param name="MinMove">Share of the level below which nothing is told.</param>
    /// <param name="MaxRatio">Share of the level that a curve moves by.</param>
    /// <param name="MaxUsual">Times the usual move of the curve.</param>
    /// <param name="LeastMoves">Earlier moves of a curve without which nothing is known to be usual.</param>
    private readonly record struct Bounds(double MaxZ, double MinMove, double MaxRatio, double MaxUsual, int LeastMoves);

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

        public override string Details => Batch.Context.Earlier switch
        {
            null => "",
            { Moves.Count: 0 } earlier => $"held against {earlier.AsOf:uuuu-MM-dd}",
            var earlier => $"held against {earlier.AsOf:uuuu-MM-dd}, and moves since {earlier.Since:uuuu-MM-dd}",
        };

        public override void Test(Span<ulong> scope, Span<ulong> failing) => _sheet.Add(scope);

        public override Tally Finish(Tally rows)
        {
            var earlier = Batch.Context.Earlier!;
            long judged = 0, failed = 0;
            var examples = new List<string>();
            foreach (var curve in _sheet.Curves)
            {
                var verdict = _judge(curve, Moves(earlier, curve), earlier.Moves.GetValueOrDefault((curve.Key, curve.Units), []));
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
