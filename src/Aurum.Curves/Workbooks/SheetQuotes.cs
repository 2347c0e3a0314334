using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks;

/// <summary>Makes the quotes of one sheet of prices and of the sheet with their bids and asks.</summary>
/// <param name="book">Takes the quotes.</param>
/// <param name="layout">The vendor's.</param>
/// <param name="mids">The sheet of prices; where the workbook has none, that of bids and asks.</param>
/// <param name="bidAsks">The sheet of bids and asks; null where there is none.</param>
internal sealed class SheetQuotes(CurveBook book, WorkbookLayout layout, SheetGrid mids, SheetGrid? bidAsks)
{
    private const string InvalidTenor = "invalid_tenor_type";

    private readonly Dictionary<string, GridColumn> _columns = [];

    /// <summary>Row of bids and asks for each row of prices; 0 where there is none.</summary>
    private readonly int[] _bidAskRows = new int[mids.Rows.Count];

    private readonly Dictionary<string, (GridColumn Column, string? Raw)> _seen = [];

    private readonly string _version = CurveVersion.HashOf(book.File, mids.Sheet.Name, book.AsOf);

    private bool HasMids => mids != bidAsks;

    public void Read()
    {
        IndexBidAsks();
        book.Quotes.EnsureCapacity(book.Quotes.Count + (mids.Columns.Count * mids.Rows.Count));
        foreach (var column in mids.Columns)
        {
            var (unit, raw) = layout.UnitOf(column.Labels, column.Identity);
            if (IsSecond(column, unit, raw))
            {
                continue;
            }

            ReadColumn(column, HeadOf(column, unit, raw), unit is null ? "missing_units_raw" : null);
        }

        ReportStrangers();
    }

    private void IndexBidAsks()
    {
        if (bidAsks is null)
        {
            if (layout.KindOf($"{mids.Group} - BidAsk").Role == SheetRole.BidAsk)
            {
                book.Messages.Add($"{mids.Sheet.Name} has no sheet {mids.Group} - BidAsk beside it");
            }

            return;
        }

        foreach (var column in bidAsks.Columns)
        {
            _columns.TryAdd(column.Identity.Key, column);
        }

        var rows = new Dictionary<string, int>();
        foreach (var row in bidAsks.Rows)
        {
            rows.TryAdd(row.Tenor.Label, row.Number);
        }

        for (var r = 0; r < mids.Rows.Count; r++)
        {
            _bidAskRows[r] = rows.GetValueOrDefault(mids.Rows[r].Tenor.Label);
        }
    }

    /// <summary>Whether a column is of a curve that the sheet had before. One with the same values is left out and reported; with
    /// others, its quotes are held back.</summary>
    private bool IsSecond(GridColumn column, CurveUnit? unit, string? raw)
    {
        if (_seen.TryAdd(column.Identity.Key, (column, raw)))
        {
            return false;
        }

        var (first, firstRaw) = _seen[column.Identity.Key];
        var name = $"{mids.Sheet.Name}!{CellAddress.ColumnText(column.Number)}";
        var firstName = CellAddress.ColumnText(first.Number);
        if (raw == firstRaw
            && mids.Rows.TrueForAll(row => Same(mids.Sheet[row.Number, first.Number], mids.Sheet[row.Number, column.Number])))
        {
            book.Messages.Add($"{name} is column {firstName} again ({column.Labels}): left out, {mids.Rows.Count} cells");
            return true;
        }

        book.Messages.Add(raw == firstRaw
            ? $"{name} has the curve of column {firstName} ({column.Labels}) with other values: held back"
            : $"{name} has the curve of column {firstName} ({column.Labels}) in {raw} beside {firstRaw}: held back");
        ReadColumn(column, HeadOf(column, unit, raw), raw == firstRaw ? "conflicting_duplicate" : "conflicting_units");
        return true;
    }

    private CurveHead HeadOf(GridColumn column, CurveUnit? unit, string? raw) =>
        new(book.AsOf, book.File, mids.Sheet.Name, column.Identity, unit, raw, _version);

    private bool Same(Cell a, Cell b) =>
        a.Kind == b.Kind && a.Number.Equals(b.Number) && mids.Sheet.Utf8(a).SequenceEqual(mids.Sheet.Utf8(b));

    private void ReadColumn(GridColumn column, CurveHead head, string? reason)
    {
        var hasBidAsk = _columns.TryGetValue(column.Identity.Key, out var bidAskColumn);
        for (var r = 0; r < mids.Rows.Count; r++)
        {
            var row = mids.Rows[r];
            var bidAsk = hasBidAsk && _bidAskRows[r] > 0
                ? BidAskAt(_bidAskRows[r], bidAskColumn.Number)
                : new BidAskText(double.NaN, double.NaN);

            var mid = HasMids ? MidAt(row.Number, column.Number) : double.NaN;
            mid = double.IsNaN(mid) ? (bidAsk.Bid + bidAsk.Ask) / 2 : mid;
            Add(new CurveQuote(head, row.Tenor, mid, bidAsk.Bid, bidAsk.Ask, new CellAddress(row.Number, column.Number)), reason);
        }

        foreach (var row in mids.UnknownRows)
        {
            var tenor = new Tenor(TenorType.Custom, mids.Sheet.Text(row, 2), default, default);
            Add(new CurveQuote(head, tenor, MidAt(row, column.Number), double.NaN, double.NaN, new CellAddress(row, column.Number)),
                reason is null ? InvalidTenor : $"{reason}|{InvalidTenor}");
        }
    }

    private void Add(CurveQuote quote, string? reason)
    {
        if (double.IsNaN(quote.Mid) && double.IsNaN(quote.Bid) && double.IsNaN(quote.Ask))
        {
            var cell = mids.Sheet[quote.Cell.Row, quote.Cell.Column];
            if (cell.Kind == CellKind.Empty)
            {
                return;
            }

            reason = reason is null ? "missing_measurement" : $"{reason}|missing_measurement";
        }

        if (reason is null)
        {
            book.Quotes.Add(quote);
        }
        else
        {
            book.Quarantined.Add(new QuarantinedQuote(quote, reason));
        }
    }

    /// <summary>A number, or NaN. Text in the place of a number is reported; <c>NA</c> and a dash are no price.</summary>
    private double MidAt(int row, int column)
    {
        var cell = mids.Sheet[row, column];
        if (cell.Kind == CellKind.Number)
        {
            return cell.Number;
        }

        if (cell.Kind != CellKind.Empty && mids.Sheet.Text(row, column) is not ("NA" or "-" or "n/a"))
        {
            book.Messages.Add(mids.Sheet.Unexpected(row, column, "a number").Message);
        }

        return double.NaN;
    }

    private BidAskText BidAskAt(int row, int column)
    {
        var sheet = bidAsks!.Sheet;
        var cell = sheet[row, column];
        if (cell.Kind == CellKind.Empty)
        {
            return new BidAskText(double.NaN, double.NaN);
        }

        if (cell.Kind != CellKind.Text || !BidAskText.TryParse(sheet.Utf8(cell), out var quote))
        {
            book.Messages.Add(sheet.Unexpected(row, column, "a bid and an ask like 32.163 / 32.370").Message);
            return new BidAskText(double.NaN, double.NaN);
        }

        if (quote.IsCrossed)
        {
            book.Messages.Add(sheet.Unexpected(row, column, "a bid that is not above its ask").Message);
        }

        return quote;
    }

    /// <summary>Columns and periods of bids and asks that have no price beside them are told of; they are not lost in silence.</summary>
    private void ReportStrangers()
    {
        if (bidAsks is null || !HasMids)
        {
            return;
        }

        foreach (var column in bidAsks.Columns.Where(c => !_seen.ContainsKey(c.Identity.Key)))
        {
            var name = $"{bidAsks.Sheet.Name}!{CellAddress.ColumnText(column.Number)}";
            book.Messages.Add($"{name} has no column on {mids.Sheet.Name}: {column.Labels}");
        }

        var periods = mids.Rows.Select(r => r.Tenor.Label).ToHashSet();
        foreach (var row in bidAsks.Rows.Where(r => !periods.Contains(r.Tenor.Label)))
        {
            book.Messages.Add($"{bidAsks.Sheet.Name}!B{row.Number} has no row on {mids.Sheet.Name}: {row.Tenor.Label}");
        }
    }
}
