using System.Runtime.CompilerServices;

namespace Aurum.Ticks.Reading;

/// <summary>Walks over one JSON message (RFC 8259, strictly) without allocation; 32 bytes of a text are looked at together.</summary>
/// <remarks>Nothing throws: a method that finds what JSON does not allow returns false and leaves <see cref="At"/> there, and every
/// later call is false too. Bytes are taken to be valid UTF-8.</remarks>
internal ref struct JsonCursor(ReadOnlySpan<byte> message)
{
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _text = message;
    private int _at;
    private bool _isFirst;

    /// <summary>Bytes behind the cursor; where the fault is after one.</summary>
    public readonly int At => _at;

    /// <summary>Whether the message is not JSON.</summary>
    public bool IsFaulty { get; private set; }

    /// <summary>Steps into an object.</summary>
    public bool TryBeginObject()
    {
        _isFirst = true;
        return TryTake((byte)'{');
    }

    /// <summary>Steps onto the next member of the object and reads its name. False at the object's end, or at a fault.</summary>
    public bool TryMember(out JsonValue name)
    {
        name = default;
        var next = PeekPastBlanks();
        if (next == '}')
        {
            _at++;
            _isFirst = false;
            return false;
        }

        if (!_isFirst)
        {
            if (next != ',')
            {
                return Fail();
            }

            _at++;
            next = PeekPastBlanks();
        }

        _isFirst = false;
        return next == '"' ? TryText(out name) && TryTake((byte)':') : Fail();
    }

    /// <summary>Reads a value; objects and arrays are stepped over, and checked on the way.</summary>
    public bool TryValue(out JsonValue value)
    {
        var next = PeekPastBlanks();
        if (next == '"')
        {
            return TryText(out value);
        }

        return TryWhole(out value) || TryOther(out value);
    }

    /// <summary>Whether the next value is an object.</summary>
    public bool IsAtObject()
    {
        return PeekPastBlanks() == '{';
    }

    /// <summary>Whether nothing but blanks is left.</summary>
    public bool TryEnd()
    {
        SkipBlanks();
        return _at == _text.Length ? !IsFaulty : Fail();
    }

    private bool TryOther(out JsonValue value)
    {
        var start = _at;
        var (kind, isRead) = Peek() switch
        {
            '{' => (JsonKind.Object, TrySkipObject(1)),
            '[' => (JsonKind.Array, TrySkipArray(1)),
            't' => (JsonKind.Bool, TryWord("true"u8)),
            'f' => (JsonKind.Bool, TryWord("false"u8)),
            'n' => (JsonKind.Null, TryWord("null"u8)),
            _ => (JsonKind.Number, TrySkipNumber()),
        };
        value = isRead ? new JsonValue(kind, _text[start.._at], false) : default;
        return isRead;
    }

    /// <summary>Reads a whole number without sign, the usual one. False where it is anything else; the cursor has not moved then.</summary>
    private bool TryWhole(out JsonValue value)
    {
        var text = _text;
        var start = _at;
        var at = start;
        while ((uint)at < (uint)text.Length && (uint)(text[at] - '0') <= 9)
        {
            at++;
        }

        if (at == start || text[start] == '0' || (uint)at >= (uint)text.Length || text[at] is (byte)'.' or (byte)'e' or (byte)'E')
        {
            value = default;
            return false;
        }

        value = new JsonValue(JsonKind.Number, text[start..at], false);
        _at = at;
        return true;
    }

    /// <summary>Reads the text whose opening quote the cursor is at.</summary>
    private bool TryText(out JsonValue value)
    {
        var start = _at + 1;
        var at = JsonSpecials.IndexOf(_text, start);
        if ((uint)at < (uint)_text.Length && _text[at] == '"')
        {
            value = new JsonValue(JsonKind.Text, _text[start..at], false);
            _at = at + 1;
            return true;
        }

        return TryEscapedText(start, at, out value);
    }

    /// <summary>Reads on where a text has something else than letters.</summary>
    private bool TryEscapedText(int start, int at, out JsonValue value)
    {
        while ((uint)at < (uint)_text.Length)
        {
            if (_text[at] == '"')
            {
                value = new JsonValue(JsonKind.Text, _text[start..at], true);
                _at = at + 1;
                return true;
            }

            if (_text[at] != '\\' || !JsonSpecials.IsEscape(_text[(at + 1)..]))
            {
                break;
            }

            at = JsonSpecials.IndexOf(_text, at + 2);
        }

        value = default;
        _at = at;
        return Fail();
    }

    private bool TrySkipObject(int depth)
    {
        _at++;
        SkipBlanks();
        if (Peek() == '}')
        {
            _at++;
            return true;
        }

        do
        {
            if (PeekPastBlanks() != '"')
            {
                return Fail();
            }

            if (!TryText(out _) || !TryTake((byte)':') || !TrySkip(depth))
            {
                return false;
            }

            SkipBlanks();
        }
        while (TryComma());
        return TryTake((byte)'}');
    }

    private bool TrySkipArray(int depth)
    {
        _at++;
        SkipBlanks();
        if (Peek() == ']')
        {
            _at++;
            return true;
        }

        do
        {
            if (!TrySkip(depth))
            {
                return false;
            }

            SkipBlanks();
        }
        while (TryComma());
        return TryTake((byte)']');
    }

    private bool TrySkip(int depth)
    {
        SkipBlanks();
        return Peek() switch
        {
            '"' => TryText(out _),
            '{' => depth < MaxDepth ? TrySkipObject(depth + 1) : Fail(),
            '[' => depth < MaxDepth ? TrySkipArray(depth + 1) : Fail(),
            _ => TryOther(out _),
        };
    }

    private bool TryComma()
    {
        if (Peek() != ',')
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Steps over a number of JSON's grammar: no leading zeros, no plus, digits on both sides of the point.</summary>
    private bool TrySkipNumber()
    {
        if (Peek() == '-')
        {
            _at++;
        }

        if (Peek() == '0')
        {
            _at++;
        }
        else if (!TryDigits())
        {
            return Fail();
        }

        if (Peek() == '.')
        {
            _at++;
            if (!TryDigits())
            {
                return Fail();
            }
        }

        if (Peek() is not ('e' or 'E'))
        {
            return true;
        }

        _at++;
        if (Peek() is '+' or '-')
        {
            _at++;
        }

        return TryDigits() || Fail();
    }

    private bool TryDigits()
    {
        var start = _at;
        while ((uint)(Peek() - '0') <= 9)
        {
            _at++;
        }

        return _at > start;
    }

    private bool TryWord(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word))
        {
            return Fail();
        }

        _at += word.Length;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(byte expected)
    {
        if (PeekPastBlanks() != expected)
        {
            return Fail();
        }

        _at++;
        return true;
    }

    /// <summary>The byte at the cursor; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Peek() => (uint)_at < (uint)_text.Length ? _text[_at] : 0;

    /// <summary>The byte that the cursor is at when blanks are stepped over; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PeekPastBlanks()
    {
        var next = Peek();
        if (next > ' ')
        {
            return next;
        }

        SkipBlanks();
        return Peek();
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private bool Fail()
    {
        IsFaulty = true;
        return false;
    }
}
