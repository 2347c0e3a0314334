using System.Text;
using Aurum.Curves.Workbooks;
using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>Workbooks of the old form, and forms that are told apart from both.</summary>
public sealed class XlsWorkbookTests
{
    private const string Name = "EOD_EUGP_20250917_1430.xls";

    [Fact]
    public void Cells_have_the_addresses_and_kinds_that_they_have_in_the_newer_form()
    {
        using var workbook = Open(Bytes());
        Assert.Equal(["Fixed Prices - Mid", "Fixed Prices - BidAsk", "Strips - Mid", "Strips - BidAsk", "Grüße ✓"], workbook.SheetNames);
        Assert.Equal("not of the layout", workbook.Read("Grüße ✓").Text(1, 1));
        var sheet = workbook.Read("fixed prices - mid");
        Assert.Equal((new LocalDate(2025, 9, 17), CellKind.Empty), (sheet.DateOf(sheet[5, 2]), sheet[1, 1].Kind));
        Assert.Equal(
            ["Belgium", "NA", "31.596116322952852", "TRUE", "see note", "2025-10-01"],
            new[] { sheet.Text(7, 3), sheet.Text(8, 4), sheet.Text(12, 3), sheet.Text(13, 4), sheet.Text(13, 5), sheet.Text(13, 2) });
        Assert.Equal((13, 5, CellKind.Boolean, CellKind.Number), (sheet.Rows, sheet.Columns, sheet[13, 4].Kind, sheet[13, 3].Kind));
        Assert.Equal("31.493   /   31.700"u8, workbook.Read("Fixed Prices - BidAsk") is var asks ? asks.Utf8(asks[12, 3]) : default);
    }

    [Fact]
    public void A_layout_reads_it_like_the_newer_form()
    {
        using var stream = new MemoryStream(Bytes());
        var book = WorkbookReader.Read(stream, Name);
        Assert.Equal(("eugp", new LocalDate(2025, 9, 17), 9), (book.Vendor, book.AsOf, book.Quotes.Count));
        var nbp = Assert.Single(book.Quotes, q => q.Head.Identity.Location == "NBP" && q.Tenor.Type == TenorType.Calendar);
        Assert.Equal((81.25, 81.1, 81.4, "D12", "p/therm"), (nbp.Mid, nbp.Bid, nbp.Ask, nbp.Cell.ToString(), nbp.Head.UnitsRaw));
        Assert.Equal(
            [
                $"{Name}:Fixed Prices - Mid!D13: expected a number, found 'TRUE'",
                $"{Name}:Fixed Prices - Mid!E13: expected a number, found 'see note'",
            ],
            book.Messages);
    }

    [Fact]
    public void A_password_is_told_of()
    {
        var bytes = Bytes();

        // A FILEPASS record (0x2F) in the place of the records behind the beginning of the workbook's stream: 0xE1, 0xC1, 0xE2 and 0x5C.
        var record = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xE1, 0x00, 0x02, 0x00]);
        byte[] rc4 = [0x2F, 0x00, 0x80, 0x00, 0x01, 0x00, 0x01, 0x00, 0x01, 0x00];
        rc4.CopyTo(bytes, record);
        Assert.Contains("protected by a password", Refused(bytes), StringComparison.Ordinal);

        byte[] encrypted = [.. Bytes()[..512], .. new byte[512], .. Encoding.Unicode.GetBytes("EncryptedPackage")];
        Assert.Contains("protected by a password", Refused(encrypted), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xl/workbook.bin", "an .xlsb one: save it as .xlsx")]
    [InlineData("content.xml", "an .ods one: save it as .xlsx")]
    public void Forms_that_are_not_read_are_named(string part, string message)
    {
        using var zip = TinyWorkbook.Zip(new Dictionary<string, string> { [part] = "x" });
        Assert.Contains(message, Refused(zip.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("<html><table>", "a file that begins with '<html><table'")]
    public void What_only_has_the_name_of_a_workbook_is_refused(string content, string message) =>
        Assert.Contains(message, Refused(Encoding.ASCII.GetBytes(content)), StringComparison.Ordinal);

    [Fact]
    public void Limits_hold()
    {
        Assert.Contains("at most 100 bytes", Refused(Bytes(), new WorkbookLimits { MaxXlsBytes = 100 }), StringComparison.Ordinal);
        Assert.Contains("at most 4 sheets", Refused(Bytes(), new WorkbookLimits { MaxSheets = 4 }), StringComparison.Ordinal);
        Assert.Contains("at most 9 cells", Refused(Bytes(), new WorkbookLimits { MaxCells = 9 }), StringComparison.Ordinal);
        Assert.Contains("texts of at most 9", Refused(Bytes(), new WorkbookLimits { MaxTextBytes = 9 }), StringComparison.Ordinal);
    }

    private static string Refused(byte[] bytes, WorkbookLimits? limits = null) => Assert.Throws<FeedFormatException>(() =>
    {
        using var workbook = Open(bytes, limits);
        foreach (var name in workbook.SheetNames)
        {
            workbook.Read(name);
        }
    }).Message;

    internal static byte[] Bytes() => File.ReadAllBytes(Golden.Fixture("Curves/Workbooks", Name));

    internal static IWorkbook Open(byte[] bytes, WorkbookLimits? limits = null) => WorkbookFile.Open(new MemoryStream(bytes), Name, limits);
}
