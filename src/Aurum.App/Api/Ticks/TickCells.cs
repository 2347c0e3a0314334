using System.Globalization;
using System.Text;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary>The cells of one row after the other, by the names of their columns.</summary>
internal sealed class TickCells
{
    private readonly RowReader _reader;
    private readonly Dictionary<string, int> _columns;
    private int _row;

    public TickCells(RowReader reader)
    {
        _reader = reader;
        _columns = reader.Columns.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);
    }

    /// <summary>The row's place in the stream of events, <c>frame.index</c>.</summary>
    public string Token => string.Create(CultureInfo.InvariantCulture, $"{Whole("frame")}.{Whole("index")}");

    /// <summary>All rows, as they are made of their cells.</summary>
    public IReadOnlyList<TShape> Read<TShape>(Func<TickCells, TShape> shape)
    {
        var rows = new List<TShape>();
        while (_reader.NextChunk())
        {
            for (_row = 0; _row < _reader.Count; _row++)
            {
                rows.Add(shape(this));
            }
        }

        return rows;
    }

    /// <summary>Empty where there is none.</summary>
    public string Text(string column)
    {
        var at = _columns[column];
        return _reader.IsNull(at, _row) ? "" : Encoding.UTF8.GetString(_reader.Text(at, _row));
    }

    /// <summary>NaN where there is none.</summary>
    public double Number(string column)
    {
        var at = _columns[column];
        return _reader.NumberOrNaN(at, _row);
    }

    public long? Whole(string column)
    {
        var at = _columns[column];
        return _reader.IsNull(at, _row) ? null : _reader.Whole(at, _row);
    }

    public Instant Time(string column) => Instant.FromUnixTimeTicks(_reader.InstantMicros(_columns[column], _row) * 10);
}
