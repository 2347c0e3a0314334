using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>The cells of one sheet, by row and column from 1. What is not there is empty.</summary>
public sealed class Sheet
{
    private const int MaxRowsAt = 1 << 16;

    private readonly CellTexts _texts;
    private readonly List<Cell> _cells;
    private readonly List<(int Number, int Start)> _rows;
    private readonly bool _epochIs1904;

    /// <summary>Which of the rows a number is, for sheets that are not far longer than what they hold; -1 where it holds nothing.</summary>
    private readonly int[]? _rowAt;

    internal Sheet(string file, string name, CellTexts texts, List<Cell> cells, List<(int Number, int Start)> rows, bool epochIs1904)
    {
        File = file;
        Name = name;
        _texts = texts;
        _cells = cells;
        _rows = rows;
        _epochIs1904 = epochIs1904;
        foreach (var cell in cells)
        {
            Columns = Math.Max(Columns, cell.Column);
        }

        if (Rows <= MaxRowsAt)
        {
            _rowAt = new int[Rows + 1];
            Array.Fill(_rowAt, -1);
            for (var i = 0; i < rows.Count; i++)
            {
                _rowAt[rows[i].Number] = i;
            }
        }
    }

    /// <summary>Name of the workbook.</summary>
    public string File { get; }

    public string Name { get; }

    /// <summary>The last row that holds something; 0 where none does.</summary>
    public int Rows => _rows.Count == 0 ? 0 : _rows[^1].Number;

    /// <summary>The last column that holds something; 0 where none does.</summary>
    public int Columns { get; }

    /// <summary>Cells that hold something.</summary>
    public int Count => _cells.Count;

    public Cell this[int row, int column]
    {
        get
        {
            var cells = Row(row);
            if (cells.IsEmpty)
            {
                return Cell.Empty;
            }

            var guess = column - cells[0].Column;
            if ((uint)guess < (uint)cells.Length && cells[guess].Column == column)
            {
                return cells[guess];
            }

            var (low, high) = (0, Math.Min(guess, cells.Length) - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (cells[middle].Column == column)
                {
                    return cells[middle];
                }

                (low, high) = cells[middle].Column < column ? (middle + 1, high) : (low, middle - 1);
            }

            return Cell.Empty;
        }
    }

    /// <summary>The cells of a row that hold something, in the order of their columns.</summary>
    public ReadOnlySpan<Cell> Row(int row)
    {
        if (_rowAt is not null)
        {
            return (uint)row < (uint)_rowAt.Length && _rowAt[row] is >= 0 and var at ? RowAt(at) : [];
        }

        var (low, high) = (0, _rows.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_rows[middle].Number == row)
            {
                return RowAt(middle);
            }

            (low, high) = _rows[middle].Number < row ? (middle + 1, high) : (low, middle - 1);
        }

        return [];
    }

    private ReadOnlySpan<Cell> RowAt(int index)
    {
        var end = index + 1 < _rows.Count ? _rows[index + 1].Start : _cells.Count;
        return CollectionsMarshal.AsSpan(_cells)[_rows[index].Start..end];
    }

    /// <summary>The cell as a person reads it, trimmed: texts and errors as they are, dates as <c>2025-09-17</c>, numbers in full; empty
    /// for an empty cell.</summary>
    public string Text(int row, int column)
    {
        var cell = this[row, column];
        return cell.Kind switch
        {
            CellKind.Text or CellKind.Error => _texts.Text(cell.TextId).Trim(),
            CellKind.Date when DateOf(cell) is { } date => LocalDatePattern.Iso.Format(date),
            CellKind.Date or CellKind.Number => cell.Number.ToString("R", CultureInfo.InvariantCulture),
            CellKind.Boolean => cell.Number != 0 ? "TRUE" : "FALSE",
            _ => "",
        };
    }

    /// <summary>The text of a cell that holds one, as it is written; empty for other cells.</summary>
    public ReadOnlySpan<byte> Utf8(Cell cell) => cell.TextId < 0 ? [] : _texts.Utf8(cell.TextId);

    /// <summary>The day of a cell that holds a date; null for other cells, and for a date that no calendar has.</summary>
    public LocalDate? DateOf(Cell cell) => cell.Kind == CellKind.Date ? SerialDate.ToDate(cell.Number, _epochIs1904) : null;

    /// <summary>The error at a cell: sheet and address, what was expected, what stands there.</summary>
    public FeedFormatException Unexpected(int row, int column, string expected)
    {
        var text = Text(row, column);
        var found = text.Length == 0 ? "an empty cell" : $"'{text}'";
        return new FeedFormatException(File, $"{Name}!{new CellAddress(row, column)}", expected, found);
    }

    /// <summary>A sheet of literal values, for tests and generators: null is empty; text, numbers, Booleans and dates are
    /// themselves.</summary>
    /// <exception cref="ArgumentException">A value is of another type.</exception>
    public static Sheet Of(string file, string name, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        var texts = new CellTexts(file, WorkbookLimits.Default.MaxTextBytes);
        var cells = new List<Cell>();
        var starts = new List<(int, int)>();
        for (var row = 0; row < rows.Count; row++)
        {
            starts.Add((row + 1, cells.Count));
            for (var column = 0; column < rows[row].Count; column++)
            {
                if (rows[row][column] is { } value)
                {
                    cells.Add(CellOf((short)(column + 1), value, texts));
                }
            }
        }

        return new Sheet(file, name, texts, cells, starts, epochIs1904: false);
    }

    private static Cell CellOf(short column, object value, CellTexts texts)
    {
        switch (value)
        {
            case string text:
                texts.Append(Encoding.UTF8.GetBytes(text));
                return new Cell(column, text.Length == 0 ? CellKind.Empty : CellKind.Text, double.NaN, texts.End());
            case LocalDate date:
                return new Cell(column, CellKind.Date, SerialDate.Of(date), -1);
            case bool flag:
                return new Cell(column, CellKind.Boolean, flag ? 1 : 0, -1);
            case int or double:
                return new Cell(column, CellKind.Number, Convert.ToDouble(value, CultureInfo.InvariantCulture), -1);
            default:
                throw new ArgumentException($"expected text, a number, a Boolean or a date, found {value.GetType().Name}", nameof(value));
        }
    }
}
