using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>Reads the list of shared texts in one pass over its bytes, if it is such as spreadsheets write it. Items with more than
/// one plain text go through the reader of XML, one by one; a list that looks otherwise as a whole.</summary>
internal static class XlsxPlainTexts
{
    private static ReadOnlySpan<byte> Begin => "<si>"u8;

    private static ReadOnlySpan<byte> End => "</si>"u8;

    /// <summary>Adds the texts. False where the list is not a plain one; then none is added.</summary>
    public static bool Read(ReadOnlySpan<byte> xml, CellTexts texts)
    {
        var at = xml.IndexOf(Begin);
        if (at < 0 || xml.IndexOf("<!"u8) >= 0)
        {
            return false;
        }

        var before = xml[..at];
        try
        {
            while (xml[at..].StartsWith(Begin))
            {
                var length = xml[at..].IndexOf(End);
                if (length < 0)
                {
                    texts.Clear();
                    return false;
                }

                AddItem(xml.Slice(at, length + End.Length), texts);
                at += length + End.Length;
            }

            using var rest = new Utf8XmlReader(new MemoryStream([.. before, .. xml[at..]], writable: false), "");
            while (rest.Read())
            {
                if (rest.Token == XmlToken.Start && rest.Name.SequenceEqual("si"u8))
                {
                    texts.Clear();
                    return false;
                }
            }

            return true;
        }
        catch (FeedFormatException)
        {
            // The reader of XML says what is wrong, and in which line.
            texts.Clear();
            return false;
        }
    }

    private static void AddItem(ReadOnlySpan<byte> item, CellTexts texts)
    {
        var inner = item[Begin.Length..^End.Length];
        var isPlain = inner.StartsWith("<t>"u8) || inner.StartsWith("<t xml:space=\"preserve\">"u8);
        if (isPlain && inner.EndsWith("</t>"u8))
        {
            var text = inner[(inner.IndexOf((byte)'>') + 1)..^"</t>"u8.Length];
            if (!text.ContainsAny("<&_"u8))
            {
                texts.Append(text);
                texts.End();
                return;
            }
        }

        using var xml = new Utf8XmlReader(new MemoryStream(item.ToArray(), writable: false), "");
        xml.Read();
        xml.AppendTexts(texts);
        texts.End();
        while (xml.Read())
        {
            // Only whether the item is whole counts.
        }
    }
}
