using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Store.Sinks;

namespace Aurum.Cluster.Contracts;

/// <summary>Makes events of what deliveries brought: rows, what was held back, what could not be read, and the delivery itself.</summary>
/// <remarks>The same delivery gives the same events in the same order whenever it is asked for. Not for several threads.</remarks>
/// <param name="ids">Ids of the schemas in the registry.</param>
/// <param name="maxBatchBytes">Bytes of events after which a batch is handed out. 64 KiB to 256 MiB.</param>
public sealed class DeliveryEvents(EventSchemaIds ids, int maxBatchBytes = DeliveryEvents.DefaultBatchBytes) : IDisposable
{
    public const int DefaultBatchBytes = 4 << 20;

    private readonly EventBatch _batch = new();

    /// <summary>Rows that had no event: a number that their contract demands is unknown.</summary>
    public long RowsWithoutEvent { get; private set; }

    /// <summary>Whether rows of a table have events.</summary>
    public static bool Follows(string table) => RowEvents.Tables.Contains(table);

    /// <summary>Topics that the rows of a feed go to; none for a table without events.</summary>
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

        LetterEvents.Write(delivery, ids, _batch);
        DeliveryEvent.Write(delivery.Entry, ids, _batch);
        yield return _batch;
        _batch.Clear();
    }

    public void Dispose() => _batch.Dispose();

    private IEnumerable<EventBatch> Rows(SinkDelivery delivery, CancellationToken cancel)
    {
        if (!Follows(delivery.Entry.Table) || delivery.Entry.New + delivery.Entry.Changed == 0)
        {
            yield break;
        }

        var feed = FeedCatalog.TryFind(delivery.Entry.Feed);
        var places = feed?.Contract is { } contract ? Places.Read(delivery.Reader, contract.IsoCode, cancel) : Places.None;
        using var rows = delivery.Rows(cancel);
        using var events = new RowEvents(delivery.Entry, feed, rows.Columns, places, ids);
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
