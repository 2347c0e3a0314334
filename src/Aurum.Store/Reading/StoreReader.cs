using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Locations;
using Aurum.Store.Rows;
using Aurum.Store.Sql;
using Aurum.Store.Watch;

namespace Aurum.Store.Reading;

/// <summary>Reads the store. Every call sees one committed state; many may run at the same time.</summary>
public sealed class StoreReader
{
    private const int MaxRecords = 1_000_000;
    private const int DeliveryPage = 1_000;

    private readonly StoreEngine _engine;
    private readonly RowTally _tally;

    internal StoreReader(StoreEngine engine) => (_engine, _tally) = (engine, new RowTally(engine));

    /// <summary>Rows of a table with its columns, then feed, known_at, revision, file_id.</summary>
    /// <exception cref="ArgumentException">Unknown table or column, a cursor that is not ours, a limit out of range.</exception>
    public RowReader Rows(RowQuery query, CancellationToken cancel = default)
    {
        var sql = new RowQuerySql(query);
        return Open(
            lease =>
            {
                var statement = lease.Connection.Prepare(sql.Text);
                sql.Bind(statement);
                return new RowReader(lease, statement, sql.Columns, query.Limit, sql.CursorOf, end: null, cancel);
            });
    }

    /// <summary>One read-only SQL query, cut off after the limit. It sees the rows of all tenants.</summary>
    /// <exception cref="ArgumentException">Not a query, or one that the engine refuses: the message is the engine's.</exception>
    /// <exception cref="EngineException">The engine was not reached or gave way, whatever the query is.</exception>
    public RowReader Sql(string sql, int maxRows = 1_000_000, CancellationToken cancel = default) =>
        SqlOf(StoreEngine.AllTenants, sql, maxRows, cancel);

    /// <summary>One read-only SQL query of a tenant: it sees no other's rows, where the engine keeps tenants apart.</summary>
    /// <param name="tenant">Whose rows it sees.</param>
    /// <param name="sql">Query.</param>
    /// <param name="maxRows">Rows at most.</param>
    /// <param name="cancel">Interrupts the engine.</param>
    /// <exception cref="ArgumentException">Not a query, or one that the engine refuses: the message is the engine's.</exception>
    /// <exception cref="EngineException">The engine was not reached or gave way, whatever the query is.</exception>
    public RowReader SqlOf(string tenant, string sql, int maxRows = 1_000_000, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        return Open(
            lease =>
            {
                lease.Connection.Begin(readOnly: true);
                try
                {
                    lease.Connection.ActFor(tenant);
                    var (statement, columns) = SqlGuard.Prepare(lease.Connection, sql);
                    return new RowReader(lease, statement, columns, maxRows, null, static c => c.RollBack(), cancel);
                }
                catch (Exception error) when (error is ArgumentException or EngineException or OperationCanceledException)
                {
                    lease.Connection.RollBack();
                    throw error is EngineException { IsTransient: false } ? new ArgumentException(error.Message, error) : error;
                }
            });
    }

    /// <summary>A query of the program in a transaction that reads, which stays open.</summary>
    internal static RowReader SqlOf(EngineConnection connection, string sql)
    {
        var (statement, columns) = SqlGuard.Prepare(connection, sql);
        return new RowReader(
            new ConnectionLease(engine: null, connection), statement, columns, long.MaxValue, null, end: null, CancellationToken.None);
    }

    /// <summary>The price of each place whose interval the instant lies in, or the last one before it.</summary>
    public IReadOnlyList<LatestPrice> LatestPrices(LatestPriceQuery query, CancellationToken cancel = default)
    {
        using var lease = _engine.Rent();
        var sql = new LatestPriceSql(query);
        return lease.Connection.Interruptibly(() => sql.Read(lease.Connection), cancel);
    }

    public IReadOnlyList<QuarantinedRow> Quarantine(RecordQuery query) => List(ReadingSql.Quarantine, query, QuarantinedAt);

    public IReadOnlyList<DeadLetterRecord> DeadLetters(RecordQuery query) => List(ReadingSql.DeadLetters, query, DeadLetterAt);

    /// <summary>Rows that a delivery brought, new or changed: the table's columns, then feed, known_at, revision, file_id.</summary>
    internal RowReader DeliveredRows(OutboxEntry entry, bool inOrder, CancellationToken cancel)
    {
        var shape = TableShape.Find(entry.Table);
        var sql = new RowTableSql(shape);
        return Open(lease => new RowReader(
            lease,
            lease.Connection.Prepare(inOrder ? sql.AllByKey(SinkSql.OfDelivery) : sql.All(SinkSql.OfDelivery)).Bind(entry.Id),
            RowQuerySql.ColumnsOf(shape),
            long.MaxValue,
            cursorOf: null,
            end: null,
            cancel));
    }

    internal IReadOnlyList<QuarantinedRow> QuarantineOf(long delivery) =>
        _engine.List(SinkSql.QuarantineOf, s => s.Bind(delivery), QuarantinedAt);

    internal IReadOnlyList<DeadLetterRecord> DeadLettersOf(long delivery) =>
        _engine.List(SinkSql.DeadLettersOf, s => s.Bind(delivery), DeadLetterAt);

    internal string WhyOf(long delivery) =>
        _engine.List(SinkSql.WhyOf, s => s.Bind(delivery), static (rows, i) => rows.String(0, i)).FirstOrDefault("");

    internal GateResult? GateOf(OutboxEntry entry) =>
        _engine.List(SinkSql.GateOf, s => s.Bind(entry.Feed.Text).Bind(entry.Id), GateAt).FirstOrDefault();

    internal IReadOnlyList<LocationRecord> PlacesOf(long delivery) => _engine.List(
        LocationSql.ChangesOf,
        s => s.Bind(delivery),
        static (rows, i) => LocationRegistry.Read(rows, i, firstSeen: null, lastSeen: null));

    public IReadOnlyList<DriftRecord> Drift(RecordQuery query) => List(
        ReadingSql.Drift,
        query,
        static (rows, i) => new DriftRecord(
            rows.Int64(0, i),
            new FeedId(rows.String(1, i)),
            rows.Date(2, i),
            rows.String(3, i),
            rows.String(4, i),
            rows.String(5, i),
            rows.String(6, i),
            rows.Int64(7, i),
            rows.Instant(8, i)));

    /// <summary>What was found about stored rows.</summary>
    public IReadOnlyList<FindingRecord> Findings(RecordQuery query) => List(
        ReadingSql.Findings,
        query,
        static (rows, i) => new FindingRecord(
            rows.Int64(0, i),
            new FeedId(rows.String(1, i)),
            rows.Date(2, i),
            new Finding(
                rows.String(3, i),
                rows.String(4, i),
                rows.InstantOrNull(5, i),
                NumberOrNaN(rows, 6, i),
                NumberOrNaN(rows, 7, i),
                NumberOrNaN(rows, 8, i),
                rows.String(9, i),
                rows.String(10, i)),
            rows.Instant(11, i)));

    /// <summary>What is left of balances, all revisions; the feed of a record is the one whose rows made it be computed.</summary>
    public IReadOnlyList<ResidualRecord> Residuals(RecordQuery query) => List(
        ReadingSql.Residuals,
        query,
        static (rows, i) => new ResidualRecord(
            rows.Int64(0, i),
            rows.String(1, i),
            rows.String(2, i),
            new FeedId(rows.String(3, i)),
            rows.Date(4, i),
            rows.Instant(5, i),
            rows.Double(6, i),
            rows.Double(7, i),
            rows.Double(8, i),
            rows.String(9, i),
            rows.Instant(10, i),
            rows.Int32(11, i)));

    /// <summary>What the gate made of a feed's latest deliveries, newest first.</summary>
    public IReadOnlyList<GateResult> GateResults(FeedId feed, int limit) => _engine.List(
        ReadingSql.GateResults,
        s => s.Bind(feed.Text).Bind(limit),
        GateAt);

    /// <summary>What is known of the forms of each feed's files.</summary>
    public ILookup<FeedId, FeedShape> Shapes() => _engine.List(
            DeliverySql.FindShapes,
            static _ => { },
            static (rows, i) => (
                Feed: new FeedId(rows.String(0, i)), Shape: new FeedShape(rows.String(1, i), rows.String(2, i), rows.Boolean(3, i))))
        .ToLookup(static s => s.Feed, static s => s.Shape);

    public IReadOnlyList<StoredFile> Files(RecordQuery query) => List(
        ReadingSql.Files,
        query,
        static (rows, i) => new StoredFile(
            rows.Int64(0, i),
            FileRecords.Read(rows, i),
            rows.Instant(13, i),
            (Outcome)rows.Int32(14, i),
            rows.Int64(15, i),
            rows.Int64(16, i),
            rows.Int64(17, i),
            rows.Int64(18, i),
            rows.Int64(19, i)));

    /// <summary>Commits, oldest first unless asked otherwise; a higher id is a later commit.</summary>
    public IReadOnlyList<OutboxEntry> Outbox(RecordQuery query) => List(
        ReadingSql.Outbox,
        query,
        static (rows, i) => new OutboxEntry(
            rows.Int64(0, i),
            new FeedId(rows.String(1, i)),
            rows.Date(2, i),
            rows.String(3, i),
            (Outcome)rows.Int32(4, i),
            rows.Instant(5, i),
            rows.Int64(6, i),
            rows.Int64(7, i),
            rows.Int64(8, i)));

    /// <summary>All deliveries in the order in which they were committed, for a replay.</summary>
    public IEnumerable<Delivery> Deliveries(FeedId? feed = null)
    {
        for (var after = 0L; ;)
        {
            var page = DeliveryReader.Page(_engine, feed, after, DeliveryPage);
            foreach (var delivery in page)
            {
                yield return delivery;
            }

            if (page.Count < DeliveryPage)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    /// <summary>One delivery with its files; null where there is none of that number.</summary>
    public Delivery? DeliveryOf(long id) =>
        DeliveryReader.Page(_engine, null, id - 1, 1) is [var found] && found.Id == id ? found : null;

    /// <summary>Rows in the tables, by table name, all revisions, for who looks often: counted where the engine does so at once, and told
    /// by the deliveries where it would have to read all rows.</summary>
    public IReadOnlyDictionary<string, long> RowTotals() => _engine.Sharing is null ? RowCounts() : _tally.Look();

    /// <summary>Rows in the tables, by table name: all revisions. A database server reads all of them for it.</summary>
    public IReadOnlyDictionary<string, long> RowCounts() => TableShape.All.ToDictionary(
        t => t.Name,
        t => _engine.List($"SELECT count(*) FROM {t.Name}", static _ => { }, static (rows, i) => rows.Int64(0, i))[0]);

    /// <summary>SHA-256 over all revisions of a table in the order of their keys, the same for every engine; 64 hex
    /// digits.</summary>
    /// <exception cref="ArgumentException">No such table.</exception>
    public string ContentHash(string table, CancellationToken cancel = default)
    {
        var shape = TableShape.Find(table);
        using var lease = _engine.Rent();
        using var statement = lease.Connection.Prepare(new RowTableSql(shape).AllInOrder);
        using var rows = lease.Connection.Interruptibly(statement.Query, cancel);
        using var hasher = new ContentHasher();
        var kinds = ContentHasher.Kinds(shape);
        while (rows.NextChunk())
        {
            cancel.ThrowIfCancellationRequested();
            hasher.Add(rows, kinds);
        }

        return hasher.Finish();
    }

    private static QuarantinedRow QuarantinedAt(EngineRows rows, int i) => new(
        rows.Int64(0, i),
        rows.String(1, i),
        new FeedId(rows.String(2, i)),
        rows.Date(3, i),
        rows.String(4, i),
        rows.String(5, i),
        rows.String(6, i),
        rows.Int64(7, i),
        rows.IsNull(8, i) ? null : rows.Int64(8, i),
        rows.Instant(9, i));

    private static DeadLetterRecord DeadLetterAt(EngineRows rows, int i) => new(
        rows.Int64(0, i),
        new FeedId(rows.String(1, i)),
        rows.Date(2, i),
        rows.Int64(3, i),
        rows.String(4, i),
        rows.String(5, i),
        rows.String(6, i),
        rows.Instant(7, i));

    private static GateResult GateAt(EngineRows rows, int i) => new(
        rows.Date(0, i),
        new GateRecord(rows.String(1, i), rows.String(2, i), rows.Int64(3, i), rows.Int64(4, i), rows.String(5, i)),
        rows.Instant(6, i));

    private static double NumberOrNaN(EngineRows rows, int column, int row) =>
        rows.IsNull(column, row) ? double.NaN : rows.Double(column, row);

    private RowReader Open(Func<ConnectionLease, RowReader> open)
    {
        var lease = _engine.Rent();
        try
        {
            return open(lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private List<T> List<T>(Func<bool, string> sql, RecordQuery query, Func<EngineRows, int, T> map)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxRecords);
        return _engine.List(
            sql(query.Descending),
            s => s.Bind(query.Feed?.Text).Bind(query.From).Bind(query.Through).Bind(query.AfterId).Bind(query.BeforeId)
                .Bind(query.AsOf).Bind(query.Limit),
            map);
    }
}
