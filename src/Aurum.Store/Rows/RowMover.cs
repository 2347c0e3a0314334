using System.Globalization;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Store.Rows;

/// <summary>Moves staged rows into their table, inside the commit's transaction: all of them where nothing stored can have their
/// keys, else the new and the changed ones.</summary>
internal sealed class RowMover(EngineConnection connection, RowTableSql sql, TableShape shape, int feedId)
{
    /// <summary>Rows that no stored row can meet and that do not repeat.</summary>
    public void MoveFresh(PendingDelivery delivery)
    {
        Count(delivery, sql.CountFresh);
        CheckWritten(delivery, Insert(delivery, sql.InsertFresh));
    }

    /// <summary>Rows that must be compared.</summary>
    /// <param name="delivery">Takes the counts.</param>
    /// <param name="mayRepeat">Whether two staged rows may have one key.</param>
    /// <param name="first">Earliest interval start.</param>
    /// <param name="last">Latest interval start.</param>
    /// <param name="conflict">Takes each row that contradicts an earlier one: file id and the row as JSON, UTF-8.</param>
    public void MoveCompared(PendingDelivery delivery, bool mayRepeat, Instant first, Instant last, Action<long, byte[]> conflict)
    {
        connection.Execute(sql.DropDifferences);
        using (var compare = connection.Prepare(mayRepeat ? sql.CreateDifferences : sql.CreateDifferencesOfDistinct))
        {
            compare.Bind(feedId).Bind(first).Bind(last).Run();
        }

        RefuseBackward(delivery);
        Count(delivery, sql.CountDifferences);
        if (mayRepeat)
        {
            FindConflicts(conflict);
        }

        if (delivery.Counts.Total is { New: > 0 } or { Changed: > 0 })
        {
            CheckWritten(delivery, Insert(delivery, sql.InsertDifferences));
        }
    }

    /// <summary>Why a delivery is refused that would be known before what it changes.</summary>
    public static StoreException Backward(PendingDelivery delivery, string key, Instant knownBefore) => new(
        $"{delivery.Feed.Id} {delivery.Day}: known at {InstantPattern.ExtendedIso.Format(delivery.KnownAt)}, but {key} "
        + $"changed at {InstantPattern.ExtendedIso.Format(knownBefore)}");

    private static void CheckWritten(PendingDelivery delivery, long written)
    {
        var counts = delivery.Counts.Total;
        if (written != counts.New + counts.Changed)
        {
            throw new StoreException(
                $"{delivery.Feed.Id} {delivery.Day}: {counts.New} new and {counts.Changed} changed rows, but {written} written");
        }
    }

    private long Insert(PendingDelivery delivery, string text)
    {
        using var insert = connection.Prepare(text);
        return insert.Bind(feedId).Bind(delivery.KnownAt).Run();
    }

    private void Count(PendingDelivery delivery, string text)
    {
        using var count = connection.Prepare(text);
        using var rows = count.Query();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                delivery.Counts.Add(rows.Int64(1, i), RowCounts.Of(rows.Int32(0, i), rows.Int64(2, i)));
            }
        }
    }

    private void RefuseBackward(PendingDelivery delivery)
    {
        using var find = connection.Prepare(sql.FindBackward).Bind(delivery.KnownAt);
        using var row = find.Query();
        if (row.NextChunk())
        {
            var key = string.Join(' ', shape.Keys.Select((column, i) => Cell(row, column, i)));
            throw Backward(delivery, key, row.Instant(shape.Keys.Count, 0));
        }
    }

    private static string Cell(EngineRows row, ColumnShape column, int index) => column.Kind switch
    {
        CellKind.Text => row.String(index, 0),
        CellKind.Instant => row.InstantOrNull(index, 0) is { } instant ? InstantPattern.ExtendedIso.Format(instant) : "-",
        _ => row.Double(index, 0).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>In pages: taking a conflict writes on the same connection, which ends a running query.</summary>
    private void FindConflicts(Action<long, byte[]> conflict)
    {
        List<(long FileId, byte[] Json)> page = [];
        using var json = new RowJson();
        var last = -1L;
        do
        {
            page.Clear();
            using (var find = connection.Prepare(sql.FindConflicts).Bind(last))
            using (var rows = find.Query())
            {
                while (rows.NextChunk())
                {
                    for (var i = 0; i < rows.Count; i++)
                    {
                        last = rows.Int64(0, i);
                        page.Add((rows.Int64(1, i), json.Write(rows, shape.Delivered, 2, i).ToArray()));
                    }
                }
            }

            foreach (var (fileId, row) in page)
            {
                conflict(fileId, row);
            }
        }
        while (page.Count == RowTableSql.ConflictPage);
    }
}
