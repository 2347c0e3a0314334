using Aurum.Store.Engines;

namespace Aurum.Store.Ticks;

/// <summary>Appends rows that came out of frames, in chunks that are filled in place: nothing is allocated a row. The first columns of
/// their tables are frame and index, the last one is when the frame was made.</summary>
/// <typeparam name="T">A tick, a bar, a point.</typeparam>
/// <param name="Table">Table.</param>
/// <param name="KnownColumn">Its last column.</param>
/// <param name="NullableColumns">Columns whose cells may be unknown.</param>
/// <param name="First">The first row of a frame.</param>
/// <param name="FirstIndex">The index that it has in its frame.</param>
/// <param name="Fill">Fills all other columns of a chunk.</param>
internal sealed record FramedRows<T>(
    string Table,
    int KnownColumn,
    int[] NullableColumns,
    Func<TickSettlement, int, int> First,
    Func<TickSettlement, int, int> FirstIndex,
    FillRows<T> Fill)
    where T : unmanaged
{
    public void Append(EngineConnection connection, TickSettlement settlement, ReadOnlySpan<T> rows)
    {
        if (rows.IsEmpty)
        {
            return;
        }

        using var appender = connection.Append(Table);
        var unknown = Array.ConvertAll(NullableColumns, column => new NullMask(appender, column));
        var frame = 0;
        for (var from = 0; from < rows.Length; from += EngineAppender.Capacity)
        {
            var count = Math.Min(EngineAppender.Capacity, rows.Length - from);
            frame = FillPlaces(appender, settlement, frame, from, count);
            Fill(appender, rows.Slice(from, count), unknown);
            foreach (var mask in unknown)
            {
                mask.Apply();
            }

            appender.Push(count);
        }

        appender.Finish();
    }

    /// <summary>Fills what hangs on the frame.</summary>
    /// <returns>The frame of the last row.</returns>
    private int FillPlaces(EngineAppender appender, TickSettlement settlement, int frame, int from, int count)
    {
        var numbers = appender.Longs(0);
        var indexes = appender.Ints(1);
        var known = appender.Longs(KnownColumn);
        var frames = settlement.Frames;
        for (var row = 0; row < count;)
        {
            while (frame + 1 < frames.Length && First(settlement, frame + 1) <= from + row)
            {
                frame++;
            }

            var end = frame + 1 < frames.Length ? Math.Min(count, First(settlement, frame + 1) - from) : count;
            numbers[row..end].Fill(frames[frame].Number);
            known[row..end].Fill(frames[frame].KnownMicros);
            var shift = FirstIndex(settlement, frame) - First(settlement, frame) + from;
            for (; row < end; row++)
            {
                indexes[row] = row + shift;
            }
        }

        return frame;
    }
}

/// <summary>Fills columns of a chunk from rows, and notes which cells are unknown.</summary>
internal delegate void FillRows<T>(EngineAppender appender, ReadOnlySpan<T> rows, NullMask[] unknown);
