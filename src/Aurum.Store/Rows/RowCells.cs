using Aurum.Market.Feeds;
using Aurum.Store.Engines;

namespace Aurum.Store.Rows;

/// <summary>The cells of a table's rows that are stored, keys and values: how they go into a chunk, and whether two rows have the same.
/// Holds no state.</summary>
internal sealed class RowCells<TRow>
    where TRow : struct
{
    private const long MicrosPerSecond = 1_000_000;

    private readonly RowColumn<TRow>[] _columns;
    private readonly int[] _keys;
    private readonly int[] _values;

    public RowCells(RowTable<TRow> table)
    {
        _columns = [.. table.Columns.Where(c => c.Role != ColumnRole.Feed)];
        _keys = [.. Enumerable.Range(0, _columns.Length).Where(i => _columns[i].Role == ColumnRole.Key)];
        _values = [.. Enumerable.Range(0, _columns.Length).Where(i => _columns[i].Role == ColumnRole.Value)];
    }

    public int Count => _columns.Length;

    /// <summary>Writes rows into a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="column">Column of the first cell.</param>
    /// <param name="at">Place of the first row.</param>
    /// <param name="rows">As many as the chunk has room for.</param>
    public void Fill(EngineAppender chunk, int column, int at, ReadOnlySpan<TRow> rows)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            switch (_columns[i])
            {
                case TextColumn<TRow> text:
                    FillText(chunk, column + i, at, text.Of, rows);
                    break;
                case NumberColumn<TRow> number:
                    FillNumbers(chunk, column + i, at, number.Of, rows);
                    break;
                case InstantColumn<TRow> instant:
                    FillInstants(chunk, column + i, at, instant.Of, rows);
                    break;
                default:
                    throw new InvalidOperationException($"column {_columns[i].Name} is of no known kind");
            }
        }
    }

    /// <summary>Hashes of the keys; equal keys have equal hashes.</summary>
    public void HashKeys(ReadOnlySpan<TRow> rows, Span<ulong> hashes)
    {
        hashes.Clear();
        foreach (var key in _keys)
        {
            for (var i = 0; i < hashes.Length; i++)
            {
                hashes[i] = _columns[key] switch
                {
                    TextColumn<TRow> text => KeySet.Mix(hashes[i], text.Of(in rows[i])),
                    InstantColumn<TRow> instant => KeySet.Mix(hashes[i], (ulong)instant.Of(in rows[i])),
                    _ => throw new InvalidOperationException($"column {_columns[key].Name} cannot be a key"),
                };
            }
        }
    }

    /// <summary>The same of a stored row, whose cells are the first columns of a result.</summary>
    public ulong HashKeys(EngineRows stored, int row)
    {
        var hash = 0UL;
        foreach (var key in _keys)
        {
            hash = _columns[key] is TextColumn<TRow>
                ? KeySet.Mix(hash, stored.Utf8(key, row))
                : KeySet.Mix(hash, (ulong)Seconds(stored, key, row));
        }

        return hash;
    }

    public bool SameKeys(in TRow left, in TRow right) => Same(_keys, in left, in right);

    public bool SameValues(in TRow left, in TRow right) => Same(_values, in left, in right);

    public bool SameKeys(in TRow row, EngineRows stored, int at) => Same(_keys, in row, stored, at);

    public bool SameValues(in TRow row, EngineRows stored, int at) => Same(_values, in row, stored, at);

    private bool Same(int[] columns, in TRow left, in TRow right)
    {
        foreach (var i in columns)
        {
            var same = _columns[i] switch
            {
                TextColumn<TRow> text => text.Of(in left).SequenceEqual(text.Of(in right)),
                NumberColumn<TRow> number => Same(number.Of(in left), number.Of(in right)),
                InstantColumn<TRow> instant => instant.Of(in left) == instant.Of(in right),
                _ => false,
            };
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    private bool Same(int[] columns, in TRow row, EngineRows stored, int at)
    {
        foreach (var i in columns)
        {
            var same = _columns[i] switch
            {
                TextColumn<TRow> text => text.Of(in row).SequenceEqual(stored.Utf8(i, at)),
                NumberColumn<TRow> number => Same(number.Of(in row), stored.IsNull(i, at) ? double.NaN : stored.Double(i, at)),
                InstantColumn<TRow> instant => instant.Of(in row) == Seconds(stored, i, at),
                _ => false,
            };
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Unknown is the same as unknown, and zero has no sign: as the engine compares.</summary>
    private static bool Same(double left, double right) => left == right || (double.IsNaN(left) && double.IsNaN(right));

    private static long Seconds(EngineRows stored, int column, int row) =>
        stored.IsNull(column, row) ? InstantColumn.Unknown : stored.Int64(column, row) / MicrosPerSecond;

    private static void FillText(EngineAppender chunk, int column, int at, TextOf<TRow> of, ReadOnlySpan<TRow> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            chunk.SetText(column, at + i, of(in rows[i]));
        }
    }

    private static void FillNumbers(EngineAppender chunk, int column, int at, NumberOf<TRow> of, ReadOnlySpan<TRow> rows)
    {
        var cells = chunk.Doubles(column).Slice(at, rows.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            var number = of(in rows[i]);
            cells[i] = number;
            if (double.IsNaN(number))
            {
                chunk.SetNull(column, at + i);
            }
        }
    }

    private static void FillInstants(EngineAppender chunk, int column, int at, SecondsOf<TRow> of, ReadOnlySpan<TRow> rows)
    {
        var cells = chunk.Longs(column).Slice(at, rows.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            var seconds = of(in rows[i]);
            cells[i] = seconds * MicrosPerSecond;
            if (seconds == InstantColumn.Unknown)
            {
                chunk.SetNull(column, at + i);
            }
        }
    }
}
