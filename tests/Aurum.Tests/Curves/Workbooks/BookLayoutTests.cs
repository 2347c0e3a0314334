using Aurum.Curves.Workbooks;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Workbooks;
using Aurum.Sources.Shapes;
using NodaTime;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>Where a workbook's labels and columns stand, and what is said when that changes.</summary>
public sealed class BookLayoutTests
{
    private static readonly LocalDate Day = new(2025, 9, 17);

    [Fact]
    public void Recorded_workbooks_of_one_layout_have_one_fingerprint()
    {
        string[] files =
            ["EOD_EUGP_20250212_1430.xlsx", "EOD_EUGP_20250701_1430.xlsx", "EOD_EUGP_20250916_1430.xlsx", "EOD_EUGP_20250917_1430.xlsx"];
        var layouts = files.Select(f => ReadSample(f).Layout).ToList();
        Assert.Single(layouts.Select(l => l.Fingerprint).Distinct());
        Assert.Equal(
            "Fixed Prices - Mid Mid Location B6 Product B7 PEAK B8 12 48", Line(layouts[0].Sheets[0]));
        Assert.Equal("Spark Spread Mid Location B6 Product B7 PEAK B8 Spark Location B9 12 35", Line(layouts[0].Sheets[4]));
    }

    [Fact]
    public void Columns_that_were_added_are_named_by_the_change_of_form()
    {
        var before = ReadSample("EOD_RP_20250212_1430.xlsx").Layout;
        var later = ReadSample("EOD_RP_20250218_1430.xlsx").Layout;
        Assert.NotEqual(before.Fingerprint, later.Fingerprint);
        var changes = before.ToShape().ChangesTo(later.ToShape());
        Assert.Equal(22, changes.Count);
        Assert.All(changes, c => Assert.Equal(ShapeChangeKind.NewColumn, c.Kind));
        Assert.Contains(changes, c => c.Column == "Fixed Prices - Mid: US / West Coast / CCA 2025");
        Assert.Empty(later.ToShape().ChangesTo(ReadSample("EOD_RP_20250917_1430.xlsx").Layout.ToShape()));
    }

    [Fact]
    public void A_made_up_workbook_has_the_labels_where_the_vendor_has_them()
    {
        var recorded = ReadSample("EOD_EUGP_20250917_1430.xlsx").Layout;
        Assert.Equal(
            recorded.Sheets.SelectMany(s => s.Columns.Select(c => $"{s.Name}: {c}")),
            Made("eugp").Layout.Sheets.SelectMany(s => s.Columns.Select(c => $"{s.Name}: {c}")));
        Assert.Equal(recorded.Fingerprint, Made("eugp").Layout.Fingerprint);
        Assert.Equal(Made("rp").Layout.Fingerprint, Made("rp", 3).Layout.Fingerprint);
    }

    [Theory]
    [InlineData("eugp", "Product", "B8", "B7")]
    [InlineData("rp", "Product", "B9", "B8")]
    public void A_label_that_moved_is_read_where_it_is_and_told_of(string vendor, string label, string found, string expected)
    {
        var book = Made(vendor, 1, "moved-label");
        const string Told = "Fixed Prices - Mid has labels elsewhere, and is read so: ";
        var move = $"'{label}' in {found}, expected in {expected}";
        Assert.Contains(
            book.Messages,
            m => m.StartsWith(Told, StringComparison.Ordinal) && m.Contains(move, StringComparison.Ordinal));
        AssertMoved(vendor, label, found, expected);
    }

    [Fact]
    public void Where_no_workbook_was_seen_a_move_is_told_by_the_one_before() => AssertMoved("pw", "Product", "A7", "A6");

    [Fact]
    public void A_label_of_quite_another_name_is_found_by_its_place()
    {
        var refusal = Assert.Throws<FeedFormatException>(() => WorkbookReader.Read(
            "x.xlsx",
            [
                Aurum.Curves.Workbooks.Cells.Sheet.Of("x.xlsx", "Strips - Mid",
                [
                    ["Date:", Day], [], [], [], [], [null, "Location", "EU"], [null, "Hub", "Belgium"], [null, "PEAK", "BASE"],
                    [null, "Calendar 2026", 1.0],
                ]),
            ],
            WorkbookLayouts.Find("EOD_EUGP_1.xlsx", [])!));
        Assert.EndsWith(
            "expected a label 'Product' in column A or B of the first 12 rows, such as B7, found 'Hub' in B7", refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_gone_is_named_with_the_nearest_of_the_new_ones()
    {
        var before = Made("rp").Layout.ToShape();
        var lost = Assert.Single(before.ChangesTo(Made("rp", 1, "lost-column").Layout.ToShape()));
        Assert.Equal((ShapeChangeKind.LostColumn, "no such column"), (lost.Kind, lost.Found));
        Assert.StartsWith("Fixed Prices - Mid: ", lost.Column, StringComparison.Ordinal);

        var renamed = before.ChangesTo(Made("rp", 1, "unknown-unit").Layout.ToShape());
        Assert.Equal(2, renamed.Count(c => c.Kind == ShapeChangeKind.LostColumn && c.Found == c.Expected + " (new)"));
    }

    private static void AssertMoved(string vendor, string label, string found, string expected)
    {
        var changes = Made(vendor).Layout.ToShape().ChangesTo(Made(vendor, 1, "moved-label").Layout.ToShape());
        Assert.Contains(
            new ShapeChange(
                ShapeChangeKind.LostColumn, $"Fixed Prices - Mid!{expected} {label}", $"Fixed Prices - Mid!{expected} {label}",
                $"Fixed Prices - Mid!{found} {label}"),
            changes);
        Assert.All(changes, c => Assert.Contains('!', c.Column));
    }

    private static string Line(SheetLayout sheet) => $"{sheet.Name} {sheet.Role} "
        + $"{string.Join(' ', sheet.Labels.Select(l => $"{l.Label} {l.Cell}"))} {sheet.FirstRow} {sheet.Columns.Count}";

    private static CurveBook ReadSample(string file)
    {
        using var stream = File.OpenRead(Samples.PathOf("workbooks", file));
        return WorkbookReader.Read(stream, file);
    }

    private static CurveBook Made(string vendor, ulong seed = 1, params string[] faults)
    {
        var made = VendorWorkbooks.Make(vendor, Day, seed, [.. faults.Select(f => WorkbookFaults.Find(f)!)]);
        using var stream = new MemoryStream(made.Bytes);
        return WorkbookReader.Read(stream, made.File);
    }
}
