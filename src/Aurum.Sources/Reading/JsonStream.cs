using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>Reads JSON from a stream token by token, over one pooled buffer that grows to the longest token: no document in
/// memory.</summary>
/// <remarks>
/// <para>Use: <c>while (json.Read()) if (json.IsProperty("data"u8)) ...</c>. Spans are valid until the next
/// <see cref="Read"/>.</para>
/// <para>Bad JSON, a cut stream, or a value of the wrong kind is a <see cref="FeedFormatException"/> with file, line and the
/// property.</para>
/// </remarks>
public ref struct JsonStream
{
    private const int FirstBufferBytes = 32 << 10;

    private readonly Stream _stream;
    private readonly int _maxTokenBytes;
    private byte[] _buffer;
    private byte[] _unescaped;
    private byte[] _property;
    private int _propertyLength;
    private int _filled;
    private long _line;
    private bool _ended;
    private Utf8JsonReader _reader;

    /// <param name="stream">Bytes of the file; stays open.</param>
    /// <param name="file">Name for errors.</param>
    /// <param name="maxTokenBytes">Longest single string or number; default 1 MiB.</param>
    /// <param name="maxDepth">Deepest nesting; default 64.</param>
    /// <param name="hasMany">Whether the file has documents one after the other, as line-delimited JSON does; else a second one is
    /// an error.</param>
    public JsonStream(Stream stream, string file, int maxTokenBytes = 1 << 20, int maxDepth = 64, bool hasMany = false)
    {
        _stream = stream;
        File = file;
        _maxTokenBytes = maxTokenBytes;
        _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        _unescaped = [];
        _property = new byte[64];
        _line = 1;
        Fill();
        if (_buffer.AsSpan(0, _filled).StartsWith("\uFEFF"u8))
        {
            _filled -= 3;
            _buffer.AsSpan(3, _filled).CopyTo(_buffer);
        }

        var options = new JsonReaderOptions { MaxDepth = maxDepth, AllowMultipleValues = hasMany };
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _ended, new JsonReaderState(options));
    }

    public string File { get; }

    public readonly JsonTokenType Token => _reader.TokenType;

    public readonly int Depth => _reader.CurrentDepth;

    /// <summary>Name of the property whose value is being read, or was read last.</summary>
    public readonly ReadOnlySpan<byte> Property => _property.AsSpan(0, _propertyLength);

    /// <summary>Moves to the next token. False at the end of the file.</summary>
    /// <exception cref="FeedFormatException">Not JSON.</exception>
    public bool Read()
    {
        try
        {
            while (!_reader.Read())
            {
                if (_ended)
                {
                    return false;
                }

                Consume();
                Fill();
                _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _ended, _reader.CurrentState);
            }
        }
        catch (JsonException e)
        {
            throw new FeedFormatException(File, $"{(e.LineNumber ?? 0) + 1}", "JSON", e.Message, e);
        }

        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            KeepProperty();
        }

        return true;
    }

    /// <summary>Moves to the next token, which must be there.</summary>
    public void ReadRequired()
    {
        if (!Read())
        {
            throw new FeedFormatException(File, "", "more JSON", "the end of the file");
        }
    }

    /// <summary>Whether the current token is the name of this property.</summary>
    public readonly bool IsProperty(ReadOnlySpan<byte> name) =>
        _reader.TokenType == JsonTokenType.PropertyName && Property.SequenceEqual(name);

    /// <summary>Passes over the value behind the current property name, or over the current object or array.</summary>
    public void Skip()
    {
        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadRequired();
        }

        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = _reader.CurrentDepth;
            do
            {
                ReadRequired();
            }
            while (_reader.CurrentDepth > depth);
        }
    }

    /// <summary>The current string (escapes resolved) or the digits of the current number, as UTF-8; empty for null.</summary>
    public ReadOnlySpan<byte> Utf8()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String or JsonTokenType.PropertyName when _reader.ValueIsEscaped:
                if (_unescaped.Length < _reader.ValueSpan.Length)
                {
                    _unescaped = new byte[_reader.ValueSpan.Length];
                }

                return _unescaped.AsSpan(0, Unescape());
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.PropertyName or JsonTokenType.True or JsonTokenType.False:
                return _reader.ValueSpan;
            default:
                throw Unexpected("a value");
        }
    }

    public string Text() => Encoding.UTF8.GetString(Utf8());

    /// <summary>The current number, or the number in the current string; NaN for null and for empty text.</summary>
    public double NumberOrNaN()
    {
        var text = Utf8();
        if (text.Trim((byte)' ').IsEmpty)
        {
            return double.NaN;
        }

        return Numbers.TryParseDecimal(text, out var value) ? value : throw Unexpected("a decimal");
    }

    /// <summary>The current number, or the number in the current string.</summary>
    public double Number() => Numbers.TryParseDecimal(Utf8(), out var value) ? value : throw Unexpected("a decimal");

    public int WholeNumber()
    {
        var number = Number();
        return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : throw Unexpected("a whole number");
    }

    public bool Flag() => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected("true or false"),
    };

    /// <exception cref="FeedFormatException">The current token is another one.</exception>
    public readonly void Require(JsonTokenType token)
    {
        if (_reader.TokenType != token)
        {
            throw Unexpected(token.ToString());
        }
    }

    /// <summary>The error for a value that is not what it should be.</summary>
    public readonly FeedFormatException Unexpected(string expected)
    {
        var isValue = _reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.EndObject
            or JsonTokenType.EndArray or JsonTokenType.None);
        var found = isValue ? $"'{Encoding.UTF8.GetString(_reader.ValueSpan)}'" : _reader.TokenType.ToString();
        var where = _propertyLength > 0 ? $" in {Encoding.UTF8.GetString(Property)}" : "";
        return new FeedFormatException(File, Line().ToString(CultureInfo.InvariantCulture), expected + where, found);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private readonly long Line() => _line + _buffer.AsSpan(0, (int)_reader.BytesConsumed).Count((byte)'\n');

    private readonly int Unescape()
    {
        try
        {
            return _reader.CopyString(_unescaped);
        }
        catch (InvalidOperationException e)
        {
            throw new FeedFormatException(File, Line().ToString(CultureInfo.InvariantCulture), "text", "an incomplete escape", e);
        }
    }

    private void Consume()
    {
        var consumed = (int)_reader.BytesConsumed;
        _line += _buffer.AsSpan(0, consumed).Count((byte)'\n');
        _filled -= consumed;
        _buffer.AsSpan(consumed, _filled).CopyTo(_buffer);
    }

    /// <summary>Reads on behind what is kept, until the buffer is at least half full or the stream has ended.</summary>
    private void Fill()
    {
        if (_filled > _maxTokenBytes)
        {
            throw new FeedFormatException(File, $"{_line}", $"a JSON value of at most {_maxTokenBytes} bytes", "a longer one");
        }

        if (_filled > _buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var kept = _filled;
        while (!_ended && _filled < (_buffer.Length + kept) / 2)
        {
            var read = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
            _filled += read;
            _ended = read == 0;
        }
    }

    private void KeepProperty()
    {
        var name = Utf8();
        if (_property.Length < name.Length)
        {
            _property = new byte[name.Length];
        }

        name.CopyTo(_property);
        _propertyLength = name.Length;
    }
}
