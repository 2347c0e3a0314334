using System.Globalization;
using Aurum.Market.Curves;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Workbooks;

/// <summary>A workbook before it is written, and the rows that a reader must make of it.</summary>
/// <param name="File">Its name.</param>
/// <param name="AsOf">Day of its prices.</param>
/// <param name="Look">How the vendor's sheets look.</param>
internal sealed record BookDraft(string File, LocalDate AsOf, VendorLook Look)
{
    private const int FirstRow = 12;
    private const int TenorColumn = 2;
    private const int FirstPrice = 3;
    private const int KindRow = 10;

    public List<PriceBlock> Blocks { get; } = [];

    /// <summary>Header lines of sheets that differ from the vendor's.</summary>
    public Dictionary<string, IReadOnlyList<HeaderLine>> OtherLines { get; } = [];

    /// <summary>Days that sheets show; others show the day of the prices.</summary>
    public Dictionary<string, LocalDate> ShownDays { get; } = [];

    /// <summary>What is done to the file's bytes.</summary>
    public Func<byte[], byte[]> Damage { get; set; } = static bytes => bytes;

    /// <summary>The day that all sheets show.</summary>
    public LocalDate ShownDay { get; set; } = AsOf;

    public IReadOnlyList<HeaderLine> LinesOf(string sheet) => OtherLines.GetValueOrDefault(sheet) ?? Look.LinesOf(sheet);

    /// <summary>The sheets, in the vendor's order.</summary>
    public IReadOnlyList<SheetDraft> Sheets()
    {
        var sheets = new List<SheetDraft>();
        foreach (var block in Blocks)
        {
            var all = Enumerable.Range(0, block.Columns.Count).ToArray();
            sheets.Add(Sheet(block.Mid, block, all, isBidAsk: false));
            if (block.BidAsk is { } bidAsk)
            {
                sheets.Add(Sheet(bidAsk, block, all, isBidAsk: true));
            }
        }

        foreach (var theme in Look.Themes)
        {
            var main = Blocks[0];
            var columns = Enumerable.Range(0, main.Columns.Count).Where(c => theme.Holds(main.Columns[c])).ToArray();
            sheets.Add(Sheet(theme.Name, main, columns, isBidAsk: false));
        }

        return [.. sheets.OrderBy(s => Array.IndexOf(Look.SheetOrder, s.Name))];
    }

    /// <summary>The rows that a reader must find, sheet by sheet.</summary>
    public IReadOnlyList<TrueQuote> Truth()
    {
        var rows = new List<TrueQuote>();
        foreach (var block in Blocks)
        {
            var version = CurveVersion.HashOf(File, block.Mid, ShownDay);
            for (var c = 0; c < block.Columns.Count; c++)
            {
                if (!block.Columns[c].IsRepeated)
                {
                    var column = block.Columns[c];
                    var head = new CurveHead(ShownDay, File, block.Mid, column.Identity, column.Unit, column.UnitsRaw, version);
                    rows.AddRange(TruthOf(block, head, column, c));
                }
            }
        }

        return rows;
    }

    private static IEnumerable<TrueQuote> TruthOf(PriceBlock block, CurveHead head, PriceColumn column, int number)
    {
        for (var r = 0; r < block.Rows.Count; r++)
        {
            if (block.Rows[r].Tenor is not { } tenor)
            {
                continue;
            }

            var isKnown = tenor.Type != TenorType.Custom;
            var (mid, bid, ask) = block.Rows[r].Cells[number].Read(block.BidAsk is not null && isKnown);
            var hasPrice = !(double.IsNaN(mid) && double.IsNaN(bid) && double.IsNaN(ask));
            string?[] reasons =
            [
                column.HeldBack ?? (column.Unit is null ? "missing_units_raw" : null),
                isKnown ? null : "invalid_tenor_type",
                hasPrice ? null : "missing_measurement",
            ];
            var heldBack = string.Join('|', reasons.Where(reason => reason is not null));
            yield return new TrueQuote(
                new CurveQuote(head, tenor, mid, bid, ask, new CellAddress(FirstRow + r, FirstPrice + number)),
                heldBack.Length > 0 ? heldBack : null);
        }
    }

    private SheetDraft Sheet(string name, PriceBlock block, int[] columns, bool isBidAsk)
    {
        var sheet = new SheetDraft(name);
        Look.WriteDay(sheet, ShownDays.GetValueOrDefault(name, ShownDay));
        var isTheme = name != block.Mid && !isBidAsk;
        foreach (var line in LinesOf(name))
        {
            sheet[line.Row, line.LabelColumn] = line.Label;
            string? left = null;
            for (var c = 0; c < columns.Length; c++)
            {
                var text = isTheme && line.Label is null ? null : block.Columns[columns[c]].Header.GetValueOrDefault(line.Key);
                sheet[line.Row, FirstPrice + c] = line.OnlyWhereItChanges && text == left ? null : text;
                left = text;
            }
        }

        for (var c = 0; c < columns.Length; c++)
        {
            sheet[KindRow, FirstPrice + c] = isBidAsk ? Look.BidAskText : "Mid";
        }

        for (var r = 0; r < block.Rows.Count; r++)
        {
            WriteRow(sheet, FirstRow + r, block.Rows[r], columns, isBidAsk);
        }

        return sheet;
    }

    private void WriteRow(SheetDraft sheet, int number, PriceRow row, int[] columns, bool isBidAsk)
    {
        sheet[number, TenorColumn] = row.Tenor switch
        {
            null => "",
            { Type: TenorType.Monthly } month => month.First.OnDayOfMonth(1),
            { } strip => strip.Label,
        };
        for (var c = 0; c < columns.Length; c++)
        {
            sheet[number, FirstPrice + c] = row.Tenor is null ? "" : isBidAsk
                ? BidAskOf(row.Cells[columns[c]])
                : row.Cells[columns[c]] is var cell && cell.MidText is { } text ? text : MidOf(row.Tenor, cell.Mid);
        }
    }

    /// <summary>Strips of a vendor with formulas are such.</summary>
    private object MidOf(Tenor tenor, double mid) => Look.HasFormulas && tenor.Type != TenorType.Monthly
        ? new Formula(FormattableString.Invariant($"ROUND({mid:R},3)"), mid)
        : mid;

    private string BidAskOf(PriceCell cell) => cell.BidAskText
        ?? string.Create(CultureInfo.InvariantCulture, $"{cell.Bid:F3}{Look.BidAskMark}{cell.Ask:F3}");
}

/// <summary>A row that a workbook's reader must find.</summary>
/// <param name="Quote">The row.</param>
/// <param name="HeldBack">Codes of why it must be held back, joined with bars; null where it must not.</param>
public readonly record struct TrueQuote(CurveQuote Quote, string? HeldBack);

/// <summary>How a vendor's sheets look.</summary>
internal sealed record VendorLook
{
    public required string[] SheetOrder { get; init; }

    public required Func<string, IReadOnlyList<HeaderLine>> LinesOf { get; init; }

    /// <summary>Between a bid and its ask.</summary>
    public required string BidAskMark { get; init; }

    /// <summary>Over a column of bids and asks.</summary>
    public required string BidAskText { get; init; }

    /// <summary>Whether the day is a date cell beside <c>Date:</c>, or text on top.</summary>
    public bool HasDateCell { get; init; } = true;

    /// <summary>Whether texts stand in the cells, not in the workbook's shared list.</summary>
    public bool HasInlineTexts { get; init; }

    /// <summary>Whether strips are formulas, saved with their values.</summary>
    public bool HasFormulas { get; init; }

    public IReadOnlyList<ThemeDraft> Themes { get; init; } = [];

    public void WriteDay(SheetDraft sheet, LocalDate day)
    {
        if (HasDateCell)
        {
            (sheet[5, 1], sheet[5, 2]) = ("Date:", day);
        }
        else
        {
            sheet[1, 1] = $"As of {LocalDatePattern.CreateWithInvariantCulture("M/d/yyyy").Format(day)}";
        }
    }
}
