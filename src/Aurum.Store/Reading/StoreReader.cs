using Aurum.Market.Feeds;

namespace Aurum.Store.Reading;

/// <summary>Reads the store. Every call sees one committed state; many may run at the same time.</summary>
public sealed class StoreReader
{
    internal StoreReader()
    {
    }

    /// <summary>Rows of a table with its columns, then feed, known_at, revision, file_id.</summary>
    /// <exception cref="ArgumentException">Unknown table or column, a cursor that is not ours, a limit out of range.</exception>
    public RowReader Rows(RowQuery query, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>One read-only SQL query, cut off after the limit.</summary>
    /// <exception cref="ArgumentException">Not a query, or one that the engine refuses: the message is the engine's.</exception>
    public RowReader Sql(string sql, int maxRows = 1_000_000, CancellationToken cancel = default) => throw new NotImplementedException();

    public IReadOnlyList<LatestPrice> LatestPrices(LatestPriceQuery query, CancellationToken cancel = default) => throw new NotImplementedException();

    public IReadOnlyList<QuarantinedRow> Quarantine(RecordQuery query) => throw new NotImplementedException();

    public IReadOnlyList<DeadLetterRecord> DeadLetters(RecordQuery query) => throw new NotImplementedException();

    public IReadOnlyList<StoredFile> Files(RecordQuery query) => throw new NotImplementedException();

    public IReadOnlyList<OutboxEntry> Outbox(RecordQuery query) => throw new NotImplementedException();

    /// <summary>All deliveries in the order in which they were committed, for a replay.</summary>
    public IEnumerable<Delivery> Deliveries(FeedId? feed = null) => throw new NotImplementedException();

    /// <summary>Rows in the tables, by table name: all revisions.</summary>
    public IReadOnlyDictionary<string, long> RowCounts() => throw new NotImplementedException();

    /// <summary>SHA-256 over all revisions of a table in the order of their keys, the same for every engine; 64 hex digits.</summary>
    public string ContentHash(string table, CancellationToken cancel = default) => throw new NotImplementedException();
}
