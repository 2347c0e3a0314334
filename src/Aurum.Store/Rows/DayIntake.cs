using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using Aurum.Store.Curves;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Rows;

/// <summary>Takes one delivery of a feed's operating day: files, rows, held-back rows. <see cref="Commit"/> makes all of it
/// visible in one transaction; disposing without it leaves no trace. One thread at a time.</summary>
public sealed class DayIntake<TRow> : IRowOutput<TRow>, IDisposable
    where TRow : struct
{
    private const string ConflictExpectation = "expect_one_value_per_key_and_delivery";
    private const string ConflictReason =
        "an earlier row of the same delivery has the same key and other values; the first one was kept";

    private readonly StoreState _state;
    private readonly FeedState _feedState;
    private readonly Feed<TRow> _feed;
    private readonly PendingDelivery _delivery;
    private readonly ConnectionLease? _lease;
    private readonly EngineConnection _connection;
    private readonly DeliveryGroup? _group;
    private readonly RowTableSql _sql;
    private readonly RowCells<TRow> _cells;
    private readonly KeySet _keys;
    private readonly RowStage<TRow> _stage;
    private QuarantineStage? _quarantine;
    private RowJson? _json;
    private bool _committed;
    private bool _disposed;

    /// <param name="state">Shared state of the store.</param>
    /// <param name="feedState">The feed's, whose gate this intake holds until it is disposed.</param>
    /// <param name="feed">Feed.</param>
    /// <param name="delivery">What it is about.</param>
    /// <param name="group">Whose transaction it is part of, and who holds the gate then; null: it has its own.</param>
    internal DayIntake(
        StoreState state, FeedState feedState, Feed<TRow> feed, PendingDelivery delivery, DeliveryGroup? group = null)
    {
        _state = state;
        _feedState = feedState;
        _feed = feed;
        _delivery = delivery;
        _sql = RowTableSql.Of(feed.Table);
        _cells = new RowCells<TRow>(feed.Table);
        _group = group;
        _lease = group is null ? state.Engine.Rent() : null;
        _connection = group?.Connection ?? _lease!.Connection;
        _keys = state.RentKeys();
        _stage = new RowStage<TRow>(feed.Table, _cells, OpenStage, state.Options.MostRowsInMemory, feedState.Hours, _keys);
    }

    /// <summary>Rows taken so far, held-back ones included.</summary>
    public long RowsIn => _stage.Count + (_quarantine?.Count ?? 0);

    /// <summary>Whether the feed may have rows that begin in a stretch of time; false: there are none. Costs nothing.</summary>
    public bool MayHaveRows(Interval stretch) => _feedState.Hours.Meets(
        RowStage<TRow>.HourOf(stretch.Start.ToUnixTimeSeconds()), RowStage<TRow>.HourOf(stretch.End.ToUnixTimeSeconds() - 1));

    private long FileId => _delivery.Files.Count > 0
        ? _delivery.Files[^1].Id
        : throw new InvalidOperationException("rows belong to a file: call AddFile first");

    /// <summary>Names the file that the next rows come from. Returns its id.</summary>
    public long AddFile(FileRecord file)
    {
        CheckOpen();
        var id = _state.NextFile();
        _delivery.Files.Add((id, file));
        return id;
    }

    /// <summary>Takes rows that passed the gate. Does not keep the span.</summary>
    public void Append(ReadOnlySpan<TRow> rows)
    {
        CheckOpen();
        _stage.Append(rows, FileId);
    }

    /// <summary>Takes a row that did not pass.</summary>
    /// <param name="row">The row as parsed.</param>
    /// <param name="expectation">Name of the expectation it failed.</param>
    /// <param name="reason">What was expected and found.</param>
    /// <param name="line">Line in the file where it is known.</param>
    public void Quarantine(in TRow row, string expectation, string reason, long? line = null)
    {
        CheckOpen();
        _json ??= new RowJson();
        Hold(FileId, _json.Write(_feed.Table, in row), expectation, reason, line);
        _delivery.Counts.Add(FileId, RowCounts.Of(RowTableSql.Conflict, 1));
    }

    /// <summary>Takes a file, or a part of one, that could not be read.</summary>
    /// <exception cref="ArgumentException">The file was not added.</exception>
    public void AddDeadLetter(DeadLetter letter)
    {
        CheckOpen();
        _delivery.IdOf(letter.File);
        _delivery.DeadLetters.Add(letter);
    }

    /// <summary>Takes what differs from the feed's earlier deliveries, and what is known of its files from now on.</summary>
    /// <exception cref="ArgumentException">A file was not added.</exception>
    public void AddDrift(IEnumerable<DriftNote> notes, IEnumerable<FeedShape> shapes)
    {
        CheckOpen();
        foreach (var note in notes)
        {
            _delivery.IdOf(note.File);
            _delivery.Drift.Add(note);
        }

        _delivery.Shapes.AddRange(shapes);
    }

    /// <summary>Takes what the gate made of the rows.</summary>
    public void AddGate(GateRecord gate)
    {
        CheckOpen();
        _delivery.Gate = gate;
    }

    /// <summary>Writes everything in one transaction, its own or that of its group.</summary>
    /// <param name="outcome">What the ledger is told.</param>
    /// <param name="changes">Branches and loads that change with the rows.</param>
    /// <exception cref="StoreException">The counts do not add up, or a key would go back in time. Nothing is stored
    /// then.</exception>
    public CommitReceipt Commit(DayOutcome outcome, CurveChanges? changes = null)
    {
        CheckOpen();
        _committed = true;
        var rowsIn = RowsIn;
        _stage.Finish();
        var writer = new DeliveryWriter(_state, _connection);
        if (_group is { } group)
        {
            group.WhenCommitted(() => writer.Committed(_feed));
            return Write(writer, rowsIn, outcome, changes);
        }

        return _state.Engine.Commit(_connection, () => Write(writer, rowsIn, outcome, changes), () => writer.Committed(_feed));
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            _stage.Dispose();
            _quarantine?.Dispose();
            _json?.Dispose();
            if (!_stage.IsInMemory)
            {
                _connection.Discard(_sql.DropStage);
            }

            _lease?.Dispose();
            _state.Return(_keys);
        }
        finally
        {
            if (_group is null)
            {
                _state.Leave(_feedState);
            }
        }
    }

    void IRowOutput<TRow>.OnRows(ReadOnlySpan<TRow> rows) => Append(rows);

    private void CheckOpen()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_committed)
        {
            throw new InvalidOperationException("the delivery is committed already");
        }
    }

    private CommitReceipt Write(DeliveryWriter writer, long rowsIn, DayOutcome outcome, CurveChanges? changes)
    {
        MoveRows();
        _quarantine?.Finish();
        CheckCounts(rowsIn);
        changes?.Write(_connection);
        return writer.Write(_delivery, outcome, _stage.Locations, _stage.NewHours);
    }

    private void MoveRows()
    {
        if (_stage.Count == 0)
        {
            return;
        }

        var feedId = _state.Feeds.IdOf(_feed.Id)
            ?? throw new StoreException($"{_feed.Id} is not among the feeds that the store was opened with");
        _connection.MakeRoom(
            _sql.Rows, Instant.FromUnixTimeSeconds(_stage.FirstStartSeconds), Instant.FromUnixTimeSeconds(_stage.LastStartSeconds));
        if (_stage.IsInMemory)
        {
            var merge = new RowMerge<TRow>(_connection, _sql, _feed.Table, _cells, feedId);
            if (merge.TryMove(_delivery, _stage, HoldConflict))
            {
                return;
            }

            _stage.Spill();
            _stage.Finish();
        }

        MoveStaged(new RowMover(_connection, _sql, _sql.Shape, feedId));
    }

    private void MoveStaged(RowMover mover)
    {
        if (_stage.MayMeetStored || _stage.MayRepeat)
        {
            mover.MoveCompared(
                _delivery,
                _stage.MayRepeat,
                Instant.FromUnixTimeSeconds(_stage.FirstStartSeconds),
                Instant.FromUnixTimeSeconds(_stage.LastStartSeconds),
                HoldConflict);
        }
        else
        {
            mover.MoveFresh(_delivery);
        }
    }

    private EngineAppender OpenStage()
    {
        _connection.Execute(_sql.CreateStage);
        return _connection.Append(_sql.Stage);
    }

    private void HoldConflict(long fileId, byte[] json) => Hold(fileId, json, ConflictExpectation, ConflictReason, null);

    private void CheckCounts(long rowsIn)
    {
        var counts = _delivery.Counts.Total;
        if (counts.Total != rowsIn)
        {
            throw new StoreException($"{_feed.Id} {_delivery.Day}: {rowsIn} rows came in, but {counts} add up to {counts.Total}");
        }
    }

    private void Hold(long fileId, ReadOnlySpan<byte> json, string expectation, string reason, long? line)
    {
        _quarantine ??= new QuarantineStage(_connection);
        _quarantine.Add(json, expectation, reason, fileId, line);
    }
}
