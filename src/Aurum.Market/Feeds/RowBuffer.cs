using System.Buffers;

namespace Aurum.Market.Feeds;

/// <summary>Collects single rows into batches for an output. A parser makes one per file and flushes it at the end; the array of the
/// batch comes from a pool and goes back with the flush, so that small files cost no more than their rows.</summary>
public sealed class RowBuffer<TRow>(IRowOutput<TRow> output, int capacity = RowBuffer<TRow>.DefaultCapacity)
    where TRow : struct
{
    /// <summary>Rows in a batch: one DuckDB vector.</summary>
    public const int DefaultCapacity = 2048;

    private TRow[] _rows = [];
    private int _limit;
    private int _count;
    private int _used;

    /// <summary>Rows added so far, flushed ones included.</summary>
    public long Total { get; private set; }

    public void Add(in TRow row)
    {
        if (_count == _limit)
        {
            MakeRoom();
        }

        _rows[_count++] = row;
        Total++;
    }

    public void Flush()
    {
        if (_count > 0)
        {
            output.OnRows(_rows.AsSpan(0, _count));
        }

        if (_rows.Length > 0)
        {
            // Rows refer to places: what lies in the pool must not keep a file's places alive.
            Array.Clear(_rows, 0, Math.Max(_used, _count));
            ArrayPool<TRow>.Shared.Return(_rows);
        }

        _rows = [];
        _limit = _count = _used = 0;
    }

    private void MakeRoom()
    {
        if (_limit == 0)
        {
            _rows = ArrayPool<TRow>.Shared.Rent(capacity);
            _limit = capacity;
            return;
        }

        output.OnRows(_rows.AsSpan(0, _count));
        _used = _count;
        _count = 0;
    }
}
