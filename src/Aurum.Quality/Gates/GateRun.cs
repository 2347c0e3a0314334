using System.Numerics;
using Aurum.Quality.Checks;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Gates;

/// <summary>One batch on its way through the gate: hand over its rows in any number of pieces, then ask for the report.
/// For one thread.</summary>
public sealed class GateRun<TRow>
    where TRow : struct
{
    /// <summary>Rows that one call may bring.</summary>
    public const int MaxRowsPerCheck = 1 << 16;

    private readonly Gate<TRow> _gate;
    private readonly ColumnPlan<TRow> _plan;
    private readonly Batch _batch;
    private readonly RunningCheck[] _running;
    private readonly Check[] _checks;
    private ulong[] _scope = [];
    private ulong[] _failing = [];
    private long _rows;
    private long _quarantined;

    internal GateRun(Gate<TRow> gate, ColumnPlan<TRow> plan, IReadOnlyList<CompiledExpectation> expectations, GateContext context)
    {
        _gate = gate;
        _plan = plan;
        _batch = new Batch(context, plan.NewData(), plan.Grid);
        _running = [.. expectations.Select(e => new RunningCheck(e, _batch))];
        _checks = [.. _running.Select(static r => r.Check)];
    }

    public GateContext Context => _batch.Context;

    /// <summary>Judges rows. The verdicts hold until the next call; the span is not kept.</summary>
    public void Check(ReadOnlySpan<TRow> rows, RowVerdicts verdicts)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, MaxRowsPerCheck, nameof(rows));
        _batch.Reset(rows.Length);
        _plan.Fill(rows, _batch);
        _batch.Seal();
        verdicts.Reset(rows.Length, _checks);
        var words = Bits.WordsFor(rows.Length);
        if (_scope.Length < words)
        {
            _scope = new ulong[words];
            _failing = new ulong[words];
        }

        var failing = _failing.AsSpan(0, words);
        for (var i = 0; i < _running.Length; i++)
        {
            if (_running[i].Test(_scope.AsSpan(0, words), failing) > 0)
            {
                AddExamples(_running[i], rows, failing);
                if (_running[i].Check.Expectation.Severity == Severity.Row)
                {
                    verdicts.Add(i, failing);
                }
            }
        }

        _rows += rows.Length;
        _quarantined += verdicts.FailedCount;
    }

    /// <summary>Judges the batch as a whole. Call once, after the last row.</summary>
    public GateReport Finish() => new(
        _gate.Suite.Name,
        _gate.Feed.Id,
        Context.Day,
        _rows,
        _quarantined,
        [.. _running.Select(static r => r.Finish())],
        [.. _checks.SelectMany(static c => c.Notes)]);

    private void AddExamples(RunningCheck running, ReadOnlySpan<TRow> rows, ReadOnlySpan<ulong> failing)
    {
        for (var word = 0; word < failing.Length && running.WantsExamples; word++)
        {
            for (var bits = failing[word]; bits != 0 && running.WantsExamples; bits &= bits - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(bits);
                running.AddExample($"{_plan.KeyOf(in rows[row])}: {running.Check.Explain(row)}");
            }
        }
    }
}
