using Aurum.Quality.Checks;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Gates;

/// <summary>A check within a run, with what it has counted so far.</summary>
internal sealed class RunningCheck
{
    private readonly CompiledExpectation _compiled;
    private readonly Batch _batch;
    private readonly RowFilter? _filter;
    private readonly List<string> _examples = [];
    private long _checked;
    private long _failed;

    public RunningCheck(CompiledExpectation compiled, Batch batch)
    {
        _compiled = compiled;
        _batch = batch;
        Check = compiled.Factory(batch);
        _filter = compiled.Filter?.Invoke(batch);
    }

    public Check Check { get; }

    public bool WantsExamples => _examples.Count < ExpectationResult.MaxExamples;

    public void AddExample(string example) => _examples.Add(example);

    /// <summary>Judges the rows of the batch and counts. Gives how many failed; their bits are left in
    /// <paramref name="failing"/>.</summary>
    public int Test(Span<ulong> scope, Span<ulong> failing)
    {
        if (NotApplicable is not null)
        {
            return 0;
        }

        Bits.SetFirst(scope, _batch.Count);
        _filter?.Restrict(scope);
        failing.Clear();
        Check.Test(scope, failing);
        Bits.And(failing, scope);
        var failed = Bits.Count(failing);
        _checked += Bits.Count(scope);
        _failed += failed;
        return failed;
    }

    public ExpectationResult Finish()
    {
        var expectation = Check.Expectation;
        if (NotApplicable is { } why)
        {
            return new(expectation.Name, expectation.Type, expectation.Severity, CheckStatus.NotApplicable, 0, 0,
                expectation.Mostly, [], why);
        }

        var tally = Check.Finish(new Tally(_checked, _failed, _examples));
        return new(
            expectation.Name,
            expectation.Type,
            expectation.Severity,
            StatusOf(tally, expectation),
            tally.Checked,
            tally.Failed,
            expectation.Severity == Severity.Row ? expectation.Mostly : expectation.Mostly ?? 1,
            tally.Examples,
            Check.Details);
    }

    private string? NotApplicable => _compiled.NotApplicable ?? Check.NotApplicable;

    private static CheckStatus StatusOf(Tally tally, Expectation expectation)
    {
        if (tally.Failed == 0)
        {
            return CheckStatus.Pass;
        }

        var share = (double)(tally.Checked - tally.Failed) / tally.Checked;
        var least = expectation.Mostly ?? (expectation.Severity == Severity.Row ? 0 : 1);
        return (expectation.Severity, share < least) switch
        {
            (Severity.Row, false) => CheckStatus.Warn,
            (_, false) => CheckStatus.Pass,
            (Severity.Warn, true) => CheckStatus.Warn,
            _ => CheckStatus.Fail,
        };
    }
}
