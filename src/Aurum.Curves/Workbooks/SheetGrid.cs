using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Market.Text;

namespace Aurum.Curves.Workbooks;

/// <summary>A price sheet taken apart: which curve each column is, which period each row.</summary>
internal sealed class SheetGrid
{
    private const int TenorColumn = 2;
    private const int FirstPriceColumn = 3;

    /// <summary>Labels with their cells, in the layout's order.</summary>
    private readonly List<(string Label, CellAddress Cell)> _labels;

    private SheetGrid(Sheet sheet, string group, List<(string Label, CellAddress Cell)> labels)
    {
        Sheet = sheet;
        Group = group;
        _labels = labels;
    }

    public Sheet Sheet { get; }

    public string Group { get; }

    public List<GridColumn> Columns { get; } = [];

    public List<GridRow> Rows { get; } = [];

    /// <summary>Rows with prices under a name that is no period.</summary>
    public List<int> UnknownRows { get; } = [];

    /// <exception cref="FeedFormatException">A label or the periods are missing, or a column's labels make no curve.</exception>
    public static SheetGrid Read(Sheet sheet, string group, WorkbookLayout layout, TenorRules tenors, IdentityPool identities)
    {
        var grid = new SheetGrid(sheet, group, FindLabels(sheet, layout));
        grid.ReadRows(grid._labels.Max(l => l.Cell.Row), tenors);
        grid.ReadColumns(layout, identities);
        return grid;
    }

    /// <summary>Where labels and columns stand.</summary>
    public SheetLayout LayoutAs(SheetRole role) =>
        new(Sheet.Name, role, [.. _labels.OrderBy(l => l.Cell.Row)], Rows[0].Number, [.. Columns.Select(c => c.Labels.Name)]);

    /// <summary>What is said of labels that stand elsewhere than in all workbooks that were seen; null where none does.</summary>
    public string? Moved(WorkbookLayout layout)
    {
        var moved = _labels.Where(l => layout.Places.TryGetValue(l.Label, out var place) && place != l.Cell)
            .Select(l => $"'{l.Label}' in {l.Cell}, expected in {layout.Places[l.Label]}").ToList();
        return moved.Count == 0 ? null : $"{Sheet.Name} has labels elsewhere, and is read so: {string.Join("; ", moved)}";
    }

    private static List<(string Label, CellAddress Cell)> FindLabels(Sheet sheet, WorkbookLayout layout)
    {
        var found = new List<(string Label, CellAddress Cell)>();
        var texts = new List<(string Text, int Row, int Column)>();
        for (var row = 1; row <= WorkbookLayout.HeaderRows; row++)
        {
            for (var column = 1; column <= TenorColumn; column++)
            {
                var text = sheet.Text(row, column).TrimEnd(':', ' ');
                if (text.Length > 0)
                {
                    texts.Add((text, row, column));
                }
            }
        }

        foreach (var label in layout.Labels.Concat(layout.OtherLabels))
        {
            var match = texts.FirstOrDefault(t => t.Text.Equals(label, StringComparison.OrdinalIgnoreCase));
            if (match.Row > 0)
            {
                found.Add((label, new CellAddress(match.Row, match.Column)));
            }
            else if (layout.Labels.Contains(label))
            {
                throw Missing(sheet, label, layout, texts);
            }
        }

        if (layout.UnnamedRow is var (name, below))
        {
            var cell = found.First(l => l.Label == below).Cell;
            found.Insert(0, (name, cell with { Row = cell.Row - 1 }));
        }

        return found;
    }

    /// <summary>The nearest is the text of the nearest name, else what stands in the label's place.</summary>
    private static FeedFormatException Missing(
        Sheet sheet, string label, WorkbookLayout layout, List<(string Text, int Row, int Column)> texts)
    {
        var isPlaced = layout.Places.TryGetValue(label, out var place);
        var nearest = NearestName.To(label, texts.Select(t => t.Text).Except(layout.Labels, StringComparer.OrdinalIgnoreCase));
        var at = texts.Find(t => nearest is null ? isPlaced && (t.Row, t.Column) == (place.Row, place.Column) : t.Text == nearest);
        var found = at.Row == 0
            ? string.Join(", ", texts.Select(t => $"'{t.Text}' in {new CellAddress(t.Row, t.Column)}"))
            : $"'{at.Text}' in {new CellAddress(at.Row, at.Column)}";
        return new FeedFormatException(
            sheet.File, sheet.Name,
            $"a label '{label}' in column A or B of the first {WorkbookLayout.HeaderRows} rows{(isPlaced ? $", such as {place}" : "")}",
            found.Length == 0 ? "none" : found);
    }

    private void ReadRows(int header, TenorRules tenors)
    {
        for (var row = header + 1; row <= Sheet.Rows; row++)
        {
            var cell = Sheet[row, TenorColumn];
            if (Sheet.DateOf(cell) is { } date)
            {
                if (date.Day != 1)
                {
                    throw Sheet.Unexpected(row, TenorColumn, "the first day of a month");
                }

                Rows.Add(new GridRow(row, Tenor.OfMonth(date.ToYearMonth())));
            }
            else if (cell.Kind == CellKind.Text && Sheet.Text(row, TenorColumn) is { Length: > 0 } text)
            {
                if (Tenor.TryParse(text, tenors, out var tenor))
                {
                    Rows.Add(new GridRow(row, tenor));
                }
                else if (Rows.Count > 0 || HasNumber(row))
                {
                    UnknownRows.Add(row);
                }
            }
        }

        if (Rows.Count == 0)
        {
            throw new FeedFormatException(
                Sheet.File, Sheet.Name, $"delivery periods in column B below row {header}, such as 2025-09-01 or Calendar 2026", "none");
        }
    }

    private bool HasNumber(int row)
    {
        foreach (var cell in Sheet.Row(row))
        {
            if (cell.Column >= FirstPriceColumn && cell.Kind == CellKind.Number)
            {
                return true;
            }
        }

        return false;
    }

    private void ReadColumns(WorkbookLayout layout, IdentityPool identities)
    {
        var carried = new Dictionary<string, string>();
        for (var column = FirstPriceColumn; column <= Sheet.Columns; column++)
        {
            var values = new Dictionary<string, string>();
            foreach (var (label, cell) in _labels)
            {
                var text = Clean(Sheet.Text(cell.Row, column));
                if (text.Length > 0)
                {
                    values[label] = carried[label] = text;
                }
                else if (layout.CarriesLeft && label != "Units" && carried.TryGetValue(label, out var left))
                {
                    values[label] = left;
                }
            }

            var labels = new ColumnLabels(values);
            if (labels.IsEmpty || (layout.CarriesLeft && !HasPrices(column)))
            {
                continue;
            }

            var identity = layout.Identify(labels, Group)
                ?? throw new FeedFormatException(
                    Sheet.File, $"{Sheet.Name}!{CellAddress.ColumnText(column)}",
                    $"texts under {string.Join(", ", layout.Labels)}", $"{labels}");
            Columns.Add(new GridColumn(column, labels, identities.One(identity)));
        }
    }

    private bool HasPrices(int column) => Rows.Exists(row => Sheet[row.Number, column].Kind != CellKind.Empty);

    /// <summary>Single blanks inside, none around.</summary>
    private static string Clean(string text) =>
        text.Contains("  ", StringComparison.Ordinal) ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : text;
}

/// <summary>A column of prices.</summary>
internal readonly record struct GridColumn(int Number, ColumnLabels Labels, CurveIdentity Identity);

/// <summary>A row of prices.</summary>
internal readonly record struct GridRow(int Number, Tenor Tenor);
