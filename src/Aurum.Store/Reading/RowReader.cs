using Aurum.Store.Engines;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>Rows of a query as they come, in chunks that are read in place: no object per row or cell.
/// <code>while (reader.NextChunk()) for (var row = 0; row &lt; reader.Count; row++) ... reader.Number(column,
/// row)</code></summary>
/// <remarks>Holds a connection and its snapshot until it is disposed. One thread at a time.</remarks>
public sealed class RowReader : IDisposable
{
    private readonly ConnectionLease _lease;
    private readonly EngineStatement _statement;
    private readonly EngineRows _result;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _cancel;
    private readonly long _limit;
    private readonly Func<RowReader, int, string?>? _cursorOf;
    private readonly Action<EngineConnection>? _end;
    private long _read;
    private string? _lastCursor;
    private bool _disposed;

    /// <param name="lease">Connection; given back in the end.</param>
    /// <param name="statement">Bound statement; asks for one row more than the limit.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="limit">Rows to hand out.</param>
    /// <param name="cursorOf">Makes the cursor of the last row; null where there is none.</param>
    /// <param name="end">Runs on the connection in the end.</param>
    /// <param name="cancel">Interrupts the engine.</param>
    internal RowReader(
        ConnectionLease lease,
        EngineStatement statement,
        IReadOnlyList<ResultColumn> columns,
        long limit,
        Func<RowReader, int, string?>? cursorOf,
        Action<EngineConnection>? end,
        CancellationToken cancel)
    {
        (_lease, _statement, Columns) = (lease, statement, columns);
        (_limit, _cursorOf, _end, _cancel) = (limit, cursorOf, end, cancel);
        _result = lease.Connection.Interruptibly(statement.Query, cancel);
        _registration = cancel.Register(static connection => ((EngineConnection)connection!).Interrupt(), lease.Connection);
    }

    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>Rows of the current chunk.</summary>
    public int Count { get; private set; }

    /// <summary>Where to go on, once all chunks are read; null at the end of the data.</summary>
    public string? NextCursor { get; private set; }

    /// <summary>Whether rows were cut off by the limit, once all chunks are read.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Goes on to the next chunk; false after the last one. Spans of the chunk before are no longer valid.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public bool NextChunk()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_read == _limit || !Fetch())
        {
            IsTruncated |= _read == _limit && Count > 0 && Fetch();
            Count = 0;
            NextCursor = IsTruncated ? _lastCursor : null;
            return false;
        }

        Count = (int)Math.Min(_result.Count, _limit - _read);
        _read += Count;
        if (_read == _limit)
        {
            IsTruncated = _result.Count > Count;
            _lastCursor = _cursorOf?.Invoke(this, Count - 1);
        }

        return true;
    }

    public bool IsNull(int column, int row) => _result.IsNull(column, row);

    /// <summary>UTF-8, valid until the next chunk.</summary>
    public ReadOnlySpan<byte> Text(int column, int row) => _result.Utf8(column, row);

    public double Number(int column, int row) => _result.Double(column, row);

    /// <summary>A number; NaN where there is none.</summary>
    public double NumberOrNaN(int column, int row) => IsNull(column, row) ? double.NaN : Number(column, row);

    /// <exception cref="OverflowException">A sum beyond 64 bits.</exception>
    public long Whole(int column, int row) => _result.Integer(column, row);

    /// <summary>The 64 bits of a whole number as they are, with or without a sign.</summary>
    public long Bits(int column, int row) => _result.Int64(column, row);

    /// <summary>Microseconds since 1970-01-01T00:00:00 UTC.</summary>
    public long InstantMicros(int column, int row) => _result.Int64(column, row);

    /// <summary>Days since 1970-01-01.</summary>
    public int DateDays(int column, int row) => _result.Int32(column, row);

    public bool Boolean(int column, int row) => _result.Boolean(column, row);

    /// <summary>The cell as string, double, long, <see cref="Instant"/>, <see cref="LocalDate"/>, bool or null: for small
    /// results.</summary>
    public object? Value(int column, int row) => IsNull(column, row) ? null : Columns[column].Kind switch
    {
        ResultKind.Text => _result.String(column, row),
        ResultKind.Number => Number(column, row),
        ResultKind.Whole => Whole(column, row),
        ResultKind.Instant => _result.Instant(column, row),
        ResultKind.Date => _result.Date(column, row),
        _ => Boolean(column, row),
    };

    private bool Fetch()
    {
        try
        {
            return _result.NextChunk();
        }
        catch (EngineException) when (_cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(_cancel);
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _registration.Dispose();
        _result.Dispose();
        _statement.Dispose();
        _end?.Invoke(_lease.Connection);
        _lease.Dispose();
    }
}
