using System.Buffers;
using System.Globalization;
using System.Text;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Output;

/// <summary>Prints the result of a query as CSV, JSON or a table.</summary>
internal static class ResultPrinter
{
    /// <summary>Rows of a table for people.</summary>
    private const int TableRows = 200;

    public static void Print(RowReader rows, Stream output, RowFormat format)
    {
        if (format == RowFormat.Table)
        {
            output.Write(Encoding.UTF8.GetBytes(Table(rows)));
            output.Flush();
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        var isFirst = true;
        buffer.Write(format == RowFormat.Json ? "["u8 : Header(rows));
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (format == RowFormat.Json)
                {
                    buffer.Write(isFirst ? "\n  "u8 : ",\n  "u8);
                    WriteJson(buffer, rows, row);
                }
                else
                {
                    WriteCsv(buffer, rows, row);
                }

                isFirst = false;
            }

            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        buffer.Write(format != RowFormat.Json ? [] : isFirst ? "]\n"u8 : "\n]\n"u8);
        output.Write(buffer.WrittenSpan);
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
            ResultKind.Instant => InstantText(rows.InstantMicros(column, row)),
            ResultKind.Date => DateOnly.FromDayNumber(rows.DateDays(column, row) + DaysToEpoch)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => rows.Boolean(column, row) ? "true" : "false",
        };
    }

    private const int DaysToEpoch = 719_162;

    private static string InstantText(long micros)
    {
        var instant = Instant.FromUnixTimeTicks(micros * 10);
        var pattern = micros % 1_000_000 == 0 ? "uuuu-MM-dd'T'HH:mm:ss'Z'" : "uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return instant.ToString(pattern, CultureInfo.InvariantCulture);
    }

    private static byte[] Header(RowReader rows) =>
        Encoding.UTF8.GetBytes(string.Join(',', rows.Columns.Select(c => CellText.Csv(c.Name))) + "\n");

    private static void WriteCsv(ArrayBufferWriter<byte> buffer, RowReader rows, int row)
    {
        for (var column = 0; column < rows.Columns.Count; column++)
        {
            if (column > 0)
            {
                buffer.Write(","u8);
            }

            if (rows.IsNull(column, row))
            {
                continue;
            }

            if (rows.Columns[column].Kind == ResultKind.Text)
            {
                CellText.WriteCsvText(buffer, rows.Text(column, row));
            }
            else
            {
                Encoding.UTF8.GetBytes(Text(rows, column, row), buffer);
            }
        }

        buffer.Write("\n"u8);
    }

    private static void WriteJson(ArrayBufferWriter<byte> buffer, RowReader rows, int row)
    {
        for (var column = 0; column < rows.Columns.Count; column++)
        {
            buffer.Write(column == 0 ? "{"u8 : ", "u8);
            CellText.WriteJsonText(buffer, Encoding.UTF8.GetBytes(rows.Columns[column].Name));
            buffer.Write(": "u8);
            if (rows.IsNull(column, row))
            {
                buffer.Write("null"u8);
            }
            else if (rows.Columns[column].Kind is ResultKind.Text)
            {
                CellText.WriteJsonText(buffer, rows.Text(column, row));
            }
            else if (rows.Columns[column].Kind is ResultKind.Instant or ResultKind.Date)
            {
                CellText.WriteJsonText(buffer, Encoding.UTF8.GetBytes(Text(rows, column, row)));
            }
            else
            {
                var text = Text(rows, column, row);
                var isNumber = !double.TryParse(text, CultureInfo.InvariantCulture, out var number) || double.IsFinite(number);
                Encoding.UTF8.GetBytes(isNumber ? text : "null", buffer);
            }
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

        return total <= TableRows
            ? table.ToString()
            : string.Create(
                CultureInfo.InvariantCulture, $"{table}... {total - TableRows:N0} more rows (--format csv prints all of them)\n");
    }
}
