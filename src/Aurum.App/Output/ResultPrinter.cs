using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Store.Reading;

namespace Aurum.App.Output;

/// <summary>Prints the result of a query as CSV, JSON or a table.</summary>
internal static class ResultPrinter
{
    /// <summary>What a person sees of an empty result.</summary>
    public const string NoRows = "no rows\n";

    /// <summary>Rows of a table for people.</summary>
    private const int TableRows = 200;

    private const int BufferBytes = 1 << 16;

    public static void Print(RowReader rows, Stream output, RowFormat format)
    {
        if (format == RowFormat.Table)
        {
            output.Write(Encoding.UTF8.GetBytes(Table(rows)));
            output.Flush();
            return;
        }

        if (format == RowFormat.Json)
        {
            PrintJson(rows, output);
        }
        else
        {
            PrintCsv(rows, output);
        }

        output.Flush();
    }

    /// <summary>A cell as a person reads it; empty for null.</summary>
    public static string Text(RowReader rows, int column, int row)
    {
        if (rows.IsNull(column, row))
        {
            return "";
        }

        return rows.Columns[column].Kind switch
        {
            ResultKind.Text => Encoding.UTF8.GetString(rows.Text(column, row)),
            ResultKind.Number => rows.Number(column, row).ToString("R", CultureInfo.InvariantCulture),
            ResultKind.Whole => rows.Whole(column, row).ToString(CultureInfo.InvariantCulture),
            ResultKind.Instant => UtcText.Of(rows.InstantMicros(column, row)),
            ResultKind.Date => $"{RowCells.DateOf(rows, column, row):uuuu-MM-dd}",
            _ => rows.Boolean(column, row) ? "true" : "false",
        };
    }

    private static void PrintCsv(RowReader rows, Stream output)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferBytes);
        buffer.Write(Encoding.UTF8.GetBytes(string.Join(',', rows.Columns.Select(c => CellText.Csv(c.Name))) + "\n"));
        int[] columns = [.. Enumerable.Range(0, rows.Columns.Count)];
        while (rows.NextChunk())
        {
            CsvLines.WriteChunk(buffer, rows, columns);
            HandOver(buffer, output);
        }

        HandOver(buffer, output);
    }

    private static void PrintJson(RowReader rows, Stream output)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferBytes);
        using var cell = new Utf8JsonWriter(buffer, CellText.JsonOptions);
        var isFirst = true;
        buffer.Write("["u8);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                buffer.Write(isFirst ? "\n  "u8 : ",\n  "u8);
                WriteJson(buffer, cell, rows, row);
                isFirst = false;
            }

            HandOver(buffer, output);
        }

        buffer.Write(isFirst ? "]\n"u8 : "\n]\n"u8);
        HandOver(buffer, output);
    }

    private static void HandOver(ArrayBufferWriter<byte> buffer, Stream output)
    {
        output.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    private static void WriteJson(ArrayBufferWriter<byte> buffer, Utf8JsonWriter cell, RowReader rows, int row)
    {
        for (var column = 0; column < rows.Columns.Count; column++)
        {
            buffer.Write(column == 0 ? "{"u8 : ", "u8);
            CellText.WriteJsonText(buffer, Encoding.UTF8.GetBytes(rows.Columns[column].Name));
            buffer.Write(": "u8);
            RowCells.WriteJson(cell, rows, column, row);
            cell.Flush();
            cell.Reset();
        }

        buffer.Write("}"u8);
    }

    private static string Table(RowReader rows)
    {
        var table = new TextTable([.. rows.Columns.Select(c => (c.Name, c.Kind is ResultKind.Number or ResultKind.Whole))]);
        long total = 0;
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++, total++)
            {
                if (total < TableRows)
                {
                    table.Add([.. Enumerable.Range(0, rows.Columns.Count).Select(c => Text(rows, c, row))]);
                }
            }
        }

        if (total == 0)
        {
            return NoRows;
        }

        return total <= TableRows
            ? table.ToString()
            : string.Create(
                CultureInfo.InvariantCulture, $"{table}... {total - TableRows:N0} more rows (--format csv prints all of them)\n");
    }
}
