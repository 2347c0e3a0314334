using Aurum.Market.Ticks;
using Aurum.Store.DuckDb;
using Aurum.Store.Sql;

namespace Aurum.Store.Ticks;

/// <summary>Appends the ticks of a settlement, in chunks that are filled in place: nothing is allocated a tick.</summary>
internal static class TickRowWriter
{
    public static void Write(DuckDbConnection connection, TickSettlement settlement)
    {
        if (settlement.TickRows.Count == 0)
        {
            return;
        }

        using var appender = connection.Append(TickSql.Ticks);
        NullMask[] unknown = [new(appender, 6), new(appender, 8), new(appender, 9), new(appender, 10)];
        var ticks = (ReadOnlySpan<Tick>)settlement.TickRows.Items;
        var frames = settlement.Frames;
        var frame = 0;
        for (var from = 0; from < ticks.Length; from += DuckDbAppender.Capacity)
        {
            var count = Math.Min(DuckDbAppender.Capacity, ticks.Length - from);
            frame = FillPlaces(appender, frames, frame, from, count);
            FillValues(appender, ticks.Slice(from, count), unknown);
            foreach (var mask in unknown)
            {
                mask.Apply();
            }

            appender.Push(count);
        }

        appender.Finish();
    }

    /// <summary>Fills what hangs on the frame: its number, the index in it, and when it was made.</summary>
    /// <returns>The frame of the last row.</returns>
    private static int FillPlaces(DuckDbAppender appender, ReadOnlySpan<SettledFrame> frames, int frame, int from, int count)
    {
        var numbers = appender.Longs(0);
        var indexes = appender.Ints(1);
        var known = appender.Longs(14);
        for (var row = 0; row < count;)
        {
            while (frame + 1 < frames.Length && frames[frame + 1].Ticks <= from + row)
            {
                frame++;
            }

            var end = frame + 1 < frames.Length ? Math.Min(count, frames[frame + 1].Ticks - from) : count;
            numbers[row..end].Fill(frames[frame].Number);
            known[row..end].Fill(frames[frame].KnownMicros);
            for (; row < end; row++)
            {
                indexes[row] = from + row - frames[frame].Ticks;
            }
        }

        return frame;
    }

    private static void FillValues(DuckDbAppender appender, ReadOnlySpan<Tick> ticks, NullMask[] unknown)
    {
        var instruments = appender.Ints(2);
        var sources = appender.Ints(3);
        var flags = appender.Ints(11);
        var classes = appender.Ints(12);
        var events = appender.Longs(4);
        var ingested = appender.Longs(5);
        var sequences = appender.Longs(6);
        var keys = appender.Longs(13);
        var prices = appender.Doubles(7);
        var volumes = appender.Doubles(8);
        var bids = appender.Doubles(9);
        var asks = appender.Doubles(10);
        for (var row = 0; row < ticks.Length; row++)
        {
            ref readonly var tick = ref ticks[row];
            instruments[row] = tick.Instrument;
            sources[row] = tick.Source;
            flags[row] = (int)tick.Flags;
            classes[row] = tick.Classification;
            events[row] = tick.EventMicros;
            ingested[row] = tick.IngestedMicros;
            sequences[row] = tick.Sequence;
            keys[row] = (long)tick.Key;
            prices[row] = tick.Price;
            volumes[row] = tick.Volume;
            bids[row] = tick.Bid;
            asks[row] = tick.Ask;
            if (tick.Sequence < 0)
            {
                unknown[0].Set(row);
            }

            unknown[1].Note(row, tick.Volume);
            unknown[2].Note(row, tick.Bid);
            unknown[3].Note(row, tick.Ask);
        }
    }
}
