using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>Reads the sheets that spreadsheets themselves write, in one pass over their bytes: rows and cells with addresses in
/// their usual order of attributes, numbers and shared texts. Whatever looks otherwise is left to <see cref="XlsxSheetReader"/>,
/// which also says what is wrong with it.</summary>
internal ref struct XlsxPlainSheet
{
    private const int Letters = 26;
    private const int LeastBytesOfCell = 40;

    private readonly ReadOnlySpan<byte> _xml;
    private readonly CellTexts _texts;
    private readonly int _sharedTexts;
    private readonly XlsxStyles _styles;
    private readonly int _maxCells;
    private readonly List<Cell> _cells;
    private readonly List<(int Number, int Start)> _rows = [];
    private int _at;
    private int _row;
    private int _column;

    private XlsxPlainSheet(ReadOnlySpan<byte> xml, CellTexts texts, int sharedTexts, XlsxStyles styles, int maxCells)
    {
        _xml = xml;
        _texts = texts;
        _sharedTexts = sharedTexts;
        _styles = styles;
        _maxCells = maxCells;
        _cells = new List<Cell>(xml.Length / LeastBytesOfCell);
    }

    /// <summary>The cells and rows; null where the sheet is not a plain one.</summary>
    public static (List<Cell> Cells, List<(int Number, int Start)> Rows)? Read(
        ReadOnlySpan<byte> xml, CellTexts texts, int sharedTexts, XlsxStyles styles, WorkbookLimits limits)
    {
        var start = xml.IndexOf("<sheetData>"u8);
        if (start < 0 || xml[..start].IndexOf("<!"u8) >= 0)
        {
            return null;
        }

        var sheet = new XlsxPlainSheet(xml, texts, sharedTexts, styles, limits.MaxCells) { _at = start + "<sheetData>"u8.Length };
        return sheet.ReadRows() && IsWhole(xml[..start], xml[sheet._at..]) ? (sheet._cells, sheet._rows) : null;
    }

    /// <summary>Whether what stands around the rows is a whole document.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> before, ReadOnlySpan<byte> behind)
    {
        if (behind.IndexOf("<sheetData"u8) >= 0)
        {
            return false;
        }

        try
        {
            using var xml = new Utf8XmlReader(new MemoryStream([.. before, .. "<sheetData/>"u8, .. behind], writable: false), "");
            while (xml.Read())
            {
                // Only whether it can be read counts.
            }

            return true;
        }
        catch (FeedFormatException)
        {
            return false;
        }
    }

    private bool ReadRows()
    {
        while (Take("<row r=\""u8))
        {
            if (!TakeNumber(out var number) || number <= _row || number > CellAddress.MaxRow || !TakeTag('"', out var isEmpty))
            {
                return false;
            }

            _rows.Add((number, _cells.Count));
            (_row, _column) = (number, 0);
            if (!isEmpty && !ReadCells())
            {
                return false;
            }
        }

        return Take("</sheetData>"u8);
    }

    private bool ReadCells()
    {
        while (Take("<c r=\""u8))
        {
            if (!ReadCell())
            {
                return false;
            }
        }

        return Take("</row>"u8);
    }

    private bool ReadCell()
    {
        var (column, style) = (TakeColumn(), 0);
        if (column <= _column || column > CellAddress.MaxColumn || !TakeNumber(out var row) || row != _row || !Take("\""u8)
            || (Take(" s=\""u8) && !(TakeNumber(out style) && Take("\""u8))))
        {
            return false;
        }

        _column = column;
        if (Take("/>"u8))
        {
            return true;
        }

        var isText = Take(" t=\"s\""u8);
        return Take("><v>"u8) && ReadValue(column, style, isText) && Take("</v></c>"u8);
    }

    private bool ReadValue(int column, int style, bool isText)
    {
        if (isText)
        {
            if (!TakeNumber(out var id) || (uint)id >= (uint)_sharedTexts)
            {
                return false;
            }

            return _texts.Utf8(id).IsEmpty || Add(new Cell((short)column, CellKind.Text, double.NaN, id));
        }

        var length = _xml[_at..].IndexOf((byte)'<');
        if (length <= 0 || !DecimalText.TryParse(_xml.Slice(_at, length), out var number))
        {
            return false;
        }

        _at += length;
        return Add(new Cell((short)column, _styles.IsDate(style) ? CellKind.Date : CellKind.Number, number, -1));
    }

    private readonly bool Add(Cell cell)
    {
        _cells.Add(cell);
        return _cells.Count <= _maxCells;
    }

    private bool Take(ReadOnlySpan<byte> text)
    {
        if (!_xml[_at..].StartsWith(text))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    /// <summary>A whole number of up to nine digits.</summary>
    private bool TakeNumber(out int number)
    {
        number = 0;
        var start = _at;
        for (; _at < _xml.Length && (uint)(_xml[_at] - '0') <= 9 && _at - start <= 9; _at++)
        {
            number = (number * 10) + _xml[_at] - '0';
        }

        return _at > start && _at - start <= 9;
    }

    private int TakeColumn()
    {
        var column = 0;
        for (; _at < _xml.Length && (uint)(_xml[_at] - 'A') < Letters && column <= CellAddress.MaxColumn; _at++)
        {
            column = (column * Letters) + _xml[_at] - 'A' + 1;
        }

        return column;
    }

    /// <summary>The rest of a tag whose last value ends with a mark. Values that hold marks of tags are not plain.</summary>
    private bool TakeTag(char mark, out bool isEmpty)
    {
        isEmpty = false;
        var length = _xml[_at..].IndexOfAny((byte)'<', (byte)'>');
        if (length < 1 || _xml[_at] != mark || _xml[_at + length] != '>' || _xml.Slice(_at, length).Count((byte)'"') % 2 == 0)
        {
            return false;
        }

        isEmpty = _xml[_at + length - 1] == '/';
        _at += length + 1;
        return true;
    }
}
