using Aurum.Market.Feeds;
using Aurum.Quality.Gates;

namespace Aurum.Store.Rows;

/// <summary>Sends rows through the gate: those that pass go to the store's intake, the others to its quarantine with the reason.</summary>
/// <param name="gate">The batch's run through the gate.</param>
/// <param name="intake">The delivery's intake.</param>
public sealed class GatedOutput<TRow>(GateRun<TRow> gate, DayIntake<TRow> intake) : IRowOutput<TRow>
    where TRow : struct
{
    private readonly RowVerdicts _verdicts = new();

    /// <summary>Rows that came, whatever became of them.</summary>
    public long Rows { get; private set; }

    public void OnRows(ReadOnlySpan<TRow> rows)
    {
        Rows += rows.Length;
        gate.Check(rows, _verdicts);
        var from = 0;
        while (from < rows.Length)
        {
            var failed = _verdicts.AllPass ? -1 : _verdicts.NextFailed(from);
            var until = failed < 0 ? rows.Length : failed;
            if (until > from)
            {
                intake.Append(rows[from..until]);
            }

            if (failed >= 0)
            {
                intake.Quarantine(rows[failed], _verdicts.FirstFailure(failed).Name, _verdicts.Reason(failed));
            }

            from = until + 1;
        }
    }
}
