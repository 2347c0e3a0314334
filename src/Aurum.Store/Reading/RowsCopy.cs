using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Reading;

/// <summary>Copies the rows of a reader into a table of another engine.</summary>
internal static class RowsCopy
{
    /// <summary>Makes the table and fills it.</summary>
    public static void Fill(RowReader rows, EngineConnection to, string table)
    {
        var columns = rows.Columns;
        to.Execute($"CREATE TABLE {table} ({string.Join(", ", columns.Select(static c => $"{SqlText.Name(c.Name)} {TypeOf(c.Kind)}"))})");
        using var appender = to.Append(table);
        while (rows.NextChunk())
        {
            for (var from = 0; from < rows.Count; from += EngineAppender.Capacity)
            {
                var count = Math.Min(EngineAppender.Capacity, rows.Count - from);
                for (var column = 0; column < columns.Count; column++)
                {
                    Fill(rows, appender, columns[column].Kind, column, from, count);
                }

                appender.Push(count);
            }
        }

        appender.Finish();
    }

    private static string TypeOf(ResultKind kind) => kind switch
    {
        ResultKind.Number => "DOUBLE",
        ResultKind.Whole => "BIGINT",
        ResultKind.Instant => "TIMESTAMPTZ",
        ResultKind.Date => "DATE",
        ResultKind.Boolean => "BOOLEAN",
        _ => "VARCHAR",
    };

    private static void Fill(RowReader rows, EngineAppender appender, ResultKind kind, int column, int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var row = from + i;
            if (rows.IsNull(column, row))
            {
                if (kind == ResultKind.Text)
                {
                    appender.SetText(column, i, []);
                }

                appender.SetNull(column, i);
                continue;
            }

            switch (kind)
            {
                case ResultKind.Number:
                    appender.Doubles(column)[i] = rows.Number(column, row);
                    break;
                case ResultKind.Whole:
                    appender.Longs(column)[i] = rows.Whole(column, row);
                    break;
                case ResultKind.Instant:
                    appender.Longs(column)[i] = rows.InstantMicros(column, row);
                    break;
                case ResultKind.Date:
                    appender.Ints(column)[i] = rows.DateDays(column, row);
                    break;
                case ResultKind.Boolean:
                    appender.Bytes(column)[i] = rows.Boolean(column, row) ? (byte)1 : (byte)0;
                    break;
                default:
                    appender.SetText(column, i, rows.Text(column, row));
                    break;
            }
        }
    }
}
