using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>An answer of the public API: rows are arrays whose values stand in the order of <c>fields</c>.</summary>
internal sealed class ErcotJsonRows : IErcotRows
{
    private readonly JsonBody _body;
    private readonly ReadOnlyMemory<byte> _json;
    private readonly string _file;
    private readonly (int Start, int Length)[] _cells;
    private byte[] _text = new byte[256];
    private int _position;
    private JsonReaderState _state;
    private int _row = -1;

    /// <param name="body">The whole answer, already known to be well-formed; closed with the rows.</param>
    /// <param name="envelope">Its envelope, with data.</param>
    /// <param name="file">Name for errors.</param>
    public ErcotJsonRows(JsonBody body, ErcotEnvelope envelope, string file)
    {
        _body = body;
        _json = body.Bytes;
        _file = file;
        _cells = new (int, int)[envelope.Fields.Count];
        Header = new CsvHeader(file, 1, envelope.Fields, loose: true);
        var reader = new Utf8JsonReader(_json.Span[envelope.DataOffset..], isFinalBlock: false, default);
        reader.Read();
        Keep(in reader, envelope.DataOffset);
    }

    public CsvHeader Header { get; }

    public ReadOnlySpan<byte> this[int column] =>
        (uint)column < (uint)_cells.Length ? _text.AsSpan(_cells[column].Start, _cells[column].Length) : default;

    public bool Read()
    {
        var start = _position;
        var reader = new Utf8JsonReader(_json.Span[start..], isFinalBlock: false, _state);
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        _row++;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FeedFormatException(_file, $"data[{_row}]", "an array of values", reader.TokenType.ToString());
        }

        ReadCells(ref reader);
        Keep(in reader, start);
        return true;
    }

    public FeedFormatException Unexpected(int column, string expected) =>
        new(_file, $"data[{_row}]", $"{expected} in {Header.NameOf(column)}", $"'{Encoding.UTF8.GetString(this[column])}'");

    public void Dispose() => _body.Dispose();

    private void ReadCells(ref Utf8JsonReader reader)
    {
        var used = 0;
        var column = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; column++)
        {
            if (column >= _cells.Length)
            {
                throw new FeedFormatException(_file, $"data[{_row}]", $"{_cells.Length} values, one a field", "more");
            }

            var length = Copy(ref reader, used, column);
            _cells[column] = (used, length);
            used += length;
        }

        if (column != _cells.Length)
        {
            throw new FeedFormatException(_file, $"data[{_row}]", $"{_cells.Length} values, one a field", $"{column}");
        }
    }

    private int Copy(ref Utf8JsonReader reader, int at, int column)
    {
        var value = reader.ValueSpan;
        if (at + value.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, at + value.Length));
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return 0;
            case JsonTokenType.String:
                return reader.CopyString(_text.AsSpan(at));
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                value.CopyTo(_text.AsSpan(at));
                return value.Length;
            default:
                throw new FeedFormatException(
                    _file, $"data[{_row}]", $"a value in {Header.NameOf(column)}", reader.TokenType.ToString());
        }
    }

    private void Keep(in Utf8JsonReader reader, int start)
    {
        _position = start + (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }
}
