using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Feeds;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>Cells of .xlsx files, and files that are not what they should be.</summary>
public sealed class WorkbookTests
{
    [Fact]
    public void Cells_of_all_kinds_are_read()
    {
        var sheet = Read(TinyWorkbook.Parts(
            """
            <row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2"><v>1.5E-3</v></c><c r="D2" s="1"><v>45917</v></c>
            <c r="E2" s="2"><v>45917.75</v></c></row>
            <row r="4"><c t="str"><f>A1&amp;"x"</f><v>a &amp; b</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>
            <c t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c>
            <c r="AA4" s="3"><v>-7</v></c><c r="AB4" s="1"/><c t="d"><v>2025-09-17T00:00:00</v></c><c t="s"><v>1</v></c>
            <c t="s"><v>2</v></c></row>
            """,
            "<si><t>Date:</t><phoneticPr/></si><si><r><t>Rich</t></r><rPh><t>no</t></rPh><r><t> text_x000D_</t></r></si><si><t/></si>"));
        Assert.Equal(["Date:", "0.0015", "2025-09-17", "2025-09-17"], Enumerable.Range(2, 4).Select(c => sheet.Text(2, c)));
        Assert.Equal(("a & b", "TRUE", "#N/A", "in line"), (sheet.Text(4, 1), sheet.Text(4, 2), sheet.Text(4, 3), sheet.Text(4, 4)));
        Assert.Equal(("-7", "", "2025-09-17", "Rich text"), (sheet.Text(4, 27), sheet.Text(4, 28), sheet.Text(4, 29), sheet.Text(4, 30)));
        Assert.Equal((CellKind.Number, CellKind.Empty, CellKind.Empty), (sheet[4, 27].Kind, sheet[4, 31].Kind, sheet[3, 1].Kind));
        Assert.Equal("Rich text\r"u8, sheet.Utf8(sheet[4, 30]));
        Assert.Equal((4, 30), (sheet.Rows, sheet.Columns));
    }

    [Fact]
    public void Days_count_from_1904_where_the_workbook_says_so()
    {
        const string Row =
            """<row r="1"><c r="A1" s="1"><v>44455</v></c><c r="B1" s="1"><v>60</v></c><c r="C1" s="1"><v>59</v></c></row>""";
        Assert.Equal("2025-09-17", Read(TinyWorkbook.Parts(Row, properties: "date1904=\"1\"")).Text(1, 1));
        var sheet = Read(TinyWorkbook.Parts(Row));
        Assert.Equal(("2021-09-16", "60", "1900-02-28"), (sheet.Text(1, 1), sheet.Text(1, 2), sheet.Text(1, 3)));
    }

    [Theory]
    [InlineData("""<row r="2"><c r="A2"><v>1</v></c></row><row r="2"/>""", "rows in order")]
    [InlineData("""<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>""", "behind column 2")]
    [InlineData("""<row r="1"><c r="A1"><v>ten</v></c></row>""", "A1: expected a number, found 'ten'")]
    [InlineData("""<row r="1"><c r="A1"><v>1e999</v></c></row>""", "expected a number")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>9</v></c></row>""", "expected the number of a shared text, 0 to -1, found '9'")]
    [InlineData("""<row r="1"><c r="A1" t="zz"><v>9</v></c></row>""", "a cell of type n, s, b")]
    [InlineData("""<row r="1"><c r="ZZZ1"><v>9</v></c></row>""", "a cell of row 1")]
    [InlineData("""<row r="9999999"/>""", "rows in order")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]>", "expected")]
    public void What_no_workbook_has_is_refused_by_place(string rows, string message)
    {
        var refusal = Assert.Throws<FeedFormatException>(() => Read(TinyWorkbook.Parts(rows)));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("tiny.xlsx/xl/worksheets/sheet1.xml", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_hold()
    {
        var many = string.Concat(Enumerable.Range(1, 50).Select(r => $"""<row r="{r}"><c r="A{r}"><v>1</v></c></row>"""));
        var zeros = $"<si><t>{new string('0', 1 << 20)}</t></si>";
        Refused(TinyWorkbook.Parts(many), new WorkbookLimits { MaxCells = 49 }, "at most 49 cells");
        Refused(TinyWorkbook.Parts("", zeros), new WorkbookLimits { MaxUnpackedBytes = 1 << 16 }, "at most 65536 unpacked bytes");
        Refused(TinyWorkbook.Parts("", "<si><t>0123456789</t></si>"), new WorkbookLimits { MaxTextBytes = 9 }, "texts of at most 9 bytes");
        Refused(TinyWorkbook.Parts(""), new WorkbookLimits { MaxFileBytes = 100 }, "a workbook of at most 100 bytes");
        Refused(TinyWorkbook.Parts(""), new WorkbookLimits { MaxParts = 5 }, "at most 5 parts");
    }

    [Fact]
    public void A_file_that_is_no_workbook_is_refused()
    {
        using var text = new MemoryStream("not a zip"u8.ToArray());
        var refusal = Assert.Throws<FeedFormatException>(() => WorkbookFile.Open(text, "a.xlsx"));
        Assert.Contains("a whole .xlsx workbook", refusal.Message, StringComparison.Ordinal);
        var parts = TinyWorkbook.Parts("");
        parts.Remove("xl/worksheets/sheet1.xml");
        refusal = Assert.Throws<FeedFormatException>(() => Read(parts));
        Assert.Contains("a part xl/worksheets/sheet1.xml", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_changed_in_a_workbook_it_is_read_or_refused()
    {
        var parts = TinyWorkbook.Parts(
            """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45917</v></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>
            """,
            "<si><t>Date:</t></si>");
        var random = new Random(20_250_917);
        var refused = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var changed = new Dictionary<string, string>(parts);
            var name = changed.Keys.ElementAt(random.Next(changed.Count));
            changed[name] = Changed(changed[name], random);
            using var zip = TinyWorkbook.Zip(changed);
            if (i % 4 == 0)
            {
                var bytes = zip.ToArray();
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                using var damaged = new MemoryStream(bytes, 0, random.Next(3) == 0 ? random.Next(bytes.Length) : bytes.Length);
                refused += TryRead(damaged);
            }
            else
            {
                refused += TryRead(zip);
            }
        }

        Assert.InRange(refused, 400, 1_900);
    }

    private static string Changed(string text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(5) switch
        {
            0 => text[..at],
            1 => text.Insert(at, ((char)random.Next(1, 256)).ToString()),
            2 => text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)),
            3 => text.Insert(at, text.Substring(at, Math.Min(20, text.Length - at))),
            _ => text.Replace(text[at], (char)random.Next(32, 127)),
        };
    }

    /// <summary>1 where it is refused as it should be; anything but a refusal goes up.</summary>
    private static int TryRead(MemoryStream zip)
    {
        try
        {
            using var workbook = WorkbookFile.Open(zip, "tiny.xlsx");
            foreach (var name in workbook.SheetNames)
            {
                _ = workbook.Read(name).Text(1, 1);
            }

            return 0;
        }
        catch (FeedFormatException)
        {
            return 1;
        }
    }

    private static Sheet Read(Dictionary<string, string> parts, WorkbookLimits? limits = null)
    {
        using var zip = TinyWorkbook.Zip(parts);
        using var workbook = WorkbookFile.Open(zip, "tiny.xlsx", limits);
        return workbook.Read("Prices");
    }

    private static void Refused(Dictionary<string, string> parts, WorkbookLimits limits, string message) =>
        Assert.Contains(message, Assert.Throws<FeedFormatException>(() => Read(parts, limits)).Message, StringComparison.Ordinal);
}
