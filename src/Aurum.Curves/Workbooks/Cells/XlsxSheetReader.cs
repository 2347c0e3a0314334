using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;
using NodaTime.Text;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>Reads the cells of one sheet. Formulas count by the value that was saved with them.</summary>
internal sealed class XlsxSheetReader(
    Utf8XmlReader xml, CellTexts texts, int sharedTexts, XlsxStyles styles, bool epochIs1904, WorkbookLimits limits)
{
    private readonly List<Cell> _cells = [];
    private readonly List<(int Number, int Start)> _rows = [];

    public Sheet Read(string file, string name)
    {
        while (xml.Read())
        {
            if (xml.Token == XmlToken.Start && xml.Name.SequenceEqual("sheetData"u8))
            {
                var depth = xml.Depth;
                while (xml.NextInside(depth))
                {
                    if (xml.Name.SequenceEqual("row"u8))
                    {
                        ReadRow();
                    }
                }
            }
        }

        return new Sheet(file, name, texts, _cells, _rows, epochIs1904);
    }

    private void ReadRow()
    {
        var last = _rows.Count == 0 ? 0 : _rows[^1].Number;
        var number = xml.AttributeNumber("r"u8, last + 1);
        if (number <= last || number > CellAddress.MaxRow)
        {
            throw xml.Unexpected($"rows in order, each from {last + 1} to {CellAddress.MaxRow}", $"row {number}");
        }

        _rows.Add((number, _cells.Count));
        var (depth, column) = (xml.Depth, 0);
        while (xml.NextInside(depth))
        {
            if (xml.Name.SequenceEqual("c"u8))
            {
                column = ReadCell(number, column);
            }
        }
    }

    /// <summary>Reads one cell.</summary>
    /// <returns>Its column.</returns>
    private int ReadCell(int row, int lastColumn)
    {
        var address = new CellAddress(row, lastColumn + 1);
        var reference = xml.Attribute("r"u8);
        if (!reference.IsEmpty && (!CellAddress.TryParse(reference, out address) || address.Row != row || address.Column <= lastColumn))
        {
            throw xml.Unexpected($"a cell of row {row} behind column {lastColumn}", $"'{Encoding.UTF8.GetString(reference)}'");
        }

        if (address.Column > CellAddress.MaxColumn)
        {
            throw xml.Unexpected($"at most {CellAddress.MaxColumn} columns", "more");
        }

        var type = TypeOf(xml.Attribute("t"u8));
        var style = xml.AttributeNumber("s"u8, 0);
        var depth = xml.Depth;
        while (xml.NextInside(depth))
        {
            if (xml.Name.SequenceEqual("v"u8))
            {
                Add(ValueOf(address, type, style, xml.ReadText()));
            }
            else if (xml.Name.SequenceEqual("is"u8) && type == CellType.InlineText)
            {
                xml.AppendTexts(texts);
                Add(TextCell(address, CellKind.Text, texts.End()));
            }
            else
            {
                xml.Skip();
            }
        }

        return address.Column;
    }

    private void Add(Cell cell)
    {
        if (cell.Kind == CellKind.Empty)
        {
            return;
        }

        if (_cells.Count == limits.MaxCells)
        {
            throw xml.Unexpected($"at most {limits.MaxCells} cells that hold something", "more");
        }

        _cells.Add(cell);
    }

    private Cell ValueOf(CellAddress address, CellType type, int style, ReadOnlySpan<byte> text)
    {
        switch (type)
        {
            case CellType.SharedText:
                return Utf8Parser.TryParse(text, out int id, out var used) && used == text.Length && (uint)id < (uint)sharedTexts
                    ? TextCell(address, CellKind.Text, id)
                    : throw Unexpected(address, $"the number of a shared text, 0 to {sharedTexts - 1}", text);
            case CellType.Text or CellType.InlineText or CellType.Error:
                XlsxXml.AppendEscaped(texts, text);
                return TextCell(address, type == CellType.Error ? CellKind.Error : CellKind.Text, texts.End());
            case CellType.Boolean:
                var isTrue = text.SequenceEqual("1"u8) || text.SequenceEqual("true"u8);
                return new Cell((short)address.Column, CellKind.Boolean, isTrue ? 1 : 0, -1);
            case CellType.IsoDate:
                var date = LocalDatePattern.Iso.Parse(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 10)]));
                return date.Success
                    ? new Cell((short)address.Column, CellKind.Date, SerialDate.Of(date.Value), -1)
                    : throw Unexpected(address, "a date like 2025-09-17", text);
        }

        if (text.Trim(" \t\r\n"u8) is var trimmed && trimmed.IsEmpty)
        {
            return Cell.Empty;
        }

        return double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new Cell((short)address.Column, styles.IsDate(style) ? CellKind.Date : CellKind.Number, number, -1)
            : throw Unexpected(address, "a number", text);
    }

    private Cell TextCell(CellAddress address, CellKind kind, int id) =>
        new((short)address.Column, texts.Utf8(id).IsEmpty ? CellKind.Empty : kind, double.NaN, id);

    private FeedFormatException Unexpected(CellAddress address, string expected, ReadOnlySpan<byte> found) =>
        new(xml.File, $"{address}", expected, $"'{Encoding.UTF8.GetString(found)}'");

    private CellType TypeOf(ReadOnlySpan<byte> type) => type switch
    {
        [] or [(byte)'n'] => CellType.Number,
        [(byte)'s'] => CellType.SharedText,
        [(byte)'b'] => CellType.Boolean,
        [(byte)'e'] => CellType.Error,
        [(byte)'d'] => CellType.IsoDate,
        _ when type.SequenceEqual("str"u8) => CellType.Text,
        _ when type.SequenceEqual("inlineStr"u8) => CellType.InlineText,
        _ => throw xml.Unexpected("a cell of type n, s, b, e, d, str or inlineStr", $"'{Encoding.UTF8.GetString(type)}'"),
    };

    private enum CellType
    {
        Number,
        SharedText,
        Text,
        InlineText,
        Boolean,
        Error,
        IsoDate,
    }
}
