using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aurum.Ticks.Reading;

/// <summary>Walks over one JSON message (RFC 8259, strictly) without allocation; 32 bytes of a text are looked at together.</summary>
/// <remarks>Nothing throws: a method that finds what JSON does not allow returns false and leaves <see cref="At"/> there, and every
/// later call is false too. Bytes are taken to be valid UTF-8.</remarks>
internal ref struct JsonCursor(ReadOnlySpan<byte> message)
{
    private const int VectorBytes = 32;
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
        SkipBlanks();
        if (Peek() == '}')
        {
            _at++;
            _isFirst = false;
            return false;
        }

        if (!_isFirst && !TryTake((byte)','))
        {
            return false;
        }

        _isFirst = false;
        return TryText(out name) && TryTake((byte)':');
    }

    /// <summary>Reads a value; objects and arrays are stepped over, and checked on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryValue(out JsonValue value)
    {
        SkipBlanks();
        if (Peek() == '"')
        {
            return TryText(out value);
        }

        return TryOther(out value);
    }

    /// <summary>Whether the next value is an object.</summary>
    public bool IsAtObject()
    {
        SkipBlanks();
        return Peek() == '{';
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

    private bool TryText(out JsonValue value)
    {
        value = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        var start = _at;
        var hasEscapes = false;
        while (true)
        {
            _at = IndexOfSpecial(_at);
            switch (Peek())
            {
                case '"':
                    value = new JsonValue(JsonKind.Text, _text[start.._at], hasEscapes);
                    _at++;
                    return true;
                case '\\' when IsEscape(_text[(_at + 1)..]):
                    hasEscapes = true;
                    _at += 2;
                    break;
                default:
                    return Fail();
            }
        }
    }

    /// <summary>The next quote, backslash or control character; the end where there is none.</summary>
    private readonly int IndexOfSpecial(int at)
    {
        ref var origin = ref MemoryMarshal.GetReference(_text);
        for (; at + VectorBytes <= _text.Length; at += VectorBytes)
        {
            var block = Vector256.LoadUnsafe(ref origin, (nuint)at);
            var special = Vector256.Equals(block, Vector256.Create((byte)'"'))
                | Vector256.Equals(block, Vector256.Create((byte)'\\'))
                | Vector256.Equals(Vector256.Min(block, Vector256.Create((byte)0x1F)), block);
            var mask = special.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return at + BitOperations.TrailingZeroCount(mask);
            }
        }

        while (at < _text.Length && _text[at] is >= 0x20 and not ((byte)'"' or (byte)'\\'))
        {
            at++;
        }

        return at;
    }

    private static bool IsEscape(ReadOnlySpan<byte> behindBackslash)
    {
        if (behindBackslash.IsEmpty)
        {
            return false;
        }

        if (behindBackslash[0] != 'u')
        {
            return behindBackslash[0] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r'
                or (byte)'t';
        }

        return behindBackslash.Length >= 5
            && char.IsAsciiHexDigit((char)behindBackslash[1]) && char.IsAsciiHexDigit((char)behindBackslash[2])
            && char.IsAsciiHexDigit((char)behindBackslash[3]) && char.IsAsciiHexDigit((char)behindBackslash[4]);
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
            SkipBlanks();
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
        SkipBlanks();
        if (Peek() != expected)
        {
            return Fail();
        }

        _at++;
        return true;
    }

    /// <summary>The byte at the cursor; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Peek() => (uint)_at < (uint)_text.Length ? _text[_at] : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
