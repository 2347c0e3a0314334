using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.Ieso;

/// <summary>Writes IESO's XML: a header, a body, elements line by line. Where a column is to be renamed, the element that holds a row's
/// value is.</summary>
internal sealed class IesoXmlText(RowWriter writer)
{
    public RowWriter Writer => writer;

    /// <summary>Rows are written with their own elements around them.</summary>
    public static readonly RowForm Rows = new("", "", "", "<Remark>0</Remark>\n");

    /// <param name="report">Name of the report.</param>
    /// <param name="title">Its title.</param>
    /// <param name="moment">When it is made.</param>
    public void Begin(string report, string title, Moment moment) => writer.Text($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <?xml-stylesheet type="text/xsl" href="https://reports-public.ieso.ca/docrefs/stylesheet/{report}_HTML_t1-1.xsl" ?>
        <Document docID="{report}" xmlns="http://www.ieso.ca/schema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.ieso.ca/schema https://reports-public.ieso.ca/docrefs/schema/{report}_r1.xsd">
        <DocHeader>
        <DocTitle>{title}</DocTitle>
        <DocRevision>1</DocRevision>
        <DocConfidentiality>
        <DocConfClass>PUB</DocConfClass>
        </DocConfidentiality>
        <CreatedAt>{IesoText.Stamp(moment.Stamp):uuuu-MM-dd'T'HH:mm:ss}</CreatedAt>
        </DocHeader>
        <DocBody>

        """);

    public void End() => writer.Text("</DocBody>\n</Document>\n");

    public void Open(string name) => writer.Text($"<{name}>\n");

    public void Close(string name) => writer.Text($"</{name}>\n");

    public void Element(string name, string text) => writer.Text($"<{name}>{text}</{name}>\n");

    public void Element(string name, long number)
    {
        writer.Text($"<{name}>");
        writer.Whole(number);
        writer.Text($"</{name}>\n");
    }

    public void Empty(string name) => writer.Text($"<{name}/>\n");

    /// <summary>A decimal; as the publisher does, without zeros at its end.</summary>
    public void Number(string name, long units, int decimals)
    {
        writer.Text($"<{name}>");
        writer.Fixed(units, decimals, cutZeros: true);
        writer.Text($"</{name}>\n");
    }

    /// <summary>The value of a row.</summary>
    public void Value(string name, long units, int decimals)
    {
        if (writer.Tampering.RenamesColumn)
        {
            writer.Tampering.Note($"{name} is called Renamed{name}");
            name = "Renamed" + name;
        }

        writer.Text($"<{name}>");
        writer.Value();
        writer.Fixed(units, decimals, cutZeros: true);
        writer.Text($"</{name}>\n");
    }
}
