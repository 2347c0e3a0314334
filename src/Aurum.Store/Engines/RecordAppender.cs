using System.Text;
using NodaTime;

namespace Aurum.Store.Engines;

/// <summary>Appends few records of mixed columns, cell by cell: <c>records.Add(id).Add(feed).End()</c>, and <see cref="Finish"/> in the
/// end. One flush for all of them, however many; a statement costs the engine as much for each.</summary>
/// <param name="connection">Where to.</param>
/// <param name="table">Table.</param>
/// <param name="columns">Its columns in the order in which cells are added.</param>
internal sealed class RecordAppender(EngineConnection connection, string table, string[] columns) : IDisposable
{
    private readonly EngineAppender _appender = connection.Append(table, columns);
    private int _row;
    private int _column;

    public RecordAppender Add(string? text)
    {
        if (text is null)
        {
            _appender.SetText(_column, _row, []);
            return AddNull();
        }

        _appender.SetText(_column++, _row, Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>A cell of a column of bytes.</summary>
    public RecordAppender AddBytes(ReadOnlySpan<byte> bytes)
    {
        _appender.SetText(_column++, _row, bytes);
        return this;
    }

    public RecordAppender Add(long number)
    {
        _appender.Longs(_column++)[_row] = number;
        return this;
    }

    public RecordAppender AddOrNull(long number, bool isNull)
    {
        _appender.Longs(_column)[_row] = number;
        return isNull ? AddNull() : Next();
    }

    public RecordAppender Add(int number)
    {
        _appender.Ints(_column++)[_row] = number;
        return this;
    }

    /// <summary>A number; NaN is unknown.</summary>
    public RecordAppender Add(double number)
    {
        _appender.Doubles(_column)[_row] = number;
        return double.IsNaN(number) ? AddNull() : Next();
    }

    public RecordAppender Add(bool value)
    {
        _appender.Bytes(_column++)[_row] = value ? (byte)1 : (byte)0;
        return this;
    }

    public RecordAppender Add(LocalDate date)
    {
        _appender.Ints(_column++)[_row] = Period.DaysBetween(EngineTimes.Epoch, date);
        return this;
    }

    public RecordAppender Add(Instant? instant)
    {
        _appender.Longs(_column)[_row] = instant is { } known ? EngineTimes.ToMicros(known) : 0;
        return instant is null ? AddNull() : Next();
    }

    /// <summary>Ends a record.</summary>
    /// <exception cref="InvalidOperationException">It has fewer or more cells than there are columns.</exception>
    public void End()
    {
        if (_column != columns.Length)
        {
            throw new InvalidOperationException($"{table} has {columns.Length} columns, the record {_column} cells");
        }

        _column = 0;
        if (++_row == EngineAppender.Capacity)
        {
            _appender.Push(_row);
            _row = 0;
        }
    }

    /// <summary>Writes what is still buffered.</summary>
    public void Finish()
    {
        if (_row > 0)
        {
            _appender.Push(_row);
        }

        _appender.Finish();
    }

    public void Dispose() => _appender.Dispose();

    private RecordAppender AddNull()
    {
        _appender.SetNull(_column, _row);
        return Next();
    }

    private RecordAppender Next()
    {
        _column++;
        return this;
    }
}
