using System.Buffers.Text;
using System.Text;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Publishing;

/// <summary>Writes rows of text to a stream through one buffer: begin, cells, end. Duplicates, drops and changes rows as the answer's
/// tampering says, in any wire format, because it sees rows as bytes. No allocation per row.</summary>
/// <param name="output">Where the text goes.</param>
/// <param name="form">What stands around and between rows.</param>
/// <param name="tampering">What happens to rows.</param>
public sealed class RowWriter(Stream output, RowForm form, Tampering tampering)
{
    private const int FlushBytes = 1 << 16;
    private byte[] _buffer = new byte[FlushBytes + (1 << 14)];
    private int _length;
    private int _rowStart;
    private int _valueAt = -1;
    private long _interval;
    private Place? _place;
    private bool _isFirst = true;

    /// <summary>Rows begun so far.</summary>
    public long Rows { get; private set; }

    public Tampering Tampering => tampering;

    public void Begin(long intervalStart, Place? place = null)
    {
        if (!_isFirst)
        {
            Text(form.Separator);
        }

        _rowStart = _length;
        _valueAt = -1;
        _interval = intervalStart;
        _place = place;
        Text(form.Open);
    }

    public void End()
    {
        if (tampering.AddsColumn)
        {
            tampering.Note("a column added");
            Text(form.AddedCell);
        }

        Text(form.Close);
        if (!tampering.IsNone)
        {
            Suffer(tampering.Fate(_interval, _place, Rows));
        }

        Rows++;
        _isFirst = _isFirst && _length == _rowStart;
        if (_length >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Says that the next cell is the row's value: the one that a contradiction changes.</summary>
    public void Value() => _valueAt = _length;

    public void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    public void Text(string text)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, room);
    }

    public void Byte(byte value)
    {
        Room(1)[0] = value;
        _length++;
    }

    public void Whole(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
    }

    /// <summary>A number with a fixed count of digits, zeros in front.</summary>
    public void Digits(int value, int count)
    {
        var room = Room(count);
        for (var i = count - 1; i >= 0; i--)
        {
            room[i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        _length += count;
    }

    /// <summary>A decimal from whole units of its last decimal: all decimals written (<c>-0.50</c>), or zeros at the end cut
    /// (<c>-0.5</c>, <c>12</c>).</summary>
    public void Fixed(long units, int decimals, bool cutZeros)
    {
        var room = Room(24);
        var at = 0;
        if (units < 0)
        {
            room[at++] = (byte)'-';
            units = -units;
        }

        while (cutZeros && decimals > 0 && units % 10 == 0)
        {
            units /= 10;
            decimals--;
        }

        var scale = Scale(decimals);
        Utf8Formatter.TryFormat((ulong)(units / scale), room[at..], out var written);
        at += written;
        if (decimals > 0)
        {
            room[at++] = (byte)'.';
            var rest = units % scale;
            for (var i = decimals - 1; i >= 0; i--)
            {
                room[at + i] = (byte)('0' + (rest % 10));
                rest /= 10;
            }

            at += decimals;
        }

        _length += at;
    }

    public void Flush()
    {
        output.Write(_buffer, 0, _length);
        _length = 0;
        _rowStart = 0;
    }

    private static long Scale(int decimals)
    {
        var scale = 1L;
        for (var i = 0; i < decimals; i++)
        {
            scale *= 10;
        }

        return scale;
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }

        return _buffer.AsSpan(_length);
    }

    private void Suffer(RowFate fate)
    {
        switch (fate)
        {
            case RowFate.Drop:
                _length = _isFirst ? _rowStart : _rowStart - form.Separator.Length;
                _rowStart = _length;
                break;
            case RowFate.Repeat:
                var row = _buffer.AsSpan(_rowStart, _length - _rowStart).ToArray();
                Text(form.Separator);
                Text(row);
                break;
            case RowFate.Contradict when _valueAt >= 0:
                Contradict();
                break;
            case RowFate.Rename:
                var text = Encoding.UTF8.GetString(_buffer, _rowStart, _length - _rowStart);
                Text(form.Separator);
                Text(text.Replace(_place!.Id, Tampering.NewName(_place), StringComparison.Ordinal));
                break;
            default:
                break;
        }
    }

    /// <summary>The row again, with a 1 before the digits of its value.</summary>
    private void Contradict()
    {
        var head = _buffer.AsSpan(_rowStart, _valueAt - _rowStart).ToArray();
        var tail = _buffer.AsSpan(_valueAt, _length - _valueAt).ToArray();
        Text(form.Separator);
        Text(head);
        var digits = tail.AsSpan().IndexOfAnyInRange((byte)'0', (byte)'9');
        Text(tail.AsSpan(0, digits));
        Byte((byte)'1');
        Text(tail.AsSpan(digits));
    }
}

/// <summary>What stands around and between rows.</summary>
/// <param name="open">Before a row's cells.</param>
/// <param name="close">After them.</param>
/// <param name="separator">Between two rows.</param>
/// <param name="addedCell">The cell of a column that nobody documented.</param>
public sealed class RowForm(string open, string close, string separator, string addedCell)
{
    private readonly byte[] _open = Encoding.UTF8.GetBytes(open);
    private readonly byte[] _close = Encoding.UTF8.GetBytes(close);
    private readonly byte[] _separator = Encoding.UTF8.GetBytes(separator);
    private readonly byte[] _addedCell = Encoding.UTF8.GetBytes(addedCell);

    public static readonly RowForm CsvLf = new("", "\n", "", ",0");
    public static readonly RowForm CsvCrLf = new("", "\r\n", "", ",0");
    public static readonly RowForm JsonArrays = new("[", "]", ",", ",0");

    public ReadOnlySpan<byte> Open => _open;

    public ReadOnlySpan<byte> Close => _close;

    public ReadOnlySpan<byte> Separator => _separator;

    public ReadOnlySpan<byte> AddedCell => _addedCell;
}
