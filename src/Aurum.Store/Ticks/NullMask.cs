using Aurum.Store.Engines;

namespace Aurum.Store.Ticks;

/// <summary>Which cells of a column are unknown in the chunk that is being filled.</summary>
internal sealed class NullMask(EngineAppender appender, int column)
{
    private readonly ulong[] _rows = new ulong[EngineAppender.Capacity / 64];
    private bool _hasAny;

    /// <summary>Makes the cell unknown where its number is NaN.</summary>
    public void Note(int row, double value)
    {
        if (double.IsNaN(value))
        {
            Set(row);
        }
    }

    public void Set(int row)
    {
        _rows[row >> 6] |= 1UL << (row & 63);
        _hasAny = true;
    }

    /// <summary>Hands the cells to the chunk, before it is pushed.</summary>
    public void Apply()
    {
        if (_hasAny)
        {
            appender.SetNulls(column, _rows);
            Array.Clear(_rows);
            _hasAny = false;
        }
    }
}
