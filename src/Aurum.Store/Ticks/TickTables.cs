using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Reading;
using Aurum.Store.Sql;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>The tables of real-time prices: what frames of the journal have made, up to one of them. Safe from several threads.</summary>
public sealed class TickTables
{
    /// <summary>Rows that one piece of pruning looks at.</summary>
    private const int PruneRows = 1_000_000;

    private const int MostLetters = 1_000_000;

    /// <summary>Submissions whose keys are remembered at most.</summary>
    private const long MostSubmissions = 1_000_000;

    /// <summary>How long keys of submissions are remembered.</summary>
    private static readonly Duration KeysFor = Duration.FromHours(24);

    /// <summary>How often they are looked through.</summary>
    private static readonly Duration ForgetEvery = Duration.FromMinutes(10);

    /// <summary>How often old rows are looked for.</summary>
    private static readonly Duration PruneEvery = Duration.FromMinutes(1);

    /// <summary>Pieces of them that one settlement deletes at most.</summary>
    private const int PrunePieces = 16;

    private readonly StoreEngine _engine;
    private readonly StoreOptions _options;
    private readonly Lock _gate = new();
    private TickState? _state;
    private Instant _forgotAt = Instant.MinValue;
    private Instant _prunedAt = Instant.MinValue;

    internal TickTables(StoreEngine engine, StoreOptions options) => (_engine, _options) = (engine, options);

    /// <summary>Number of the last frame that the tables have; 0 before the first.</summary>
    public long SettledFrame => Progress.Frame;

    public TickProgress Progress => State.Progress;

    private TickState State
    {
        get
        {
            lock (_gate)
            {
                // Of a database that others write to as well, what was read before may be old.
                return _engine.Sharing is not null || _state is null
                    ? _state = _engine.List(TickSql.Progress, static _ => { }, TickState.Read)[0]
                    : _state;
            }
        }
    }

    /// <summary>Writes what frames have made, and that they are settled, in one transaction. Frames that are settled already are left as
    /// they are, so that it can be tried again. Once a minute of the frames' time, rows that are too old are deleted before.</summary>
    /// <exception cref="StoreException">Its first frame is not the next one, or counts do not add up: a defect, and nothing is
    /// written.</exception>
    public void Settle(TickSettlement settlement)
    {
        if (settlement.LastFrame <= SettledFrame)
        {
            return;
        }

        PruneNowAndThen(settlement.KnownAt);
        using var lease = _engine.Rent();
        try
        {
            _engine.Commit(lease.Connection, () => Write(lease.Connection, settlement), () => Settled(settlement));
        }
        catch
        {
            // Whether a commit that failed is in the file, the file knows.
            Forget();
            throw;
        }
    }

    /// <summary>Deletes a piece of the ticks that are older than <see cref="StoreOptions.TickDays"/>, by when they were stored. Bars
    /// stay.</summary>
    /// <returns>Ticks that were deleted; 0 where none is left to delete.</returns>
    public long Prune(Instant now) => Delete(TickSql.Prune, _options.TickDays, now);

    /// <summary>Deletes a piece of the dead letters that are older than <see cref="StoreOptions.DeadLetterDays"/>.</summary>
    /// <returns>Letters that were deleted.</returns>
    public long PruneLetters(Instant now) => Delete(TickSql.PruneLetters, _options.DeadLetterDays, now);

    /// <summary>Deletes a piece of the quotes that are older than <see cref="StoreOptions.CurvePointDays"/>, but not the last one of a
    /// month.</summary>
    /// <returns>Quotes that were deleted.</returns>
    public long PruneCurvePoints(Instant now) => Delete(TickSql.PruneCurvePoints, _options.CurvePointDays, now);

    /// <summary>Ticks with the columns frame, index, instrument_id, market, source, event_time, ingested_at, sequence, price, volume,
    /// bid, ask, currency, unit, flags (a number, <see cref="QualityFlags"/>), commodity, region, known_at.</summary>
    /// <exception cref="ArgumentException">A cursor that is not ours, a limit out of range.</exception>
    public RowReader Ticks(TickQuery query, CancellationToken cancel = default) => Read(TickQuerySql.Of(query), cancel);

    /// <summary>Bars with the columns frame, index, instrument_id, interval (a number, <see cref="BarInterval"/>), start_utc, end_utc,
    /// open, high, low, close, volume, vwap, twap, count, revision, marks (a number, <see cref="BarMarks"/>), known_at.</summary>
    /// <exception cref="ArgumentException">A cursor that is not ours, a limit out of range.</exception>
    public RowReader Bars(BarQuery query, CancellationToken cancel = default) => Read(TickQuerySql.Of(query), cancel);

    /// <summary>Latest prices of a tenant, ordered by instrument, with the columns instrument_id, market, event_time, sequence, price,
    /// volume, bid, ask, currency, unit, source, flags, known_at.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="instruments">Names of instruments; empty: all.</param>
    /// <param name="afterFrame">Only those that changed behind this frame; 0: all.</param>
    /// <param name="cancel">Interrupts the reading.</param>
    public RowReader Latest(
        string tenant, IReadOnlyList<string> instruments, long afterFrame = 0, CancellationToken cancel = default) =>
        Read(TickQuerySql.OfLatest(tenant, instruments, afterFrame), cancel);

    /// <summary>Points of forward curves with the columns frame, index, curve_id, instrument_id, contract_month (yyyyMM), quoted_at,
    /// price, volume, currency, unit, known_at; ordered by curve and month, or as stored where all quotes are asked for.</summary>
    /// <exception cref="ArgumentException">A cursor that is not ours, a limit out of range.</exception>
    public RowReader CurvePoints(CurvePointQuery query, CancellationToken cancel = default) => Read(TickQuerySql.Of(query), cancel);

    /// <summary>Dead letters in the order of their ids, one at a time. Holds a connection until the enumerator is disposed.</summary>
    public IEnumerable<TickLetter> DeadLetters(TickLetterQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MostLetters);
        var where = LetterSql.Of(query);
        return Letters();

        IEnumerable<TickLetter> Letters()
        {
            using var lease = _engine.Rent();
            using var statement = lease.Connection.Prepare(LetterSql.Select(where, query.Limit));
            where.Bind(statement);
            using var rows = statement.Query();
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    yield return LetterSql.Read(rows, i);
                }
            }
        }
    }

    /// <summary>One dead letter; null where there is none of this id.</summary>
    public TickLetter? FindDeadLetter(TickToken id) =>
        _engine.List(LetterSql.Find, s => s.Bind(id.Frame).Bind(id.Index), LetterSql.Read).FirstOrDefault();

    /// <summary>Notes that letters were handed to somebody else, who takes them in. What was sent again before stays as it is.</summary>
    /// <param name="letters">Which.</param>
    /// <param name="now">When.</param>
    /// <param name="lease">The right to send letters again; null where no other process has the store.</param>
    /// <exception cref="LeaseLostException">Another process has it, and may have sent them too.</exception>
    public void NoteRedriven(IReadOnlyCollection<TickToken> letters, Instant now, WorkLease? lease)
    {
        using var engine = _engine.Rent();
        var connection = engine.Connection;
        var micros = EngineTimes.Truncate(now).ToUnixTimeTicks() / 10;
        _engine.Commit(
            connection,
            () =>
            {
                if (lease is not null)
                {
                    _engine.Sharing?.Hold(connection, lease);
                }

                new SettlementWriter(connection).WriteRedriven([.. letters.Select(l => (l, 0L, micros))]);
                return true;
            },
            static () => { });
    }

    /// <summary>How far each stream was taken in, by name.</summary>
    public IReadOnlyList<TickStreamRecord> Streams() => _engine.List(
        TickSql.AllStreams,
        static _ => { },
        static (rows, i) => new TickStreamRecord(
            new TickCheckpoint(rows.String(0, i), rows.Int64(1, i), rows.Boolean(2, i)), rows.Int64(3, i), rows.Instant(4, i)));

    /// <summary>Batches with idempotency keys that are remembered, oldest first: those of the last 24 hours before the newest one, at
    /// most 1,000,000.</summary>
    public IReadOnlyList<TickSubmissionRecord> Submissions() => _engine.List(
        TickSql.AllSubmissions,
        static _ => { },
        static (rows, i) => new TickSubmissionRecord(
            new TickBatchKey(
                rows.String(0, i),
                rows.String(1, i),
                new TickCounters(rows.Int64(3, i), rows.Int64(4, i), rows.Int64(5, i), rows.Int64(6, i), rows.Int64(7, i))),
            rows.Int64(2, i),
            rows.Instant(8, i)));

    /// <summary>Messages that were taken in under an idempotency key; null where it is not known, or forgotten.</summary>
    public long? FindSubmission(string tenant, string key) => _engine.List(
        TickSql.FindSubmission, s => s.Bind(tenant).Bind(key), static (rows, i) => (long?)rows.Int64(0, i)).FirstOrDefault();

    /// <summary>Remembers batches that were handed to somebody else, who takes them in: those of the last 24 hours. A key that is there
    /// stays as it is.</summary>
    public void AddSubmissions(IReadOnlyCollection<TickBatchKey> batches, Instant now)
    {
        using var lease = _engine.Rent();
        var connection = lease.Connection;
        _engine.Commit(
            connection,
            () =>
            {
                foreach (var (tenant, key, counters) in batches)
                {
                    using var insert = connection.Prepare(TickSql.AddSubmission);
                    insert.Bind(tenant).Bind(key).Bind(counters.Received).Bind(counters.Accepted).Bind(counters.Duplicate)
                        .Bind(counters.LateAmended).Bind(counters.DeadLettered).Bind(EngineTimes.Truncate(now)).Run();
                }

                if (now - _forgotAt > ForgetEvery)
                {
                    new SettlementWriter(connection).ForgetSubmissions(now - KeysFor, MostSubmissions);
                    _forgotAt = now;
                }

                return true;
            },
            static () => { });
    }

    /// <summary>Instruments of all tenants.</summary>
    public int InstrumentCount => State.Instruments;

    /// <summary>How many instruments the tables have up to their last frame: one look at both.</summary>
    public (long Frame, int Instruments) Instrumented
    {
        get
        {
            var state = State;
            return (state.Progress.Frame, state.Instruments);
        }
    }

    /// <summary>Dead letters by reason.</summary>
    public IReadOnlyDictionary<DeadLetterReason, long> CountLetters() => _engine.List(
        TickSql.CountLetters, static _ => { }, static (rows, i) => ((DeadLetterReason)rows.Int32(0, i), rows.Int64(1, i)))
        .ToDictionary();

    /// <summary>The newest event time of all latest prices; null where there is none.</summary>
    public Instant? NewestEvent => _engine.List(
        TickSql.NewestEvent, static _ => { }, static (rows, i) => rows.InstantOrNull(0, i)).FirstOrDefault();

    /// <summary>Instruments of a tenant, or of all, by number.</summary>
    public IReadOnlyList<TickInstrument> Instruments(string? tenant = null) => _engine.List(
        TickSql.FindInstruments,
        s => s.Bind(tenant),
        static (rows, i) => new TickInstrument(
            rows.Int32(0, i), rows.String(1, i), rows.String(2, i), rows.String(3, i), rows.String(4, i), rows.Int32(5, i),
            rows.String(6, i), rows.String(7, i)));

    /// <summary>Forward curves of a tenant, or of all, by number.</summary>
    public IReadOnlyList<TickCurve> Curves(string? tenant = null) => _engine.List(
        TickSql.FindCurves, s => s.Bind(tenant), static (rows, i) => new TickCurve(rows.String(0, i), rows.String(1, i)));

    /// <summary>What some frames have brought, with names instead of numbers: the columns of <see cref="Ticks"/>, <see cref="Bars"/> or
    /// <see cref="CurvePoints"/> with tenant_id after the index, the intervals of bars by name, product_tier and key (64 bits) of ticks.
    /// Of all tenants.</summary>
    /// <param name="kind">What to read.</param>
    /// <param name="after">Number of the frame before the first.</param>
    /// <param name="through">Number of the last frame.</param>
    /// <param name="cancel">Interrupts the reading.</param>
    /// <param name="inOrder">Whether they come in the order in which they were stored; else in no promised order.</param>
    public RowReader Settled(SettledKind kind, long after, long through, CancellationToken cancel, bool inOrder = false)
    {
        var (text, columns) = SettledSql.Of(kind);
        return Between(inOrder ? text + SettledSql.InOrder : text, columns, after, through, cancel);
    }

    /// <summary>Latest prices that some frames have changed, and no later one, by tenant and instrument: tenant_id, instrument_id, source,
    /// event_time, sequence, price, volume, bid, ask, flags.</summary>
    /// <param name="after">Number of the frame before the first.</param>
    /// <param name="through">Number of the last frame.</param>
    /// <param name="cancel">Interrupts the reading.</param>
    public RowReader LatestOf(long after, long through, CancellationToken cancel) =>
        Between(SettledSql.Latest, SettledSql.LatestColumns, after, through, cancel);

    private RowReader Between(string text, string columns, long after, long through, CancellationToken cancel)
    {
        var lease = _engine.Rent();
        try
        {
            var statement = lease.Connection.Prepare(text).Bind(after).Bind(through);
            return new RowReader(lease, statement, TickQuerySql.Named(columns), long.MaxValue, cursorOf: null, end: null, cancel);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>How many rows some frames have brought; what is pruned by now is not counted.</summary>
    public SettledCounts CountSettled(long after, long through) => _engine.List(
        SettledSql.Count,
        s => s.Bind(after).Bind(through),
        static (rows, i) => new SettledCounts(rows.Int64(0, i), rows.Int64(1, i), rows.Int64(2, i)))[0];

    private RowReader Read(TickQuerySql query, CancellationToken cancel)
    {
        var lease = _engine.Rent();
        try
        {
            var statement = lease.Connection.Prepare(query.Text);
            query.Where.Bind(statement);
            return new RowReader(lease, statement, query.Columns, query.Limit, query.CursorOf, end: null, cancel);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <returns>Rows that were deleted.</returns>
    private long Delete(Func<SqlDialect, string> sql, int days, Instant now)
    {
        if (days == 0)
        {
            return 0;
        }

        using var lease = _engine.Rent();
        return _engine.Commit(
            lease.Connection,
            () =>
            {
                using var delete = lease.Connection.Prepare(sql(lease.Connection.Dialect));
                return delete.Bind(now - Duration.FromDays(days)).Bind((long)PruneRows).Run();
            },
            static () => { });
    }

    internal void PruneNowAndThen(Instant now)
    {
        if (now - _prunedAt < PruneEvery)
        {
            return;
        }

        foreach (var prune in (Func<Instant, long>[])[Prune, PruneLetters, PruneCurvePoints])
        {
            for (var piece = 0; piece < PrunePieces && prune(now) > 0; piece++)
            {
            }
        }

        _prunedAt = now;
    }

    private bool Write(EngineConnection connection, TickSettlement settlement)
    {
        if (_engine.Sharing is not null)
        {
            // Another process may have settled frames: then this one is told by what follows.
            Forget();
        }

        _ = State.After(settlement);
        var writer = new SettlementWriter(connection);
        writer.Write(settlement);
        if (settlement.Submissions.Count > 0 && settlement.KnownAt - _forgotAt > ForgetEvery)
        {
            writer.ForgetSubmissions(settlement.KnownAt - KeysFor, MostSubmissions);
            _forgotAt = settlement.KnownAt;
        }

        return true;
    }

    internal void Forget()
    {
        lock (_gate)
        {
            _state = null;
        }
    }

    private void Settled(TickSettlement settlement)
    {
        lock (_gate)
        {
            _state = _state!.After(settlement);
        }
    }
}
