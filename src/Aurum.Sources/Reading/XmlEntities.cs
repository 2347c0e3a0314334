using System.Buffers;
using System.Globalization;
using System.Text;

namespace Aurum.Sources.Reading;

/// <summary>Resolves the five entities of XML and numeric ones. There are no others: none is declared, none expands.</summary>
internal static class XmlEntities
{
    public static void Decode(ReadOnlySpan<byte> text, IBufferWriter<byte> output, Utf8XmlReader reader)
    {
        while (true)
        {
            var start = text.IndexOf((byte)'&');
            if (start < 0)
            {
                output.Write(text);
                return;
            }

            output.Write(text[..start]);
            text = text[(start + 1)..];
            var end = text[..Math.Min(text.Length, 12)].IndexOf((byte)';');
            if (end < 0 || Resolve(text[..end]) is not { } rune)
            {
                throw reader.Unexpected("one of the entities of XML", $"'&{Encoding.UTF8.GetString(text[..Math.Min(text.Length, 12)])}'");
            }

            output.Advance(rune.EncodeToUtf8(output.GetSpan(4)));
            text = text[(end + 1)..];
        }
    }

    private static Rune? Resolve(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith("#"u8))
        {
            var isHex = name.Length > 1 && name[1] == 'x';
            var digits = Encoding.Latin1.GetString(name[(isHex ? 2 : 1)..]);
            var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
            return int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code)
                && Rune.IsValid(code) && code != 0
                ? new Rune(code)
                : null;
        }

        return name.SequenceEqual("amp"u8) ? new Rune('&')
            : name.SequenceEqual("lt"u8) ? new Rune('<')
            : name.SequenceEqual("gt"u8) ? new Rune('>')
            : name.SequenceEqual("quot"u8) ? new Rune('"')
            : name.SequenceEqual("apos"u8) ? new Rune('\'')
            : null;
    }
}
