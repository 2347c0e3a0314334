using System.Buffers;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.Engines;

namespace Aurum.Store.Rows;

/// <summary>Collects a delivery's rows, few in memory and many in a temporary table, and watches what may make the comparison with
/// stored rows unnecessary: whether keys repeat, and which hours they lie in.</summary>
internal sealed class RowStage<TRow> : IDisposable
    where TRow : struct
{
    private const int SecondsPerHour = 3600;
    private const int FewRows = 64;

    private readonly RowCells<TRow> _cells;
    private readonly SecondsOf<TRow> _start;
    private readonly LocationOf<TRow>? _location;
    private readonly Func<EngineAppender> _openTable;
    private readonly int _mostInMemory;
    private readonly HourRanges _stored;
    private readonly KeySet _seen;
    private readonly HashSet<long> _newHours = [];
    private readonly HashSet<Location> _locations = new(ReferenceEqualityComparer.Instance);
    private readonly ulong[] _hashes = ArrayPool<ulong>.Shared.Rent(EngineAppender.Capacity);
    private TRow[] _rows = ArrayPool<TRow>.Shared.Rent(FewRows);
    private long[] _fileIds = ArrayPool<long>.Shared.Rent(FewRows);
    private int _inMemory;
    private EngineAppender? _table;
    private long _lastHour = long.MinValue;
    private int _filled;

    /// <param name="table">Columns of the rows.</param>
    /// <param name="cells">The cells that are stored.</param>
    /// <param name="openTable">Makes the stage table and opens it for appending.</param>
    /// <param name="mostInMemory">Rows that are kept in memory; with more, all go to the stage table.</param>
    /// <param name="stored">Hours in which the feed has rows already.</param>
    /// <param name="seen">An empty set of keys to use.</param>
    public RowStage(
        RowTable<TRow> table, RowCells<TRow> cells, Func<EngineAppender> openTable, int mostInMemory, HourRanges stored, KeySet seen)
    {
        _cells = cells;
        _start = table.IntervalStart?.Of ?? table.Day?.Midnight ?? (static (in TRow _) => 0);
        _location = table.Location;
        _openTable = openTable;
        _mostInMemory = mostInMemory;
        _stored = stored;
        _seen = seen;
    }

    /// <summary>Rows taken.</summary>
    public long Count { get; private set; }

    /// <summary>Whether all rows are in <see cref="Rows"/>, and none in the stage table.</summary>
    public bool IsInMemory => _table is null;

    /// <summary>The rows, where they are in memory, in their order.</summary>
    public ReadOnlySpan<TRow> Rows => _rows.AsSpan(0, _inMemory);

    /// <summary>The file of each of <see cref="Rows"/>.</summary>
    public ReadOnlySpan<long> FileIds => _fileIds.AsSpan(0, _inMemory);

    /// <summary>Whether a stored row may have the key of a staged one.</summary>
    public bool MayMeetStored { get; private set; }

    /// <summary>Whether two staged rows may have the same key.</summary>
    public bool MayRepeat => _seen.MayRepeat;

    public long FirstStartSeconds { get; private set; } = long.MaxValue;

    public long LastStartSeconds { get; private set; } = long.MinValue;

    /// <summary>Hours with staged rows that had no stored row before.</summary>
    public IReadOnlyCollection<long> NewHours => _newHours;

    /// <summary>Places of the rows; the same place may come as several objects.</summary>
    public IReadOnlyCollection<Location> Locations => _locations;

    public void Append(ReadOnlySpan<TRow> rows, long fileId)
    {
        if (_table is null && _inMemory + rows.Length <= _mostInMemory)
        {
            Keep(rows, fileId);
            for (; rows.Length > 0; rows = rows[Math.Min(rows.Length, EngineAppender.Capacity)..])
            {
                Watch(rows[..Math.Min(rows.Length, EngineAppender.Capacity)]);
            }

            return;
        }

        Spill();
        for (; rows.Length > 0; rows = rows[Push(rows, fileId, isNew: true)..])
        {
        }
    }

    /// <summary>Moves rows that are in memory to the stage table, and the table takes all further ones.</summary>
    public void Spill()
    {
        if (_table is not null)
        {
            return;
        }

        _table = _openTable();
        Count = 0;
        for (var from = 0; from < _inMemory;)
        {
            // The rows of a file follow each other.
            var until = from + 1;
            while (until < _inMemory && _fileIds[until] == _fileIds[from])
            {
                until++;
            }

            from += Push(_rows.AsSpan(from, until - from), _fileIds[from], isNew: false);
        }

        _inMemory = 0;
    }

    /// <summary>Writes what is still buffered into the stage table, where the rows are there.</summary>
    public void Finish()
    {
        if (_filled > 0)
        {
            Push();
        }

        _table?.Finish();
    }

    public void Dispose()
    {
        _table?.Dispose();
        ArrayPool<ulong>.Shared.Return(_hashes);
        ArrayPool<TRow>.Shared.Return(_rows, clearArray: true);
        ArrayPool<long>.Shared.Return(_fileIds);
        _inMemory = 0;
        (_rows, _fileIds) = ([], []);
    }

    private void Keep(ReadOnlySpan<TRow> rows, long fileId)
    {
        var count = _inMemory + rows.Length;
        if (count > _rows.Length || count > _fileIds.Length)
        {
            Grow(Math.Max(count, 2 * _inMemory));
        }

        rows.CopyTo(_rows.AsSpan(_inMemory));
        _fileIds.AsSpan(_inMemory, rows.Length).Fill(fileId);
        _inMemory = count;
        Count += rows.Length;
    }

    private void Grow(int room)
    {
        var (rows, fileIds) = (ArrayPool<TRow>.Shared.Rent(room), ArrayPool<long>.Shared.Rent(room));
        Rows.CopyTo(rows);
        FileIds.CopyTo(fileIds);
        ArrayPool<TRow>.Shared.Return(_rows, clearArray: true);
        ArrayPool<long>.Shared.Return(_fileIds);
        (_rows, _fileIds) = (rows, fileIds);
    }

    /// <summary>Puts as many rows into the chunk of the stage table as there is room for. Returns how many.</summary>
    private int Push(ReadOnlySpan<TRow> rows, long fileId, bool isNew)
    {
        var batch = rows[..Math.Min(rows.Length, EngineAppender.Capacity - _filled)];
        _cells.Fill(_table!, 0, _filled, batch);
        _table!.Longs(_cells.Count).Slice(_filled, batch.Length).Fill(fileId);
        var numbers = _table.Longs(_cells.Count + 1).Slice(_filled, batch.Length);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Count + i;
        }

        Count += batch.Length;
        _filled += batch.Length;
        if (isNew)
        {
            Watch(batch);
        }

        if (_filled == EngineAppender.Capacity)
        {
            Push();
        }

        return batch.Length;
    }

    private void Push()
    {
        _table!.Push(_filled);
        _filled = 0;
    }

    private void Watch(ReadOnlySpan<TRow> rows)
    {
        WatchHours(rows);
        if (!MayRepeat)
        {
            var hashes = _hashes.AsSpan(0, rows.Length);
            _cells.HashKeys(rows, hashes);
            _seen.Add(hashes);
        }

        if (_location is not null)
        {
            Location? last = null;
            foreach (ref readonly var row in rows)
            {
                var location = _location(in row);
                if (!ReferenceEquals(location, last))
                {
                    _locations.Add(location);
                    last = location;
                }
            }
        }
    }

    private void WatchHours(ReadOnlySpan<TRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            var start = _start(in row);
            FirstStartSeconds = Math.Min(FirstStartSeconds, start);
            LastStartSeconds = Math.Max(LastStartSeconds, start);
            var hour = HourOf(start);
            if (hour != _lastHour)
            {
                _lastHour = hour;
                if (_stored.Contains(hour))
                {
                    MayMeetStored = true;
                }
                else
                {
                    _newHours.Add(hour);
                }
            }
        }
    }

    public static long HourOf(long seconds) =>
        Math.DivRem(seconds, SecondsPerHour) is var (hour, rest) && rest < 0 ? hour - 1 : hour;
}
