using System.Globalization;
using Aurum.Market.Curves;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Workbooks;

/// <summary>What can be made wrong with a made-up workbook.</summary>
public static class WorkbookFaults
{
    private const string Product = "Product";
    private const double Jump = 1.5;

    public static readonly IReadOnlyList<WorkbookFault> All =
    [
        new("moved-label", "on the sheet of prices the row of Product changes place with the next one", FaultNotice.Reported,
            "rows are read as ever, the layout tells of the move") { OfBook = MoveLabel },
        new("renamed-label", "on the sheet of prices the label Product is called Produkt", FaultNotice.Refused,
            "refused; the nearest label and its cell are named") { Mark = "'Produkt", OfBook = RenameLabel },
        new("lost-column", "a column of prices is gone; its strips stay", FaultNotice.Later,
            "the layout tells of the column; strips have no months to be held against") { OfBook = LoseColumn },
        new("unknown-unit", "a curve under a name or unit that no list knows", FaultNotice.HeldBack,
            "its rows are held back as missing_units_raw") { Mark = "missing_units_raw", OfBook = ForgetUnit },
        new("repeated-column", "a column of prices is there twice, the second time with other prices", FaultNotice.HeldBack,
            "the second one is held back as conflicting_duplicate") { Mark = "conflicting_duplicate", OfBook = RepeatColumn },
        new("unknown-period", "a strip is called Spring, which the vendor does not define", FaultNotice.HeldBack,
            "its rows are held back as invalid_tenor_type") { Mark = "invalid_tenor_type", OfBook = NamePeriod },
        new("text-in-number", "'see note' in the place of a price", FaultNotice.Reported,
            "the cell is told of; the price is that of bid and ask") { Mark = "expected a number, found 'see note'", OfBook = WriteText },
        new("ambiguous-bid-ask", "1,145 / 1,146, which could be two things", FaultNotice.Reported,
            "the cell is told of; there is neither bid nor ask")
            { Mark = "expected a bid and an ask like 32.163 / 32.370, found '1,145 / 1,146'", OfBook = WriteAmbiguously },
        new("open-side", "a bid without an ask", FaultNotice.Later, "the ask is empty, nothing is said") { OfBook = OpenSide },
        new("crossed", "a bid above its ask", FaultNotice.Reported, "the cell is told of; the suites judge the row")
            { Mark = "expected a bid that is not above its ask", OfBook = Cross },
        new("missing-month", "the fifth month is not there, on both sheets", FaultNotice.Later,
            "the calendar's continuity fails") { OfBook = LoseMonth },
        new("broken-strip", "a strip lies 5 % above the mean of its months", FaultNotice.Later,
            "the strip fails against its months") { OfBook = BreakStrip },
        new("jump", "a curve costs half as much again as on other days, strips and spreads with it", FaultNotice.Later,
            "the jump against the day before is told of")
            { OfPrices = static (prices, vendor, dice) => prices.Jumps[Curve(vendor, dice)] = Jump },
        new("copied-forward", "a curve has the prices of the business day before", FaultNotice.Later,
            "the curve is told of as copied forward")
            { OfPrices = static (prices, vendor, dice) => prices.CopiedForward.Add(Curve(vendor, dice)) },
        new("missing-sheet", "strips have no sheet of bids and asks", FaultNotice.Reported,
            "strips are read without bid and ask, which is told of") { Mark = "BidAsk beside it", OfBook = LoseSheet },
        new("wrong-as-of", "the sheets show the business day before that of the file's name", FaultNotice.Reported,
            "rows are of the day that the sheets show; that the name has another day is told of")
            { Mark = "is named after", OfBook = static (book, _, _) => book.ShownDay = BusinessDays.Before(book.AsOf) },
        new("two-as-ofs", "the sheet of strips shows the business day before", FaultNotice.Refused, "refused; both cells are named")
            { Mark = "expected the as-of date of", OfBook = ShowTwoDays },
        new("truncated", "the file ends after two thirds of it", FaultNotice.Refused, "refused as no whole workbook")
            {
                Mark = "a whole .xlsx workbook",
                OfBook = static (book, _, _) => book.Damage = static bytes => bytes[..(bytes.Length * 2 / 3)],
            },
    ];

    /// <summary>The fault of a name; null where there is none.</summary>
    public static WorkbookFault? Find(string name) => All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A curve that others may be derived from, but that is not derived.</summary>
    private static string Curve(WorkbookVendor vendor, Dice dice)
    {
        var models = vendor.Columns.Select(c => c.Price).Where(p => p.Of is null && p.Spark is null).Distinct().ToList();
        return models[dice.Below(1, models.Count)].Name;
    }

    /// <summary>A column of prices that has a unit and is there once.</summary>
    private static int Column(PriceBlock block, Dice dice)
    {
        var columns = Enumerable.Range(0, block.Columns.Count)
            .Where(c => block.Columns[c] is { Unit: not null, IsRepeated: false } column
                && block.Columns.Count(other => other.Identity.Key == column.Identity.Key) == 1).ToList();
        return columns[dice.Below(2, columns.Count)];
    }

    private static void MoveLabel(BookDraft book, WorkbookVendor vendor, Dice dice)
    {
        var sheet = book.Blocks[0].Mid;
        var lines = book.LinesOf(sheet);
        var row = lines.First(l => l.Key == Product).Row;
        book.OtherLines[sheet] =
            [.. lines.Select(l => l.Row == row ? l with { Row = row + 1 } : l.Row == row + 1 ? l with { Row = row } : l)];
    }

    private static void RenameLabel(BookDraft book, WorkbookVendor vendor, Dice dice)
    {
        var sheet = book.Blocks[0].Mid;
        book.OtherLines[sheet] = [.. book.LinesOf(sheet).Select(l => l.Key == Product ? l with { Label = Misspelt(l.Label!) } : l)];
    }

    private static string Misspelt(string label) => label.Replace("ct", "kt", StringComparison.Ordinal);

    private static void LoseColumn(BookDraft book, WorkbookVendor vendor, Dice dice)
    {
        var block = book.Blocks[0];
        var column = Column(block, dice);
        block.Columns.RemoveAt(column);
        block.Rows.ForEach(row => row.Cells.RemoveAt(column));
    }

    private static void ForgetUnit(BookDraft book, WorkbookVendor vendor, Dice dice)
    {
        var power = book.Blocks[0].Columns.FindIndex(
            c => c is { Unit: not null, Identity.AssetClass: AssetClass.Power or AssetClass.Renewable });
        foreach (var block in book.Blocks.Take(2))
        {
            block.Columns[power] = vendor.WithoutUnit(block.Columns[power]);
        }
    }

    private static void RepeatColumn(BookDraft book, WorkbookVendor vendor, Dice dice)
    {
        var block = book.Blocks[0];
        var column = Column(block, dice);
        block.Columns.Add(block.Columns[column] with { HeldBack = "conflicting_duplicate" });
        block.Rows.ForEach(row => row.Cells.Add(row.Cells[column] with { Mid = row.Cells[column].Mid + 1 }));
    }

    private static void NamePeriod(BookDraft book, WorkbookVendor vendor, Dice dice)
    {
        var rows = book.Blocks[1].Rows;
        var name = $"Spring {book.AsOf.Year.ToString(CultureInfo.InvariantCulture)}";
        rows[2] = Renamed(rows[2], new Tenor(TenorType.Custom, name, default, default));
    }

    private static PriceRow Renamed(PriceRow row, Tenor tenor)
    {
        var renamed = new PriceRow(tenor);
        renamed.Cells.AddRange(row.Cells);
        return renamed;
    }

    private static void Change(PriceBlock block, int row, int column, Func<PriceCell, PriceCell> change) =>
        block.Rows[row].Cells[column] = change(block.Rows[row].Cells[column]);

    private static void WriteText(BookDraft book, WorkbookVendor vendor, Dice dice) =>
        Change(book.Blocks[0], 2, Column(book.Blocks[0], dice), static cell => cell with { MidText = "see note" });

    private static void WriteAmbiguously(BookDraft book, WorkbookVendor vendor, Dice dice) => Change(
        book.Blocks[0], 3, Column(book.Blocks[0], dice),
        static cell => cell with { Bid = double.NaN, Ask = double.NaN, BidAskText = "1,145 / 1,146" });

    private static void OpenSide(BookDraft book, WorkbookVendor vendor, Dice dice) => Change(
        book.Blocks[0], 4, Column(book.Blocks[0], dice),
        cell => cell with
        {
            Ask = double.NaN,
            BidAskText = cell.Bid.ToString("F3", CultureInfo.InvariantCulture) + book.Look.BidAskMark.TrimEnd(),
        });

    private static void Cross(BookDraft book, WorkbookVendor vendor, Dice dice) => Change(
        book.Blocks[0], 5, Column(book.Blocks[0], dice), static cell => cell with { Bid = cell.Ask, Ask = cell.Bid });

    private static void LoseMonth(BookDraft book, WorkbookVendor vendor, Dice dice) => book.Blocks[0].Rows.RemoveAt(4);

    private static void BreakStrip(BookDraft book, WorkbookVendor vendor, Dice dice) => Change(
        book.Blocks[1], 1, Column(book.Blocks[1], dice), static cell => Math.Round(0.05 * Math.Abs(cell.Mid) + 0.01, 3) is var more
            ? new PriceCell(Math.Round(cell.Mid + more, 3), Math.Round(cell.Bid + more, 3), Math.Round(cell.Ask + more, 3))
            : cell);

    private static void LoseSheet(BookDraft book, WorkbookVendor vendor, Dice dice) => book.Blocks[1].BidAsk = null;

    private static void ShowTwoDays(BookDraft book, WorkbookVendor vendor, Dice dice) =>
        book.ShownDays[book.Blocks[1].Mid] = BusinessDays.Before(book.AsOf);
}
