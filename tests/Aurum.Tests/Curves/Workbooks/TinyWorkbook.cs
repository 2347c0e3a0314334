using System.IO.Compression;
using System.Text;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>Makes small .xlsx files from the XML of their parts.</summary>
internal static class TinyWorkbook
{
    private const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The parts of a workbook with one sheet, <c>Prices</c>.</summary>
    /// <param name="rows">XML inside sheetData.</param>
    /// <param name="shared">XML of the shared string items.</param>
    /// <param name="properties">Attributes of workbookPr.</param>
    public static Dictionary<string, string> Parts(string rows, string shared = "", string properties = "") => new()
    {
        ["_rels/.rels"] = Relations($"""<Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/>"""),
        ["xl/workbook.xml"] =
            $"""<workbook {Main} xmlns:r="{Office}"><workbookPr {properties}/>"""
            + """<sheets><sheet name="Prices" sheetId="1" r:id="r1"/></sheets></workbook>""",
        ["xl/_rels/workbook.xml.rels"] = Relations(
            $"""<Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>"""
            + $"""<Relationship Id="r2" Type="{Office}/sharedStrings" Target="/xl/sharedStrings.xml"/>"""
            + $"""<Relationship Id="r3" Type="{Office}/styles" Target="../xl/styles.xml"/>"""),
        ["xl/sharedStrings.xml"] = $"<sst {Main}>{shared}</sst>",
        ["xl/styles.xml"] =
            $"""
            <styleSheet {Main}><numFmts><numFmt numFmtId="164" formatCode="[$-409]mmm\-yy;@"/>
            <numFmt numFmtId="165" formatCode="&quot;day&quot; 0.000"/></numFmts>
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"><alignment/></xf><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>
            """,
        ["xl/worksheets/sheet1.xml"] = $"<worksheet {Main}><sheetData>{rows}</sheetData></worksheet>",
    };

    public static MemoryStream Zip(Dictionary<string, string> parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.Latin1.GetBytes(text));
            }
        }

        stream.Position = 0;
        return stream;
    }

    private static string Relations(string inner) =>
        $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>""";
}
