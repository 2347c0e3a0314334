using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>Writes sheets as an .xlsx file. The same sheets give the same bytes.</summary>
/// <param name="hasInlineTexts">Whether texts stand in their cells, not in the shared list.</param>
internal sealed class XlsxWriter(bool hasInlineTexts)
{
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const int DateStyle = 1;
    private const int PriceStyle = 2;

    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly LocalDate Epoch = new(1899, 12, 30);

    private readonly Dictionary<string, int> _shared = new(StringComparer.Ordinal);

    public byte[] Write(IReadOnlyList<SheetDraft> sheets)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", ContentTypes(sheets.Count));
            Add(zip, "_rels/.rels", Relations([("officeDocument", "xl/workbook.xml")]));
            Add(zip, "xl/workbook.xml", Book(sheets));
            (string, string)[] parts =
            [
                .. Enumerable.Range(1, sheets.Count).Select(n => ("worksheet", $"worksheets/sheet{n}.xml")), ("styles", "styles.xml"),
                .. hasInlineTexts ? Array.Empty<(string, string)>() : [("sharedStrings", "sharedStrings.xml")],
            ];
            Add(zip, "xl/_rels/workbook.xml.rels", Relations(parts));
            for (var n = 0; n < sheets.Count; n++)
            {
                Add(zip, $"xl/worksheets/sheet{n + 1}.xml", Sheet(sheets[n]));
            }

            Add(zip, "xl/styles.xml", Styles());
            if (!hasInlineTexts)
            {
                Add(zip, "xl/sharedStrings.xml", SharedTexts());
            }
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Stamp;
        using var part = entry.Open();
        part.Write(Encoding.UTF8.GetBytes(Declaration + text));
    }

    private string ContentTypes(int sheets)
    {
        var text = new StringBuilder($"""<Types xmlns="{Package}/content-types">""")
            .Append("""<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>""")
            .Append("""<Default Extension="xml" ContentType="application/xml"/>""")
            .Append($"""<Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/>""")
            .Append($"""<Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/>""");
        for (var n = 1; n <= sheets; n++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{Types}.worksheet+xml"/>""");
        }

        if (!hasInlineTexts)
        {
            text.Append($"""<Override PartName="/xl/sharedStrings.xml" ContentType="{Types}.sharedStrings+xml"/>""");
        }

        return text.Append("</Types>").ToString();
    }

    private static string Relations(IReadOnlyList<(string Kind, string Target)> parts)
    {
        var text = new StringBuilder($"""<Relationships xmlns="{Package}/relationships">""");
        for (var n = 0; n < parts.Count; n++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"""<Relationship Id="rId{n + 1}" Type="{Office}/{parts[n].Kind}" Target="{parts[n].Target}"/>""");
        }

        return text.Append("</Relationships>").ToString();
    }

    private static string Book(IReadOnlyList<SheetDraft> sheets)
    {
        var text = new StringBuilder($"""<workbook xmlns="{Main}" xmlns:r="{Office}"><workbookPr/><sheets>""");
        for (var n = 0; n < sheets.Count; n++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"""<sheet name="{SecurityElement.Escape(sheets[n].Name)}" sheetId="{n + 1}" r:id="rId{n + 1}"/>""");
        }

        return text.Append("</sheets></workbook>").ToString();
    }

    private static string Styles() =>
        $"""
        <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.000"/></numFmts>
        <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    private string Sheet(SheetDraft sheet)
    {
        var text = new StringBuilder($"""<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0">""")
            .Append("""<pane xSplit="2" ySplit="11" topLeftCell="C12" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>""")
            .Append("<sheetData>");
        for (var row = 1; row <= sheet.Rows.Count; row++)
        {
            var cells = sheet.Rows[row - 1];
            if (!cells.Any(cell => cell is not null))
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"""<row r="{row}">""");
            for (var column = 1; column <= cells.Count; column++)
            {
                AppendCell(text, new CellAddress(row, column), cells[column - 1]);
            }

            text.Append("</row>");
        }

        return text.Append("</sheetData></worksheet>").ToString();
    }

    private void AppendCell(StringBuilder text, CellAddress at, object? value)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (value)
        {
            case null:
                break;
            case string letters when hasInlineTexts:
                text.Append(culture, $"""<c r="{at}" t="inlineStr"><is><t xml:space="preserve">""")
                    .Append(SecurityElement.Escape(letters)).Append("</t></is></c>");
                break;
            case string letters:
                text.Append(culture, $"""<c r="{at}" t="s"><v>{IdOf(letters)}</v></c>""");
                break;
            case LocalDate date:
                text.Append(culture, $"""<c r="{at}" s="{DateStyle}"><v>{Period.DaysBetween(Epoch, date)}</v></c>""");
                break;
            case Formula formula:
                text.Append(culture, $"""<c r="{at}" s="{PriceStyle}"><f>{formula.Text}</f><v>{formula.Value:R}</v></c>""");
                break;
            case double number:
                text.Append(culture, $"""<c r="{at}" s="{PriceStyle}"><v>{number:R}</v></c>""");
                break;
            default:
                throw new ArgumentException($"expected text, a number, a date or a formula, found {value.GetType().Name}", nameof(value));
        }
    }

    private int IdOf(string text)
    {
        if (!_shared.TryGetValue(text, out var id))
        {
            _shared[text] = id = _shared.Count;
        }

        return id;
    }

    private string SharedTexts()
    {
        var text = new StringBuilder($"""<sst xmlns="{Main}">""");
        foreach (var letters in _shared.OrderBy(s => s.Value).Select(s => s.Key))
        {
            text.Append($"""<si><t xml:space="preserve">{SecurityElement.Escape(letters)}</t></si>""");
        }

        return text.Append("</sst>").ToString();
    }
}
