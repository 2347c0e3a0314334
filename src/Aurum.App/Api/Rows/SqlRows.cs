using System.Buffers;
using System.Text;
using System.Text.Json;
using Aurum.App.Api.Responses;
using Aurum.App.Output;
using Aurum.Store.Reading;

namespace Aurum.App.Api.Rows;

/// <summary>Writes the result of a query whose columns are known only when it runs.</summary>
internal static class SqlRows
{
    /// <summary>Writes all rows. Returns how many.</summary>
    public static int Write(PooledBytes to, ResponseFormat format, RowReader reader, CancellationToken cancel)
    {
        if (format != ResponseFormat.Csv)
        {
            return WriteJson(to, format == ResponseFormat.Ndjson, reader, cancel);
        }

        for (var i = 0; i < reader.Columns.Count; i++)
        {
            to.Write(i == 0 ? ""u8 : ","u8);
            CellText.WriteCsvText(to, Encoding.UTF8.GetBytes(reader.Columns[i].Name));
        }

        to.Write("\n"u8);
        return CsvLines.Write(to, reader, [.. Enumerable.Range(0, reader.Columns.Count)], cancel);
    }

    private static int WriteJson(PooledBytes to, bool isLines, RowReader reader, CancellationToken cancel)
    {
        var names = reader.Columns.Select(c => JsonEncodedText.Encode(c.Name, CellText.JsonOptions.Encoder)).ToArray();
        var count = 0;
        using var json = new Utf8JsonWriter(to, CellText.JsonOptions);
        to.Write(isLines ? ""u8 : "["u8);
        while (reader.NextChunk())
        {
            cancel.ThrowIfCancellationRequested();
            for (var row = 0; row < reader.Count; row++, count++)
            {
                to.Write(isLines || count == 0 ? ""u8 : ","u8);
                json.WriteStartObject();
                for (var i = 0; i < names.Length; i++)
                {
                    json.WritePropertyName(names[i]);
                    RowCells.WriteJson(json, reader, i, row);
                }

                json.WriteEndObject();
                json.Flush();
                json.Reset();
                to.Write(isLines ? "\n"u8 : ""u8);
            }
        }

        to.Write(isLines ? ""u8 : "]"u8);
        return count;
    }
}
