using System.Text;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using NodaTime;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>An .xls workbook, the form before .xlsx, read by ExcelDataReader and kept in memory.</summary>
/// <remarks>The library gives no value for a formula that failed: such a cell is empty here.</remarks>
internal sealed class XlsWorkbook : IWorkbook
{
    private const int MaxRows = 65_536;
    private const int MaxColumns = 256;

    private readonly WorkbookLimits _limits;
    private readonly CellTexts _texts;
    private readonly List<string> _names = [];
    private readonly IExcelDataReader _reader;
    private int _at;

    /// <summary>Texts of 1995 and before are in code pages, which the library asks for when it starts.</summary>
    static XlsWorkbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="FeedFormatException">It is no workbook, it is damaged or protected, or it exceeds a limit.</exception>
    public XlsWorkbook(Stream stream, string file, WorkbookLimits limits)
    {
        if (stream.Length > limits.MaxXlsBytes)
        {
            throw new FeedFormatException(file, "", $"an .xls workbook of at most {limits.MaxXlsBytes} bytes", $"{stream.Length} bytes");
        }

        File = file;
        _limits = limits;
        _texts = new CellTexts(file, limits.MaxTextBytes);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        // A protected .xlsx is such a file too, with the workbook encrypted inside.
        if (bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0)
        {
            throw Protected();
        }

        _reader = Guarded(() => ExcelReaderFactory.CreateBinaryReader(new ReadOverStream(bytes)));
        Guarded(ReadNames);
    }

    public string File { get; }

    public IReadOnlyList<string> SheetNames => _names;

    public Sheet Read(string sheet)
    {
        var index = _names.FindIndex(n => n.Equals(sheet, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? Guarded(() => ReadSheet(index))
            : throw new ArgumentException($"expected one of {string.Join(", ", _names)}, found '{sheet}'", nameof(sheet));
    }

    public void Dispose() => _reader.Dispose();

    private bool ReadNames()
    {
        do
        {
            if (_names.Count == _limits.MaxSheets)
            {
                throw new FeedFormatException(File, "", $"at most {_limits.MaxSheets} sheets", "more");
            }

            // A damaged sheet may have none.
            _names.Add(_reader.Name ?? "");
        }
        while (_reader.NextResult());

        _at = _names.Count;
        return true;
    }

    private Sheet ReadSheet(int index)
    {
        if (_at > index)
        {
            _reader.Reset();
            _at = 0;
        }

        for (; _at < index; _at++)
        {
            _reader.NextResult();
        }

        List<Cell> cells = [];
        List<(int Number, int Start)> rows = [];
        do
        {
            // A damaged file may promise far more rows and columns than its form has, and the library goes through all of them.
            if (_reader.RowCount > MaxRows || _reader.FieldCount > MaxColumns)
            {
                throw new FeedFormatException(
                    File, _names[index], $"at most {MaxRows} rows of {MaxColumns} columns", $"{_reader.RowCount} of {_reader.FieldCount}");
            }

            if (!_reader.Read())
            {
                break;
            }

            rows.Add((_reader.Depth + 1, cells.Count));
            for (var column = 0; column < _reader.FieldCount; column++)
            {
                if (CellAt(column) is { Kind: not CellKind.Empty } cell)
                {
                    if (cells.Count == _limits.MaxCells)
                    {
                        throw new FeedFormatException(
                            File, $"{_names[index]}!{new CellAddress(_reader.Depth + 1, column + 1)}",
                            $"at most {_limits.MaxCells} cells that hold something", "more");
                    }

                    cells.Add(cell);
                }
            }

            if (rows[^1].Start == cells.Count)
            {
                rows.RemoveAt(rows.Count - 1);
            }
        }
        while (true);

        // Days come out as dates, so how the file counts them does not matter any more.
        return new Sheet(File, _names[index], _texts, cells, rows, epochIs1904: false);
    }

    private Cell CellAt(int index)
    {
        var column = (short)(index + 1);
        return _reader.GetValue(index) switch
        {
            null or "" => Cell.Empty,
            string text => Text(column, text),
            double number => double.IsFinite(number) ? new Cell(column, CellKind.Number, number, -1) : Cell.Empty,
            int number => new Cell(column, CellKind.Number, number, -1),
            bool flag => new Cell(column, CellKind.Boolean, flag ? 1 : 0, -1),
            DateTime date => new Cell(
                column, CellKind.Date, SerialDate.Of(LocalDate.FromDateTime(date)) + date.TimeOfDay.TotalDays, -1),
            TimeSpan time => new Cell(column, CellKind.Date, time.TotalDays, -1),
            var other => throw new FeedFormatException(
                File, $"{_reader.Name}!{new CellAddress(_reader.Depth + 1, column)}", "text, a number or a date", other.GetType().Name),
        };
    }

    private Cell Text(short column, string text)
    {
        _texts.Append(Encoding.UTF8.GetBytes(text));
        return new Cell(column, CellKind.Text, double.NaN, _texts.End());
    }

    private FeedFormatException Protected() =>
        new(File, "", "a workbook that anybody may open", "one that is protected by a password: save it without");

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException)
        {
            throw Protected();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new FeedFormatException(File, "", "a whole .xls workbook", e.Message, e);
        }
    }

    /// <summary>The library checks little of what it reads: a damaged file makes it reach behind its buffers.</summary>
    private static bool IsDamage(Exception e) =>
        e is ExcelReaderException or IOException or InvalidDataException or NotSupportedException or ArgumentException or OverflowException
            or IndexOutOfRangeException or InvalidOperationException or FormatException or InvalidCastException or NullReferenceException
            or KeyNotFoundException;
}

/// <summary>A file in memory that is read through a few times and no more: what a damaged file says of itself can send the library over it
/// without end.</summary>
internal sealed class ReadOverStream(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    private const int MostTimes = 64;
    private const int LeastBytes = 1 << 20;

    private long _rest = LeastBytes + ((long)MostTimes * bytes.Length);

    public override int Read(byte[] buffer, int offset, int count) => Counted(base.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Counted(base.Read(buffer));

    private int Counted(int read)
    {
        // Reads behind the end bring nothing and must end too.
        _rest -= Math.Max(read, 1);
        return _rest >= 0 ? read : throw new InvalidDataException("its parts refer to each other without end");
    }
}
