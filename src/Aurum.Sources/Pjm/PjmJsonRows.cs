using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Pjm;

/// <summary>An answer of the API: <c>items</c> in an envelope, or a bare array, as its download mode sends.</summary>
internal sealed class PjmJsonRows : IPjmRows
{
    private readonly JsonBody _body;
    private readonly ReadOnlyMemory<byte> _json;
    private readonly string _file;
    private readonly int _start;
    private readonly bool _hasEnvelope;
    private readonly JsonTable _items;

    private PjmJsonRows(JsonBody body, int start, bool hasEnvelope, string file)
    {
        _body = body;
        _json = body.Bytes;
        _file = file;
        _start = start;
        _hasEnvelope = hasEnvelope;
        _items = new JsonTable(_json, start, file, hasEnvelope ? "items" : "");
    }

    public CsvHeader Header => _items.Header;

    public ReadOnlySpan<byte> this[int column] => _items[column];

    /// <summary>The rows of an answer, which is closed with them, or what it says in place of rows.</summary>
    /// <exception cref="FeedFormatException">Not JSON, or JSON of another form.</exception>
    public static (PjmJsonRows? Rows, ParseResult? Refusal) Open(JsonBody body, string file)
    {
        var (start, hasEnvelope) = FindItems(body.Bytes.Span, file);
        if (start >= 0)
        {
            return (new PjmJsonRows(body, start, hasEnvelope, file), null);
        }

        var envelope = PjmEnvelope.Read(body.Bytes, file);
        return envelope.Refusal is { } refusal
            ? (null, refusal)
            : throw new FeedFormatException(file, "", "items", $"JSON with {string.Join(',', envelope.Names)}");
    }

    public bool Read() => _items.Read();

    public FeedFormatException Unexpected(int column, string expected) => _items.Unexpected(column, expected);

    public string? Finish()
    {
        var rows = _items.Row + 1;
        var behind = _json[_items.EndOffset..];
        if (!_hasEnvelope)
        {
            return behind.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0
                ? null
                : throw new FeedFormatException(_file, "", "the end of the array", "more behind it");
        }

        // The document without its items is small: what stands around them is read from it.
        byte[] around = [.. _json.Span[.._start], .. "[]"u8, .. behind.Span];
        var expected = PjmEnvelope.Read(around, _file).RowsOfPage;
        return rows < expected ? $"{_file} has {rows} of the {expected} rows that it says it has" : null;
    }

    public void Dispose() => _body.Dispose();

    private static (int Start, bool HasEnvelope) FindItems(ReadOnlySpan<byte> json, string file)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                return ((int)reader.TokenStartIndex, false);
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isItems = reader.ValueTextEquals("items"u8);
                reader.Read();
                if (isItems && reader.TokenType == JsonTokenType.StartArray)
                {
                    return ((int)reader.TokenStartIndex, true);
                }

                if (!reader.TrySkip())
                {
                    break;
                }
            }
        }
        catch (JsonException e)
        {
            throw JsonBody.NotWellFormed(file, e);
        }

        return (-1, false);
    }
}
