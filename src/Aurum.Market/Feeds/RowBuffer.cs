namespace Aurum.Market.Feeds;

/// <summary>Collects single rows into batches for an output. A parser makes one per file and flushes it at the end.</summary>
public sealed class RowBuffer<TRow>(IRowOutput<TRow> output, int capacity = RowBuffer<TRow>.DefaultCapacity)
    where TRow : struct
{
    /// <summary>Rows in a batch: one DuckDB vector.</summary>
    public const int DefaultCapacity = 2048;

    private readonly TRow[] _rows = new TRow[capacity];
    private int _count;

    /// <summary>Rows added so far, flushed ones included.</summary>
    public long Total { get; private set; }

    public void Add(in TRow row)
    {
        _rows[_count++] = row;
        Total++;
        if (_count == _rows.Length)
        {
            Flush();
        }
    }

    public void Flush()
    {
        if (_count > 0)
        {
            output.OnRows(_rows.AsSpan(0, _count));
            _count = 0;
        }
    }
}
