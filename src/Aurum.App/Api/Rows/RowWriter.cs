using System.Buffers;
using System.Text;
using System.Text.Json;
using Aurum.App.Api.Responses;
using Aurum.App.Output;
using Aurum.Store.Reading;

namespace Aurum.App.Api.Rows;

/// <summary>Writes the rows of a reader as a JSON array, as lines of JSON or as CSV, straight from its chunks.</summary>
internal static class RowWriter
{
    /// <summary>Writes all rows. Returns how many.</summary>
    public static int Write(PooledBytes to, ResponseFormat format, RowResource resource, RowView view,
        CancellationToken cancel) => format switch
    {
        ResponseFormat.Csv => WriteCsv(to, resource, view.Reader, cancel),
        ResponseFormat.Ndjson => WriteLines(to, resource, view, cancel),
        _ => WriteArray(to, resource, view, cancel),
    };

    private static int WriteArray(PooledBytes to, RowResource resource, RowView view, CancellationToken cancel)
    {
        var fields = Bind(resource, view);
        var count = 0;
        using var json = new Utf8JsonWriter(to, CellText.JsonOptions);
        json.WriteStartArray();
        while (view.Reader.NextChunk())
        {
            cancel.ThrowIfCancellationRequested();
            for (var row = 0; row < view.Reader.Count; row++)
            {
                view.MoveTo(row);
                WriteRow(json, fields, view);
            }

            count += view.Reader.Count;
        }

        json.WriteEndArray();
        return count;
    }

    private static int WriteLines(PooledBytes to, RowResource resource, RowView view, CancellationToken cancel)
    {
        var fields = Bind(resource, view);
        var count = 0;
        using var json = new Utf8JsonWriter(to, CellText.JsonOptions);
        while (view.Reader.NextChunk())
        {
            cancel.ThrowIfCancellationRequested();
            for (var row = 0; row < view.Reader.Count; row++)
            {
                view.MoveTo(row);
                WriteRow(json, fields, view);
                json.Flush();
                to.Write("\n"u8);
                json.Reset();
            }

            count += view.Reader.Count;
        }

        return count;
    }

    private static int WriteCsv(PooledBytes to, RowResource resource, RowReader reader, CancellationToken cancel)
    {
        var columns = resource.CsvColumns.Select(name => RowView.Ordinal(reader, name)).ToArray();
        to.Write(Encoding.UTF8.GetBytes(string.Join(',', resource.CsvColumns)));
        to.Write("\n"u8);
        return CsvLines.Write(to, reader, columns, cancel);
    }

    private static (RowField Field, int Ordinal)[] Bind(RowResource resource, RowView view) =>
        [.. resource.Fields.Where(f => !f.IsLocalTime || view.Clock.IsGiven).Select(f => (f, f.Bind(view.Reader)))];

    private static void WriteRow(Utf8JsonWriter json, (RowField Field, int Ordinal)[] fields, RowView view)
    {
        json.WriteStartObject();
        foreach (var (field, ordinal) in fields)
        {
            field.Write(json, view, ordinal);
        }

        json.WriteEndObject();
    }
}
