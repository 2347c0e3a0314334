using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Aurum.Sources.Reading;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>What the readers of a workbook's parts ask of XML.</summary>
internal static class XlsxXml
{
    public static string AttributeText(this Utf8XmlReader xml, ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(xml.Attribute(name));

    /// <summary>A whole number, 0 to 2,147,483,647; the other one where the attribute is not there.</summary>
    public static int AttributeNumber(this Utf8XmlReader xml, ReadOnlySpan<byte> name, int missing)
    {
        var text = xml.Attribute(name);
        if (text.IsEmpty)
        {
            return missing;
        }

        return Utf8Parser.TryParse(text, out int number, out var used) && used == text.Length && number >= 0
            ? number
            : throw xml.Unexpected($"a whole number in {Encoding.UTF8.GetString(name)}", $"'{Encoding.UTF8.GetString(text)}'");
    }

    /// <summary>Whether an attribute is on; XML writes <c>1</c> or <c>true</c>.</summary>
    public static bool AttributeIsOn(this Utf8XmlReader xml, ReadOnlySpan<byte> name) =>
        xml.Attribute(name) is var text && (text.SequenceEqual("1"u8) || text.SequenceEqual("true"u8));

    /// <summary>Moves to the next element directly inside the one at a depth. False at its end.</summary>
    public static bool NextInside(this Utf8XmlReader xml, int depth)
    {
        while (xml.Read())
        {
            if (xml.Token == XmlToken.Start)
            {
                return true;
            }

            if (xml.Token == XmlToken.End && xml.Depth < depth)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Puts a string item together: its texts one behind the other, those of phonetic readings left out.</summary>
    public static void AppendTexts(this Utf8XmlReader xml, CellTexts texts)
    {
        var depth = xml.Depth;
        while (xml.NextInside(depth))
        {
            if (xml.Name.SequenceEqual("t"u8))
            {
                AppendEscaped(texts, xml.ReadText());
            }
            else if (xml.Name.SequenceEqual("rPh"u8))
            {
                xml.Skip();
            }
        }
    }

    /// <summary>Spreadsheets write letters that XML does not allow as <c>_x000D_</c>.</summary>
    public static void AppendEscaped(CellTexts texts, ReadOnlySpan<byte> text)
    {
        Span<byte> letter = stackalloc byte[4];
        for (var at = text.IndexOf("_x"u8); at >= 0; at = text.IndexOf("_x"u8))
        {
            if (text.Length < at + 7 || text[at + 6] != '_'
                || !int.TryParse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || !Rune.TryCreate(code, out var rune))
            {
                texts.Append(text[..(at + 2)]);
                text = text[(at + 2)..];
                continue;
            }

            texts.Append(text[..at]);
            texts.Append(letter[..rune.EncodeToUtf8(letter)]);
            text = text[(at + 7)..];
        }

        texts.Append(text);
    }
}
