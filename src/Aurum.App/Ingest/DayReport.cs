using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Store.Rows;

namespace Aurum.App.Ingest;

/// <summary>What came of asking for one operating day of a feed.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="Day">Operating day.</param>
/// <param name="Outcome">The one outcome, as the ledger has it.</param>
/// <param name="Why">A sentence; empty for plain data.</param>
/// <param name="IsComplete">Whether the whole day is there.</param>
/// <param name="Receipt">What was stored.</param>
/// <param name="Gate">What the quality gate found; null where no row came.</param>
/// <param name="Files">Files received for it; none where it was read from a file that came for another day.</param>
/// <param name="Bytes">Bytes of them.</param>
internal sealed record DayReport(
    Feed Feed,
    OperatingDay Day,
    Outcome Outcome,
    string Why,
    bool IsComplete,
    CommitReceipt Receipt,
    GateReport? Gate,
    int Files,
    long Bytes)
{
    /// <summary>One line for people: <c>caiso/day-ahead-lmp 2026-11-20: 360 rows new</c>.</summary>
    public override string ToString()
    {
        var rows = Receipt.RowsIn == 0 ? "no rows" : string.Join(", ", Counts());
        return $"{Feed.Id} {Day}: {rows}{(Outcome == Outcome.Data && Why.Length == 0 ? "" : $"; {Outcome}: {Why}")}"
            + (IsComplete || !Outcome.IsSettled() ? "" : " (day not complete yet)");
    }

    private IEnumerable<string> Counts()
    {
        (string Name, long Count)[] all =
        [
            ("new", Receipt.New), ("changed", Receipt.Changed), ("identical", Receipt.Identical),
            ("duplicate", Receipt.Duplicate), ("quarantined", Receipt.Quarantined),
        ];
        return all.Where(c => c.Count > 0).Select(c => $"{c.Count:N0} {c.Name}");
    }
}
