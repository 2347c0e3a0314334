using System.Buffers;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Store.Rows;

/// <summary>Writes rows as JSON, UTF-8: what quarantine keeps of them. Unknown numbers and instants are null. What a call returns holds
/// until the next one.</summary>
internal sealed class RowJson : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    public RowJson() => _json = new Utf8JsonWriter(_buffer);

    public ReadOnlySpan<byte> Write<TRow>(RowTable<TRow> table, in TRow row)
        where TRow : struct => Write(table.Columns, in row);

    /// <summary>Without the texts that are the same for all rows of a feed.</summary>
    public ReadOnlySpan<byte> WriteDelivered<TRow>(RowTable<TRow> table, in TRow row)
        where TRow : struct => Write([.. table.Columns.Where(c => c.Role != ColumnRole.Feed)], in row);

    public ReadOnlySpan<byte> Write(EngineRows rows, IReadOnlyList<ColumnShape> columns, int firstColumn, int row)
    {
        var json = Begin();
        for (var i = 0; i < columns.Count; i++)
        {
            var column = firstColumn + i;
            switch (columns[i].Kind)
            {
                case CellKind.Text:
                    json.WriteString(columns[i].Name, rows.Utf8(column, row));
                    break;
                case CellKind.Number:
                    WriteNumber(json, columns[i].Name, rows.IsNull(column, row) ? double.NaN : rows.Double(column, row));
                    break;
                default:
                    WriteInstant(json, columns[i].Name, rows.InstantOrNull(column, row));
                    break;
            }
        }

        return End();
    }

    public void Dispose() => _json.Dispose();

    private ReadOnlySpan<byte> Write<TRow>(IReadOnlyList<RowColumn<TRow>> columns, in TRow row)
        where TRow : struct
    {
        var json = Begin();
        foreach (var column in columns)
        {
            switch (column)
            {
                case TextColumn<TRow> text:
                    json.WriteString(text.Name, text.Of(in row));
                    break;
                case NumberColumn<TRow> number:
                    WriteNumber(json, number.Name, number.Of(in row));
                    break;
                case InstantColumn<TRow> instant:
                    var seconds = instant.Of(in row);
                    WriteInstant(
                        json, instant.Name, seconds == InstantColumn.Unknown ? null : Instant.FromUnixTimeSeconds(seconds));
                    break;
            }
        }

        return End();
    }

    private Utf8JsonWriter Begin()
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        return _json;
    }

    private ReadOnlySpan<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else if (double.IsNaN(number))
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, number > 0 ? "Infinity" : "-Infinity");
        }
    }

    private static void WriteInstant(Utf8JsonWriter json, string name, Instant? instant)
    {
        if (instant is { } value)
        {
            json.WriteString(name, InstantPattern.ExtendedIso.Format(value));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
