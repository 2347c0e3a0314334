using Aurum.Store.Locations;
using Aurum.Store.Reading;

namespace Aurum.Store.Sinks;

/// <summary>A delivery as a sink sees it: the entry of the outbox, and on demand what it brought.</summary>
/// <param name="Entry">Number, feed, operating day, outcome, counts.</param>
/// <param name="Reader">Reads the store.</param>
public sealed record SinkDelivery(OutboxEntry Entry, StoreReader Reader)
{
    /// <summary>The rows that were new or changed: the columns of <see cref="OutboxEntry.Table"/>, then feed, known_at, revision, file_id,
    /// in no promised order. Dispose it before the next call.</summary>
    public RowReader Rows(CancellationToken cancel) => Reader.DeliveredRows(Entry, inOrder: false, cancel);

    /// <summary>The same rows in the same order each time, on both engines: by file, key and revision. The engine sorts them, and puts on
    /// disk what does not fit into its memory.</summary>
    public RowReader RowsInOrder(CancellationToken cancel) => Reader.DeliveredRows(Entry, inOrder: true, cancel);

    /// <summary>Rows that were held back.</summary>
    public IReadOnlyList<QuarantinedRow> Quarantined() => Entry.Quarantined == 0 ? [] : Reader.QuarantineOf(Entry.Id);

    /// <summary>Files, or parts of them, that could not be read.</summary>
    public IReadOnlyList<DeadLetterRecord> DeadLetters() => Reader.DeadLettersOf(Entry.Id);

    /// <summary>Why it ended as it did; empty: nothing is to be said.</summary>
    public string Why() => Reader.WhyOf(Entry.Id);

    /// <summary>What the gate made of its rows; null where it saw none, or where that is too long ago: of a feed the last results are kept,
    /// and all that a sink has not taken yet.</summary>
    public GateResult? Gate() => Reader.GateOf(Entry);

    /// <summary>Versions of places that it made or changed, and places that retired with it: these have a last day.</summary>
    public IReadOnlyList<LocationRecord> Places() => Reader.PlacesOf(Entry.Id);
}
