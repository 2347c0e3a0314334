using System.Buffers;
using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Store.Rows;

/// <summary>Moves the rows of a small delivery into their table, inside the commit's transaction, comparing them in memory with each
/// other and with what is stored: one question and one append. What <see cref="RowMover"/> does with many, to the same end.</summary>
internal sealed class RowMerge<TRow>(EngineConnection connection, RowTableSql sql, RowTable<TRow> table, RowCells<TRow> cells, int feedId)
    where TRow : struct
{
    /// <summary>Stored rows that are read; where the delivery's hours have more, the engine compares.</summary>
    private const int MostStored = 100_000;

    /// <returns>False where too many rows are stored: nothing was done then.</returns>
    /// <param name="delivery">Takes the counts.</param>
    /// <param name="stage">The rows, in memory.</param>
    /// <param name="conflict">Takes each row that contradicts an earlier one: file id and the row as JSON, UTF-8.</param>
    public bool TryMove(PendingDelivery delivery, RowStage<TRow> stage, Action<long, byte[]> conflict)
    {
        var standings = ArrayPool<Standing>.Shared.Rent(stage.Rows.Length);
        try
        {
            var rows = standings.AsSpan(0, stage.Rows.Length);
            rows.Fill(new Standing(RowTableSql.New, 1, 0));
            if ((stage.MayMeetStored || stage.MayRepeat) && !TryCompare(stage, rows))
            {
                return false;
            }

            RefuseBackward(delivery, stage.Rows, rows);
            Count(delivery, stage.FileIds, rows);
            HoldConflicts(stage, rows, conflict);
            Insert(delivery, stage, rows);
            return true;
        }
        finally
        {
            ArrayPool<Standing>.Shared.Return(standings);
        }
    }

    private bool TryCompare(RowStage<TRow> stage, Span<Standing> standings)
    {
        var rows = stage.Rows;
        var hashes = ArrayPool<ulong>.Shared.Rent(rows.Length);
        try
        {
            cells.HashKeys(rows, hashes.AsSpan(0, rows.Length));
            var index = new RowIndex(hashes.AsSpan(0, rows.Length));
            for (var i = 0; i < rows.Length; i++)
            {
                var first = index.First(hashes[i]);
                while (first != i && !cells.SameKeys(in rows[i], in rows[first]))
                {
                    first = index.Next(first);
                }

                if (first != i)
                {
                    standings[i] = standings[i] with
                    {
                        What = cells.SameValues(in rows[i], in rows[first]) ? RowTableSql.Duplicate : RowTableSql.Conflict,
                    };
                }
            }

            return !stage.MayMeetStored || TryMeetStored(stage, index, standings);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(hashes);
        }
    }

    private bool TryMeetStored(RowStage<TRow> stage, RowIndex index, Span<Standing> standings)
    {
        using var find = connection.Prepare(sql.FindStored).Bind(feedId)
            .Bind(Instant.FromUnixTimeSeconds(stage.FirstStartSeconds)).Bind(Instant.FromUnixTimeSeconds(stage.LastStartSeconds));
        using var stored = find.Query();
        for (var read = 0; stored.NextChunk();)
        {
            read += stored.Count;
            if (read > MostStored)
            {
                standings.Fill(new Standing(RowTableSql.New, 1, 0));
                return false;
            }

            for (var row = 0; row < stored.Count; row++)
            {
                Meet(stage.Rows, stored, row, index, standings);
            }
        }

        return true;
    }

    private void Meet(ReadOnlySpan<TRow> rows, EngineRows stored, int row, RowIndex index, Span<Standing> standings)
    {
        var i = index.First(cells.HashKeys(stored, row));
        while (i >= 0 && !cells.SameKeys(in rows[i], stored, row))
        {
            i = index.Next(i);
        }

        // The first of the rows with a key is the one that counts; the latest of the stored revisions.
        if (i >= 0 && stored.Int32(cells.Count + 1, row) is var revision && revision >= standings[i].Revision)
        {
            standings[i] = new Standing(
                cells.SameValues(in rows[i], stored, row) ? RowTableSql.Identical : RowTableSql.Changed,
                revision + 1,
                stored.Int64(cells.Count, row));
        }
    }

    private void RefuseBackward(PendingDelivery delivery, ReadOnlySpan<TRow> rows, ReadOnlySpan<Standing> standings)
    {
        var now = EngineTimes.ToMicros(delivery.KnownAt);
        for (var i = 0; i < rows.Length; i++)
        {
            if (standings[i].What == RowTableSql.Changed && standings[i].KnownBefore > now)
            {
                throw RowMover.Backward(delivery, KeyText(in rows[i]), EngineTimes.FromMicros(standings[i].KnownBefore));
            }
        }
    }

    private string KeyText(in TRow row)
    {
        List<string> cells = [];
        foreach (var column in table.Columns.Where(c => c.Role == ColumnRole.Key))
        {
            cells.Add(column switch
            {
                TextColumn<TRow> text => System.Text.Encoding.UTF8.GetString(text.Of(in row)),
                InstantColumn<TRow> instant => instant.Of(in row) is var seconds && seconds == InstantColumn.Unknown
                    ? "-"
                    : InstantPattern.ExtendedIso.Format(Instant.FromUnixTimeSeconds(seconds)),
                NumberColumn<TRow> number => number.Of(in row).ToString(CultureInfo.InvariantCulture),
                _ => "",
            });
        }

        return string.Join(' ', cells);
    }

    private static void Count(PendingDelivery delivery, ReadOnlySpan<long> fileIds, ReadOnlySpan<Standing> standings)
    {
        var from = 0;
        for (var i = 1; i <= standings.Length; i++)
        {
            if (i == standings.Length || fileIds[i] != fileIds[from] || standings[i].What != standings[from].What)
            {
                delivery.Counts.Add(fileIds[from], RowCounts.Of(standings[from].What, i - from));
                from = i;
            }
        }
    }

    private void HoldConflicts(RowStage<TRow> stage, ReadOnlySpan<Standing> standings, Action<long, byte[]> conflict)
    {
        RowJson? json = null;
        for (var i = 0; i < standings.Length; i++)
        {
            if (standings[i].What == RowTableSql.Conflict)
            {
                json ??= new RowJson();
                conflict(stage.FileIds[i], json.WriteDelivered(table, in stage.Rows[i]).ToArray());
            }
        }

        json?.Dispose();
    }

    private void Insert(PendingDelivery delivery, RowStage<TRow> stage, ReadOnlySpan<Standing> standings)
    {
        if (delivery.Counts.Total is { New: 0, Changed: 0 })
        {
            return;
        }

        var knownAt = EngineTimes.ToMicros(delivery.KnownAt);
        using var appender = connection.Append(sql.Rows, sql.RowColumns);
        var filled = 0;
        for (var from = 0; from < standings.Length;)
        {
            if (!standings[from].IsWritten)
            {
                from++;
                continue;
            }

            var until = from;
            for (; until < standings.Length && filled < EngineAppender.Capacity && standings[until].IsWritten; until++)
            {
                appender.Ints(cells.Count + 2)[filled++] = standings[until].Revision;
            }

            var at = filled - (until - from);
            cells.Fill(appender, 1, at, stage.Rows[from..until]);
            appender.Ints(0)[at..filled].Fill(feedId);
            appender.Longs(cells.Count + 1)[at..filled].Fill(knownAt);
            stage.FileIds[from..until].CopyTo(appender.Longs(cells.Count + 3)[at..]);
            from = until;
            if (filled == EngineAppender.Capacity)
            {
                appender.Push(filled);
                filled = 0;
            }
        }

        if (filled > 0)
        {
            appender.Push(filled);
        }

        appender.Finish();
    }

    /// <summary>What a row of the delivery is to what is stored.</summary>
    /// <param name="What">One of the numbers of <see cref="RowTableSql"/>.</param>
    /// <param name="Revision">The revision that it would be.</param>
    /// <param name="KnownBefore">When the latest stored one was known, microseconds since 1970 UTC.</param>
    private readonly record struct Standing(int What, int Revision, long KnownBefore)
    {
        public bool IsWritten => What is RowTableSql.New or RowTableSql.Changed;
    }
}
