using System.Buffers;
using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.App.Output;

/// <summary>Prints rows with the columns of their table as CSV (RFC 4180) or as an array of JSON objects, one a
/// line.</summary>
internal sealed class RowPrinter<TRow> : IRowOutput<TRow>, IDisposable
    where TRow : struct
{
    private readonly RowTable<TRow> _table;
    private readonly Stream _stream;
    private readonly RowFormat _format;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly byte[][] _constants;
    private bool _isFirst = true;

    /// <param name="table">The columns.</param>
    /// <param name="feed">Gives the columns that are the same for all rows of a feed; null where the table has none.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="format">CSV or JSON.</param>
    public RowPrinter(RowTable<TRow> table, Feed? feed, Stream stream, RowFormat format)
    {
        _table = table;
        _stream = stream;
        _format = format;
        _constants =
        [
            .. table.Columns.Select(c => c is FeedColumn<TRow> constant ? Encoding.UTF8.GetBytes(constant.Of(feed!)) : []),
        ];
        if (format == RowFormat.Json)
        {
            _buffer.Write("["u8);
        }
        else
        {
            _buffer.Write(Encoding.UTF8.GetBytes(string.Join(',', table.Columns.Select(c => c.Name)) + "\n"));
        }
    }

    public void OnRows(ReadOnlySpan<TRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            if (_format == RowFormat.Json)
            {
                WriteJson(row);
            }
            else
            {
                WriteCsv(row);
            }

            if (_buffer.WrittenCount > 1 << 15)
            {
                Flush();
            }
        }
    }

    /// <summary>Ends the document and hands all of it to the stream.</summary>
    public void Complete()
    {
        if (_format == RowFormat.Json)
        {
            _buffer.Write(_isFirst ? "]\n"u8 : "\n]\n"u8);
        }

        Flush();
        _stream.Flush();
    }

    public void Dispose() => _buffer.Clear();

    private void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    private void WriteCsv(in TRow row)
    {
        for (var i = 0; i < _constants.Length; i++)
        {
            if (i > 0)
            {
                _buffer.Write(","u8);
            }

            switch (_table.Columns[i])
            {
                case FeedColumn<TRow>:
                    CellText.WriteCsvText(_buffer, _constants[i]);
                    break;
                case TextColumn<TRow> text:
                    CellText.WriteCsvText(_buffer, text.Of(row));
                    break;
                case NumberColumn<TRow> number when !double.IsNaN(number.Of(row)):
                    CellText.WriteNumber(_buffer, number.Of(row));
                    break;
                case InstantColumn<TRow> instant when instant.Of(row) != InstantColumn.Unknown:
                    CellText.WriteInstant(_buffer, instant.Of(row));
                    break;
            }
        }

        _buffer.Write("\n"u8);
    }

    private void WriteJson(in TRow row)
    {
        _buffer.Write(_isFirst ? "\n  {"u8 : ",\n  {"u8);
        _isFirst = false;
        for (var i = 0; i < _constants.Length; i++)
        {
            var column = _table.Columns[i];
            _buffer.Write(i == 0 ? "\""u8 : ", \""u8);
            _buffer.Write(Encoding.UTF8.GetBytes(column.Name));
            _buffer.Write("\": "u8);
            switch (column)
            {
                case FeedColumn<TRow>:
                    CellText.WriteJsonText(_buffer, _constants[i]);
                    break;
                case TextColumn<TRow> text:
                    CellText.WriteJsonText(_buffer, text.Of(row));
                    break;
                case NumberColumn<TRow> number when !double.IsNaN(number.Of(row)):
                    CellText.WriteNumber(_buffer, number.Of(row));
                    break;
                case InstantColumn<TRow> instant when instant.Of(row) != InstantColumn.Unknown:
                    _buffer.Write("\""u8);
                    CellText.WriteInstant(_buffer, instant.Of(row));
                    _buffer.Write("\""u8);
                    break;
                default:
                    _buffer.Write("null"u8);
                    break;
            }
        }

        _buffer.Write("}"u8);
    }
}
