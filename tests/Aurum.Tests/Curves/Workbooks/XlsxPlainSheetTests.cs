using System.Text;
using Aurum.Curves.Workbooks.Cells;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>The short way through a sheet gives what the reader of XML gives, or leaves the sheet to it.</summary>
public sealed class XlsxPlainSheetTests
{
    private const string Letters = "0123456789<>/\"= ACrcvst.";
    private const string Begin = "<worksheet><sheetViews/><sheetData>";
    private const string End = "</sheetData><pageMargins/></worksheet>";

    private const string Rows =
        """<row r="2" spans="1:3"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45917</v></c><c r="AA2"><v>-31.596</v></c></row>"""
        + """<row r="4"/><row r="5" ht="15.75"><c r="C5" s="2"/><c r="D5" t="s"><v>1</v></c><c r="E5"><v>1.5E-3</v></c></row>""";

    [Fact]
    public void A_plain_sheet_is_read_the_short_way()
    {
        var xml = Bytes(Begin + Rows + End);
        Assert.Equal(Long(xml), Short(xml));
    }

    [Theory]
    [InlineData("""<row r="1"><c r="A1" t="str"><v>x</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>""")]
    [InlineData("""<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>""")]
    [InlineData("""<row r="1"> <c r="A1"><v>2</v></c></row>""")]
    [InlineData("""<row><c><v>2</v></c></row>""")]
    [InlineData("""<row r="1" x="&gt;>"><c r="A1"><v>2</v></c></row>""")]
    public void What_looks_otherwise_is_left_to_the_reader_of_XML(string rows) => Assert.Null(Short(Bytes(Begin + rows + End)));

    [Theory]
    [InlineData("<worksheet><!--<sheetData>--><sheetData>", End)]
    [InlineData(Begin, "</sheetData><sheetData><row r=\"9\"/></sheetData></worksheet>")]
    [InlineData(Begin, "</sheetData></other>")]
    [InlineData(Begin, "</sheetData>")]
    [InlineData("<sheetData>", End)]
    public void A_document_that_is_not_whole_is_left_to_it_too(string begin, string end) => Assert.Null(Short(Bytes(begin + Rows + end)));

    [Fact]
    public void Whatever_is_changed_both_agree_or_the_short_way_stands_back()
    {
        var random = new Random(20_250_711);
        var agreed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Bytes(Begin + Rows + End);
            for (var n = random.Next(1, 3); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] =
                    random.Next(4) == 0 ? (byte)random.Next(1, 256) : (byte)Letters[random.Next(Letters.Length)];
            }

            if (Short(bytes) is { } cells)
            {
                Assert.Equal(Long(bytes), cells);
                agreed++;
            }
        }

        Assert.InRange(agreed, 1_000, 15_000);
    }

    private static byte[] Bytes(string xml) => Encoding.Latin1.GetBytes(xml);

    private static string? Short(byte[] xml)
    {
        var texts = Texts();
        return XlsxPlainSheet.Read(xml, texts, texts.Count, Styles(), new WorkbookLimits()) is var (cells, rows)
            ? Line(new Sheet("x", "x", texts, cells, rows, epochIs1904: false))
            : null;
    }

    private static string Long(byte[] bytes)
    {
        var texts = Texts();
        using var xml = new Utf8XmlReader(new MemoryStream(bytes), "x");
        var sheet = new XlsxSheetReader(xml, texts, texts.Count, Styles(), epochIs1904: false, new WorkbookLimits()).Read("x", "x");
        while (xml.Read())
        {
            // What follows must be whole.
        }

        return Line(sheet);
    }

    private static CellTexts Texts()
    {
        var texts = new CellTexts("x", 1_000);
        foreach (var text in (string[])["Date:", "EUR"])
        {
            texts.Append(Encoding.UTF8.GetBytes(text));
            texts.End();
        }

        return texts;
    }

    private static XlsxStyles Styles()
    {
        var styles = new XlsxStyles();
        using var xml = new Utf8XmlReader(
            new MemoryStream("<x><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"2\"/></cellXfs></x>"u8.ToArray()), "x");
        styles.Read(xml, new WorkbookLimits());
        return styles;
    }

    private static string Line(Sheet sheet)
    {
        var line = new StringBuilder();
        for (var row = 1; row <= Math.Min(sheet.Rows, 1_000); row++)
        {
            foreach (var cell in sheet.Row(row))
            {
                line.Append(row).Append(' ').Append(cell.Column).Append(' ').Append(cell.Kind).Append(' ')
                    .Append(sheet.Text(row, cell.Column)).Append('\n');
            }
        }

        return line.Append(sheet.Rows).Append(' ').Append(sheet.Count).ToString();
    }
}
