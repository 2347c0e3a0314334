using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>Reads an array of flat JSON objects as rows with named columns: <c>[{"a":1,"b":"x"},{"a":2,"b":null}]</c>. Cells are the
/// bytes of the text in place; nothing is allocated per row.</summary>
/// <remarks>
/// <para>The first object names the columns. Later ones may have them in another order and may lack some, whose cells are then empty;
/// a property that the first object does not have is an error. Null is an empty cell, a string is its text with escapes resolved, a
/// number, <c>true</c> and <c>false</c> are as they are written. Values that are objects or arrays are errors.</para>
/// <para>Only the array is looked at: what stands around it in the text is the caller's. Numbers are judged by who reads them.</para>
/// <para>Everything wrong is a <see cref="FeedFormatException"/> with file, row and property.</para>
/// </remarks>
public sealed class JsonTable
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly string _file;
    private readonly string _name;
    private readonly byte[][] _columns;
    private readonly (int Start, int Length)[] _cells;
    private byte[] _unescaped = [];
    private int _unescapedLength;
    private int _position;
    private bool _isFirst = true;

    /// <param name="json">Text that holds the array.</param>
    /// <param name="offset">Where its opening bracket stands.</param>
    /// <param name="file">Name for errors.</param>
    /// <param name="name">Name of the array for errors, for example <c>items</c>.</param>
    /// <exception cref="FeedFormatException">The first object is cut or no flat object.</exception>
    public JsonTable(ReadOnlyMemory<byte> json, int offset, string file, string name)
    {
        _json = json;
        _file = file;
        _name = name;
        _position = offset + 1;
        var names = FirstNames();
        _columns = [.. names.Select(Encoding.UTF8.GetBytes)];
        _cells = new (int, int)[names.Count];
        Header = new CsvHeader(file, 1, names, loose: false);
    }

    /// <summary>The names of the first object's properties; none where the array is empty.</summary>
    public CsvHeader Header { get; }

    /// <summary>Number of the current row, from 0; -1 before the first.</summary>
    public int Row { get; private set; } = -1;

    /// <summary>Where the text goes on behind the array, once <see cref="Read"/> has said that it is over.</summary>
    public int EndOffset { get; private set; } = -1;

    /// <summary>A cell of the current row; empty for null, for a property that the row lacks and for a column of -1. Valid until the
    /// next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> this[int column]
    {
        get
        {
            if ((uint)column >= (uint)_cells.Length)
            {
                return default;
            }

            var (start, length) = _cells[column];
            return start >= 0 ? _json.Span.Slice(start, length) : _unescaped.AsSpan(~start, length);
        }
    }

    /// <summary>Moves to the next object. False at the end of the array.</summary>
    public bool Read()
    {
        var text = _json.Span;
        var at = SkipBlanks(text, _position);
        if (At(text, at) == ']')
        {
            EndOffset = at + 1;
            return false;
        }

        Row++;
        if (!_isFirst)
        {
            Require(text, at, (byte)',');
            at = SkipBlanks(text, at + 1);
        }

        _isFirst = false;
        Require(text, at, (byte)'{');
        _position = ReadObject(text, at + 1);
        return true;
    }

    /// <summary>The error for a cell that is not what it should be.</summary>
    public FeedFormatException Unexpected(int column, string expected) =>
        new(_file, Place, $"{expected} in {Header.NameOf(column)}", $"'{Encoding.UTF8.GetString(this[column])}'");

    private string Place => $"{_name}[{Math.Max(Row, 0)}]";

    private int ReadObject(ReadOnlySpan<byte> text, int at)
    {
        Array.Clear(_cells);
        _unescapedLength = 0;
        at = SkipBlanks(text, at);
        if (At(text, at) == '}')
        {
            return at + 1;
        }

        for (var next = 0; ; next++)
        {
            Require(text, at, (byte)'"');
            at = ReadName(text, at + 1, next, out var column);
            at = SkipBlanks(text, at);
            Require(text, at, (byte)':');
            at = ReadValue(text, SkipBlanks(text, at + 1), column);
            at = SkipBlanks(text, at);
            if (At(text, at) == '}')
            {
                return at + 1;
            }

            Require(text, at, (byte)',');
            at = SkipBlanks(text, at + 1);
        }
    }

    /// <summary>Finds the column of a name, which stands most often where it stood in the first object.</summary>
    private int ReadName(ReadOnlySpan<byte> text, int at, int expected, out int column)
    {
        column = expected;
        if (expected < _columns.Length && text[at..].StartsWith(_columns[expected])
            && At(text, at + _columns[expected].Length) == '"')
        {
            return at + _columns[expected].Length + 1;
        }

        var length = text[at..].IndexOf((byte)'"');
        if (length < 0)
        {
            throw Cut();
        }

        var name = text.Slice(at, length);
        for (column = 0; column < _columns.Length; column++)
        {
            if (name.SequenceEqual(_columns[column]))
            {
                return at + length + 1;
            }
        }

        throw new FeedFormatException(
            _file, Place, $"properties of the first object ({string.Join(',', Header.Names)})", $"'{Encoding.UTF8.GetString(name)}'");
    }

    private int ReadValue(ReadOnlySpan<byte> text, int at, int column)
    {
        if (At(text, at) == '"')
        {
            return ReadText(text, at, column);
        }

        var end = at;
        while (end < text.Length && text[end] is > (byte)' ' and not ((byte)',' or (byte)'}' or (byte)']'))
        {
            end++;
        }

        var value = text[at..end];
        if (value.SequenceEqual("null"u8))
        {
            _cells[column] = default;
        }
        else if (value.Length > 0 && (value[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            || value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8)))
        {
            _cells[column] = (at, value.Length);
        }
        else
        {
            throw new FeedFormatException(_file, Place, $"a value in {Header.NameOf(column)}", $"'{Encoding.UTF8.GetString(value)}'");
        }

        return end;
    }

    private int ReadText(ReadOnlySpan<byte> text, int at, int column)
    {
        var rest = text[(at + 1)..];
        var length = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (length >= 0 && rest[length] == '"')
        {
            _cells[column] = (at + 1, length);
            return at + length + 2;
        }

        for (var end = length; end >= 0; end++)
        {
            if (end >= rest.Length)
            {
                break;
            }

            if (rest[end] == '\\')
            {
                end++;
            }
            else if (rest[end] == '"')
            {
                Unescape(text.Slice(at, end + 2), column);
                return at + end + 2;
            }
        }

        throw Cut();
    }

    private void Unescape(ReadOnlySpan<byte> quoted, int column)
    {
        if (_unescaped.Length < _unescapedLength + quoted.Length)
        {
            Array.Resize(ref _unescaped, Math.Max(2 * _unescaped.Length, _unescapedLength + quoted.Length));
        }

        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            var length = reader.CopyString(_unescaped.AsSpan(_unescapedLength));
            _cells[column] = (~_unescapedLength, length);
            _unescapedLength += length;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FeedFormatException(_file, Place, $"text in {Header.NameOf(column)}", Encoding.UTF8.GetString(quoted), e);
        }
    }

    private List<string> FirstNames()
    {
        var names = new List<string>();
        try
        {
            // The rest of the text is not this array's, and may be cut: what can be read of the first object is enough.
            var reader = new Utf8JsonReader(_json.Span[(_position - 1)..], isFinalBlock: false, default);
            reader.Read();
            for (var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
                isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
                reader.Read())
            {
                names.Add(reader.GetString()!);
            }
        }
        catch (JsonException e)
        {
            throw JsonBody.NotWellFormed(_file, e);
        }

        return names;
    }

    private void Require(ReadOnlySpan<byte> text, int at, byte wanted)
    {
        if (At(text, at) != wanted)
        {
            throw new FeedFormatException(_file, Place, $"'{(char)wanted}'", $"'{(char)text[at]}'");
        }
    }

    private byte At(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length ? text[at] : throw Cut();

    private FeedFormatException Cut() => new(_file, Place, "more JSON", "the end of the file");

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && text[at] <= ' ')
        {
            at++;
        }

        return at;
    }
}
