using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Aurum.Ticks.Reading;

/// <summary>Turns the escapes of a JSON text into the letters that they stand for, in a room that is used again for each
/// message.</summary>
/// <param name="capacity">Bytes of the room: unescaping never makes a text longer.</param>
internal sealed class JsonTexts(int capacity)
{
    private readonly byte[] _room = new byte[capacity];
    private int _used;

    /// <summary>Forgets the texts of the message before.</summary>
    public void Clear() => _used = 0;

    /// <returns>False where the text has half a surrogate pair, or the room is full.</returns>
    public bool TryPlain(JsonValue value, out ReadOnlySpan<byte> text)
    {
        text = value.Text;
        return !value.HasEscapes || TryUnescape(value.Text, out text);
    }

    private bool TryUnescape(ReadOnlySpan<byte> escaped, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (escaped.Length > _room.Length - _used)
        {
            return false;
        }

        var to = _room.AsSpan(_used, escaped.Length);
        var length = 0;
        for (var at = 0; at < escaped.Length; at++)
        {
            var b = escaped[at];
            if (b != '\\')
            {
                to[length++] = b;
                continue;
            }

            b = escaped[++at];
            if (b != 'u')
            {
                to[length++] = Letter(b);
            }
            else if (!TryRune(escaped, ref at, out var rune))
            {
                return false;
            }
            else
            {
                length += rune.EncodeToUtf8(to[length..]);
            }
        }

        text = to[..length];
        _used += length;
        return true;
    }

    private static byte Letter(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };

    /// <summary>Reads the four digits behind <c>\u</c> at <paramref name="at"/>, and those of the pair's other half.</summary>
    private static bool TryRune(ReadOnlySpan<byte> escaped, ref int at, out Rune rune)
    {
        var first = (char)Unit(escaped, at + 1);
        at += 4;
        if (Rune.TryCreate(first, out rune))
        {
            return true;
        }

        if (!char.IsHighSurrogate(first) || !escaped[(at + 1)..].StartsWith("\\u"u8))
        {
            return false;
        }

        var second = (char)Unit(escaped, at + 3);
        at += 6;
        return Rune.TryCreate(first, second, out rune);
    }

    private static int Unit(ReadOnlySpan<byte> escaped, int at) =>
        Utf8Parser.TryParse(escaped.Slice(at, 4), out int unit, out _, 'x')
            ? unit
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"no hexadecimal digits at {at}"));
}
