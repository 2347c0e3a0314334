using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Store.Sinks;

namespace Aurum.Cluster.Contracts;

/// <summary>Makes events of what deliveries brought: rows, what was held back, what could not be read, the delivery itself,
/// places that changed with it, what the gate made of it, and what a person should look at.</summary>
/// <remarks>The same delivery gives the same events in the same order whenever it is asked for. Not for several threads.</remarks>
/// <param name="ids">Ids of the schemas in the registry.</param>
/// <param name="maxBatchBytes">Bytes of events after which a batch is handed out. 64 KiB to 256 MiB.</param>
/// <param name="topicOf">Name of a topic in this environment, for events that tell of one; null: the same.</param>
public sealed class DeliveryEvents(
    EventSchemaIds ids, int maxBatchBytes = DeliveryEvents.DefaultBatchBytes, Func<string, string>? topicOf = null) : IDisposable
{
    public const int DefaultBatchBytes = 4 << 20;

    private readonly EventBatch _batch = new();

    /// <summary>Rows that had no event: a number that their contract demands is unknown.</summary>
    public long RowsWithoutEvent { get; private set; }

    /// <summary>Whether deliveries of a table have events: those whose rows have, and workbooks as they were read, of which some can't
    /// be.</summary>
    public static bool Follows(string table) => HasRows(table) || table == CurveTables.Landing.Name;

    /// <summary>Topics that all rows of a feed go to; none for a table without events. Those that some rows go to as well are left out:
    /// consumer prices of FRED's series, prices of natural gas.</summary>
    public static IReadOnlyList<string> TopicsOf(string table, FeedId feed) => RowEvents.TopicsOf(table, feed);

    /// <summary>The events of a delivery, a batch at a time. A batch is used again: it is good until the next one is asked for.</summary>
    /// <exception cref="ArgumentException">The feed is not known, so that its rows have no contract.</exception>
    public IEnumerable<EventBatch> Of(SinkDelivery delivery, CancellationToken cancel)
    {
        _batch.Clear();
        foreach (var batch in Rows(delivery, cancel))
        {
            yield return batch;
            _batch.Clear();
        }

        foreach (var _ in Others(delivery))
        {
            if (_batch.LengthBytes >= maxBatchBytes)
            {
                yield return _batch;
                _batch.Clear();
            }
        }

        yield return _batch;
        _batch.Clear();
    }

    public void Dispose() => _batch.Dispose();

    private static bool HasRows(string table) => RowEvents.Tables.Contains(table);

    /// <summary>Writes all that a delivery has beside its rows, an event or a few at a time.</summary>
    private IEnumerable<bool> Others(SinkDelivery delivery)
    {
        var (entry, letters) = (delivery.Entry, DeliveryLetter.Of(delivery).ToList());
        foreach (var letter in letters)
        {
            LetterEvents.Write(letter, entry.Table, ids, _batch);
            yield return true;
        }

        DeliveryEvent.Write(entry, ids, _batch);
        foreach (var place in delivery.Places())
        {
            PlaceEvents.Write(place, entry.KnownAt, ids, _batch);
            yield return true;
        }

        foreach (var letter in letters)
        {
            RefusalEvents.Write(letter, entry.Table, topicOf ?? (static t => t), ids, _batch);
            yield return true;
        }

        Judge(delivery);
    }

    /// <summary>What somebody should look at, and what the gate said. The gate's results come last: of long ago they are not kept, and the
    /// numbers of the other events must not hang on that.</summary>
    private void Judge(SinkDelivery delivery)
    {
        if (HasRows(delivery.Entry.Table))
        {
            // A workbook that can't be read is a hole of its vendor's curves too, which alarms: once is enough.
            AlertEvents.WriteUnread(delivery, ids, _batch);
        }

        if (delivery.Gate() is { } gate)
        {
            GateEvents.Write(delivery.Entry.Feed, gate, ids, _batch);
            AlertEvents.WriteGate(delivery.Entry, gate, ids, _batch);
        }
    }

    private IEnumerable<EventBatch> Rows(SinkDelivery delivery, CancellationToken cancel)
    {
        if (!HasRows(delivery.Entry.Table) || delivery.Entry.New + delivery.Entry.Changed == 0)
        {
            yield break;
        }

        var feed = FeedCatalog.TryFind(delivery.Entry.Feed);
        var lookup = PlaceLookup.Read(delivery.Reader, delivery.Entry.Feed, feed, cancel);

        // Events are numbered by their places, and the numbers name them for good: the engine alone promises no order.
        using var rows = delivery.RowsInOrder(cancel);
        using var events = new RowEvents(delivery.Entry.Table, new RowWorld(delivery.Entry.Feed, feed, rows.Columns, lookup, ids));
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                RowsWithoutEvent += events.Write(rows, row, _batch) ? 0 : 1;
                if (_batch.LengthBytes >= maxBatchBytes)
                {
                    yield return _batch;
                }
            }

            cancel.ThrowIfCancellationRequested();
        }
    }
}
