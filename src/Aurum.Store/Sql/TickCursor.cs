using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Reading;

namespace Aurum.Store.Sql;

/// <summary>Where a page of ticks, bars or points ended, as a condition for the next one.</summary>
internal static class TickCursor
{
    /// <summary>The cursor of a row whose first columns are frame and index.</summary>
    public static string OfToken(RowReader rows, int row) => new TickToken(rows.Whole(0, row), (int)rows.Whole(1, row)).ToString();

    /// <summary>Rows behind a token.</summary>
    /// <exception cref="ArgumentException">Not a token.</exception>
    public static void AfterToken(SqlConditions where, string? after)
    {
        if (after is null)
        {
            return;
        }

        if (!TickToken.TryParse(after, out var token))
        {
            throw new ArgumentException($"'{after}' is not a cursor of this query: expected frame.index", nameof(after));
        }

        where.And(
            "frame >= ? AND (frame > ? OR index > ?)",
            s => s.Bind(token.Frame), s => s.Bind(token.Frame), s => s.Bind(token.Index));
    }

    /// <summary>The cursor of a tick in the order of time.</summary>
    public static string OfTick(RowReader rows, int row, int timeColumn) => RowCursor.Write(
    [
        RowCursor.Number(rows.InstantMicros(timeColumn, row)), RowCursor.Number(rows.Whole(0, row)), RowCursor.Number(rows.Whole(1, row)),
    ]);

    public static void AfterTick(SqlConditions where, string? after)
    {
        if (after is null)
        {
            return;
        }

        var cells = RowCursor.Read(after, 3);
        var (micros, frame, index) = (Number(after, cells[0]), Number(after, cells[1]), Number(after, cells[2]));
        var time = EngineTimes.FromMicros(micros);
        where.And(
            "event_time >= ? AND (event_time > ? OR (frame, index) > (CAST(? AS BIGINT), CAST(? AS BIGINT)))",
            s => s.Bind(time), s => s.Bind(time), s => s.Bind(frame), s => s.Bind(index));
    }

    /// <summary>The cursor of a bar in the order of time.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="row">The last one.</param>
    /// <param name="columns">Columns of start, instrument, interval and revision.</param>
    public static string OfBar(RowReader rows, int row, (int Start, int Name, int Interval, int Revision) columns) => RowCursor.Write(
    [
        RowCursor.Number(rows.InstantMicros(columns.Start, row)), RowCursor.Text(rows.Text(columns.Name, row)),
        RowCursor.Number(rows.Whole(columns.Interval, row)), RowCursor.Number(rows.Whole(columns.Revision, row)),
    ]);

    public static void AfterBar(SqlConditions where, string? after)
    {
        if (after is null)
        {
            return;
        }

        var cells = RowCursor.Read(after, 4);
        var time = EngineTimes.FromMicros(Number(after, cells[0]));
        var (interval, revision) = (Number(after, cells[2]), Number(after, cells[3]));
        where.And(
            "start_utc >= ? AND (start_utc > ? "
                + "OR (name, interval, revision) > (CAST(? AS VARCHAR), CAST(? AS BIGINT), CAST(? AS BIGINT)))",
            s => s.Bind(time), s => s.Bind(time), s => s.Bind(cells[1]), s => s.Bind(interval), s => s.Bind(revision));
    }

    private static long Number(string cursor, string cell) =>
        long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"'{cursor}' is not a cursor of this query", nameof(cursor));
}
