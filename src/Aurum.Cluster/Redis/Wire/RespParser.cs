using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Aurum.Cluster.Redis.Wire;

/// <summary>Reads RESP3 piece by piece: bytes that make no whole value yet are kept as what they are so far, so that a reply of any
/// length is read once however it is cut. One thread; after an exception it is of no more use.</summary>
/// <remarks>Source: the RESP3 specification of the Redis project, with streamed texts and lists; attributes are read over.</remarks>
public sealed class RespParser(RespLimits limits)
{
    private const int FirstItems = 1_024;
    private const byte Attribute = (byte)'|';
    private const byte StreamedText = (byte)'$';

    private readonly Stack<OpenList> _open = new();
    private byte[]? _text;
    private int _textBytes;
    private int _textLength;
    private byte _textMark;
    private int _items;
    private long _replyBytes;
    private long _position;

    /// <summary>Reads on to the end of a value.</summary>
    /// <param name="bytes">What came, from where the last call stopped.</param>
    /// <param name="used">Bytes that are done with; the others come again with what follows them.</param>
    /// <param name="value">The value.</param>
    /// <returns>False where more bytes are needed.</returns>
    /// <exception cref="RedisException">Not RESP3, or beyond the limits; the message says at which byte.</exception>
    public bool TryRead(ReadOnlySpan<byte> bytes, out int used, out RespValue value)
    {
        used = 0;
        value = default;
        while (true)
        {
            var before = used;
            if (!TryReadPart(bytes[used..], out var part, out var read, out var isValue))
            {
                used += read;
                _position += read;
                return false;
            }

            used += read;
            _position += used - before;
            if (isValue && TryPlace(part, out value))
            {
                (_items, _replyBytes) = (0, 0);
                return true;
            }
        }
    }

    /// <summary>Reads a value without inner ones, or the head or end of a list.</summary>
    private bool TryReadPart(ReadOnlySpan<byte> bytes, out RespValue part, out int read, out bool isValue)
    {
        part = default;
        isValue = true;
        if (_text is not null)
        {
            return TryReadText(bytes, out part, out read);
        }

        read = 0;
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            if (bytes.Length > limits.MaxLineBytes)
            {
                throw Wrong($"a line of at most {limits.MaxLineBytes:N0} bytes", "a longer one");
            }

            return false;
        }

        if (end > limits.MaxLineBytes || end < 2 || bytes[end - 1] != '\r')
        {
            throw Wrong("a line that begins with a type and ends with CR LF", Shown(bytes[..Math.Min(end, 40)]));
        }

        var line = bytes[1..(end - 1)];
        if (_open.TryPeek(out var open) && open.Mark == StreamedText && bytes[0] != ';')
        {
            throw Wrong("a piece (;) of a streamed text", Shown(bytes[..end]));
        }

        switch (bytes[0])
        {
            case (byte)'$' or (byte)'=' or (byte)'!' or (byte)';':
                isValue = BeginText(bytes[0], line, out part);
                read = end + 1;
                if (_text is null)
                {
                    return true;
                }

                isValue = true;
                var isWhole = TryReadText(bytes[read..], out part, out var more);
                read += more;
                return isWhole;
            case (byte)'*' or (byte)'%' or (byte)'~' or (byte)'>' or Attribute:
                isValue = !BeginList(bytes[0], line, out part);
                break;
            case (byte)'.':
                isValue = EndStream(line, out part);
                break;
            default:
                part = Simple(bytes[0], line);
                break;
        }

        read = end + 1;
        return true;
    }

    private RespValue Simple(byte mark, ReadOnlySpan<byte> line)
    {
        switch (mark)
        {
            case (byte)'+':
                return line.SequenceEqual("OK"u8) ? RespValue.Ok : RespValue.Of(RespKind.Text, line.ToArray());
            case (byte)'-':
                return RespValue.Of(RespKind.Error, line.ToArray());
            case (byte)':':
                return RespValue.Of(Whole(line));
            case (byte)',':
                return RespValue.Of(Floating(line));
            case (byte)'#' when line is [(byte)'t' or (byte)'f']:
                return RespValue.Of(line[0] == 't');
            case (byte)'_' when line.IsEmpty:
                return RespValue.Null;
            case (byte)'(' when line.TrimStart("+-"u8) is { IsEmpty: false } digits
                && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'):
                return RespValue.Of(RespKind.BigNumber, line.ToArray());
            default:
                throw Wrong("one of the types + - : , # _ ( $ ! = * % ~ > | with its content", $"{(char)mark}{Shown(line)}");
        }
    }

    /// <summary>Notes the length of a text whose bytes follow.</summary>
    /// <returns>Whether a value is read already: the null text of RESP2.</returns>
    private bool BeginText(byte mark, ReadOnlySpan<byte> line, out RespValue value)
    {
        value = default;
        if (mark == '$' && line is [(byte)'?'])
        {
            Open(new OpenList(StreamedText, -1));
            return false;
        }

        if (mark == '$' && line.SequenceEqual("-1"u8))
        {
            return true;
        }

        if (mark == ';' && !(_open.TryPeek(out var list) && list.Mark == StreamedText))
        {
            throw Wrong("a value", $"{(char)mark}{Shown(line)}");
        }

        _textLength = Length(line, limits.MaxTextBytes);
        _replyBytes += _textLength;
        if (_replyBytes > limits.MaxReplyBytes)
        {
            throw Wrong($"a reply of at most {limits.MaxReplyBytes:N0} bytes", "a larger one");
        }

        if (mark == ';' && _textLength == 0)
        {
            value = Joined(_open.Pop());
            return true;
        }

        _textMark = mark;
        _textBytes = 0;
        _text = [];
        return false;
    }

    private bool TryReadText(ReadOnlySpan<byte> bytes, out RespValue value, out int read)
    {
        value = default;
        read = Math.Min(bytes.Length, _textLength - _textBytes);
        if (_text!.Length < _textBytes + read)
        {
            // A length is only a claim: memory is taken as bytes come.
            Array.Resize(ref _text, Math.Min(_textLength, Math.Max(_textBytes + read, _text.Length * 2)));
        }

        bytes[..read].CopyTo(_text.AsSpan(_textBytes));
        _textBytes += read;
        if (_textBytes < _textLength || bytes.Length - read < 2)
        {
            return false;
        }

        if (bytes[read] != '\r' || bytes[read + 1] != '\n')
        {
            throw Wrong($"CR LF after {_textLength:N0} bytes", Shown(bytes.Slice(read, 2)));
        }

        read += 2;
        var text = _text;
        _text = null;
        value = _textMark switch
        {
            (byte)'!' => RespValue.Of(RespKind.Error, text),
            (byte)'=' => text.Length >= 4 && text[3] == ':'
                ? RespValue.Of(RespKind.Verbatim, text[4..])
                : throw Wrong("a text with its form, as txt:", Shown(text)),
            _ => RespValue.Of(RespKind.Text, text),
        };
        return true;
    }

    /// <returns>False where it has no items and is a value already.</returns>
    private bool BeginList(byte mark, ReadOnlySpan<byte> line, out RespValue value)
    {
        value = default;
        if (mark == '*' && line.SequenceEqual("-1"u8))
        {
            return false;
        }

        var isStreamed = line is [(byte)'?'] && mark is not ((byte)'>' or Attribute);
        var count = isStreamed ? -1 : Length(line, limits.MaxItems);
        count = mark is (byte)'%' or Attribute && !isStreamed ? count * 2 : count;
        if (count == 0 && mark != Attribute)
        {
            value = RespValue.Of(KindOf(mark), Array.Empty<RespValue>());
            return false;
        }

        if (count != 0)
        {
            Open(new OpenList(mark, count));
        }

        return true;
    }

    private bool EndStream(ReadOnlySpan<byte> line, out RespValue value)
    {
        if (!line.IsEmpty || !_open.TryPeek(out var list) || list.Wanted >= 0 || list.Mark == StreamedText
            || (list.Mark == '%' && list.Count % 2 != 0))
        {
            throw Wrong("the end of a streamed list within one", $".{Shown(line)}");
        }

        _open.Pop();
        value = list.ToValue();
        return true;
    }

    /// <summary>Puts a value into the list that is open.</summary>
    /// <returns>Whether a value of the highest level is whole.</returns>
    private bool TryPlace(RespValue part, out RespValue value)
    {
        value = part;
        while (_open.TryPeek(out var list))
        {
            if (++_items > limits.MaxItems)
            {
                throw Wrong($"at most {limits.MaxItems:N0} values in a reply", "more");
            }

            list.Add(value);
            if (list.Count != list.Wanted)
            {
                return false;
            }

            _open.Pop();
            if (list.Mark == Attribute)
            {
                return false;
            }

            value = list.ToValue();
        }

        return true;
    }

    private void Open(OpenList list)
    {
        if (_open.Count >= limits.MaxDepth)
        {
            throw Wrong($"at most {limits.MaxDepth} lists within each other", "more");
        }

        _open.Push(list);
    }

    private RespValue Joined(OpenList pieces)
    {
        long length = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            length += pieces.Items[i].Bytes.Length;
        }

        var text = length <= limits.MaxTextBytes
            ? new byte[length]
            : throw Wrong($"a text of at most {limits.MaxTextBytes:N0} bytes", "a longer one");
        var at = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            pieces.Items[i].Bytes.CopyTo(text.AsMemory(at));
            at += pieces.Items[i].Bytes.Length;
        }

        return RespValue.Of(RespKind.Text, text);
    }

    private int Length(ReadOnlySpan<byte> line, int most) =>
        Utf8Parser.TryParse(line, out int length, out var read) && read == line.Length && length >= 0 && length <= most && line[0] != '+'
            ? length
            : throw Wrong($"a length of 0 to {most:N0}", Shown(line));

    private long Whole(ReadOnlySpan<byte> line) =>
        long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong("a whole number", Shown(line));

    private double Floating(ReadOnlySpan<byte> line) => line switch
    {
        _ when line.SequenceEqual("inf"u8) => double.PositiveInfinity,
        _ when line.SequenceEqual("-inf"u8) => double.NegativeInfinity,
        _ when line.SequenceEqual("nan"u8) || line.SequenceEqual("-nan"u8) => double.NaN,
        _ when line is [>= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'+', ..]
            && double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong("a number, inf, -inf or nan", Shown(line)),
    };

    private RedisException Wrong(string expected, string found) =>
        new(RedisFault.Protocol, $"reply byte {_position}: expected {expected}, found '{found}'");

    private static string Shown(ReadOnlySpan<byte> bytes) =>
        Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, 40)]).Replace('\r', ' ').Replace('\n', ' ');

    private static RespKind KindOf(byte mark) => mark switch
    {
        (byte)'%' => RespKind.Map,
        (byte)'~' => RespKind.Set,
        (byte)'>' => RespKind.Push,
        _ => RespKind.Array,
    };

    /// <summary>A list whose items come.</summary>
    /// <param name="mark">Its type.</param>
    /// <param name="wanted">Items that will come; below 0 where it says itself when it ends.</param>
    private sealed class OpenList(byte mark, int wanted)
    {
        private RespValue[] _items = new RespValue[wanted < 0 ? 16 : Math.Min(wanted, FirstItems)];

        public byte Mark => mark;

        public int Wanted => wanted;

        public int Count { get; private set; }

        public ReadOnlySpan<RespValue> Items => _items.AsSpan(0, Count);

        public void Add(RespValue value)
        {
            if (Count == _items.Length)
            {
                Array.Resize(ref _items, wanted < 0 ? Count * 2 : Math.Min(wanted, Count * 2));
            }

            _items[Count++] = value;
        }

        public RespValue ToValue()
        {
            Array.Resize(ref _items, Count);
            return RespValue.Of(KindOf(mark), _items);
        }
    }
}
