using System.Text;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Isone;

/// <summary>Reads the records of a web service answer in XML: <c>&lt;HourlyLmps&gt;&lt;HourlyLmp&gt;...</c>, in the publisher's
/// namespace.</summary>
/// <remarks>JSON names that begin with @ are attributes here: <c>&lt;Location LocId="4000" LocType="HUB"&gt;.H.INTERNAL_HUB&lt;/...</c>.
/// A place is read as three more fields of its record; other elements with elements inside are passed over.</remarks>
internal static class XmlRecords
{
    /// <exception cref="Aurum.Market.Feeds.FeedFormatException">Not XML, cut, or a record that is not what the shape says.</exception>
    public static RecordsFound Read(Stream content, RecordValues record, Action onRecord)
    {
        var found = new RecordsFound();
        using var xml = new Utf8XmlReader(content, record.File);
        var list = Encoding.UTF8.GetBytes(record.Shape.List);
        var name = Encoding.UTF8.GetBytes(record.Shape.Record);
        var attributes = Attributes(record.Shape);
        var element = "";
        while (xml.Read())
        {
            if (xml.Token == XmlToken.Text && !found.HasList)
            {
                found.Other(element, Encoding.UTF8.GetString(xml.Text).Trim());
            }
            else if (xml.Token != XmlToken.Start)
            {
                continue;
            }
            else if (xml.Name.SequenceEqual(name))
            {
                found.HasList = true;
                ReadRecord(xml, attributes, record, onRecord);
            }
            else if (xml.Name.SequenceEqual(list))
            {
                found.HasList = true;
            }
            else if (!found.HasList)
            {
                element = Encoding.UTF8.GetString(xml.Name);
                found.Other(element, "");
            }
        }

        return found;
    }

    private static void ReadRecord(Utf8XmlReader xml, (byte[] Name, byte[] Field)[] attributes, RecordValues record, Action onRecord)
    {
        record.Begin();
        TakeAttributes(xml, attributes, record);
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth >= depth)
        {
            if (xml.Token != XmlToken.Start)
            {
                continue;
            }

            if (xml.Name.SequenceEqual("Location"u8))
            {
                TakeAttributes(xml, attributes, record);
                record.Take("$"u8, xml.ReadText());
            }
            else
            {
                TakeElement(xml, record);
            }
        }

        record.End();
        onRecord();
    }

    private static void TakeAttributes(Utf8XmlReader xml, (byte[] Name, byte[] Field)[] attributes, RecordValues record)
    {
        foreach (var (name, field) in attributes)
        {
            var value = xml.Attribute(name);
            if (!value.IsEmpty)
            {
                record.Take(field, value);
            }
        }
    }

    /// <summary>Takes the text of an element, or passes over one that has elements inside.</summary>
    private static void TakeElement(Utf8XmlReader xml, RecordValues record)
    {
        Span<byte> name = stackalloc byte[64];
        var length = Math.Min(xml.Name.Length, name.Length);
        xml.Name[..length].CopyTo(name);
        name = name[..length];
        var depth = xml.Depth;
        var isEmpty = true;
        while (xml.Read() && xml.Depth >= depth)
        {
            if (xml.Token == XmlToken.Text && xml.Depth == depth)
            {
                record.Take(name, xml.Text);
            }

            isEmpty = false;
        }

        if (isEmpty)
        {
            record.Take(name, default);
        }
    }

    /// <summary>Names of the attributes, with the fields that they are: LocId is @LocId.</summary>
    private static (byte[] Name, byte[] Field)[] Attributes(RecordShape shape) =>
    [
        .. shape.Fields.Where(f => f.Name.StartsWith('@'))
            .Select(f => (Encoding.UTF8.GetBytes(f.Name[1..]), Encoding.UTF8.GetBytes(f.Name))),
    ];
}
