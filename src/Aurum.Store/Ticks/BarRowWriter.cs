using Aurum.Market.Ticks;
using Aurum.Store.DuckDb;
using Aurum.Store.Sql;

namespace Aurum.Store.Ticks;

/// <summary>Appends the bars of a settlement, in chunks that are filled in place.</summary>
internal static class BarRowWriter
{
    public static void Write(DuckDbConnection connection, TickSettlement settlement)
    {
        if (settlement.BarRows.Count == 0)
        {
            return;
        }

        using var appender = connection.Append(TickSql.Bars);
        NullMask[] unknown = [new(appender, 11), new(appender, 12)];
        var bars = (ReadOnlySpan<Bar>)settlement.BarRows.Items;
        var frames = settlement.Frames;
        var frame = 0;
        for (var from = 0; from < bars.Length; from += DuckDbAppender.Capacity)
        {
            var count = Math.Min(DuckDbAppender.Capacity, bars.Length - from);
            frame = FillPlaces(appender, settlement, frames, frame, from, count);
            FillValues(appender, bars.Slice(from, count), unknown);
            foreach (var mask in unknown)
            {
                mask.Apply();
            }

            appender.Push(count);
        }

        appender.Finish();
    }

    private static int FillPlaces(
        DuckDbAppender appender, TickSettlement settlement, ReadOnlySpan<SettledFrame> frames, int frame, int from, int count)
    {
        var numbers = appender.Longs(0);
        var indexes = appender.Ints(1);
        var known = appender.Longs(16);
        for (var row = 0; row < count; row++)
        {
            while (frame + 1 < frames.Length && frames[frame + 1].Bars <= from + row)
            {
                frame++;
            }

            numbers[row] = frames[frame].Number;
            indexes[row] = settlement.TicksOf(frame) + from + row - frames[frame].Bars;
            known[row] = frames[frame].KnownMicros;
        }

        return frame;
    }

    private static void FillValues(DuckDbAppender appender, ReadOnlySpan<Bar> bars, NullMask[] unknown)
    {
        var instruments = appender.Ints(2);
        var intervals = appender.Ints(3);
        var revisions = appender.Ints(14);
        var marks = appender.Ints(15);
        var starts = appender.Longs(4);
        var ends = appender.Longs(5);
        var counts = appender.Longs(13);
        var open = appender.Doubles(6);
        var high = appender.Doubles(7);
        var low = appender.Doubles(8);
        var close = appender.Doubles(9);
        var volumes = appender.Doubles(10);
        var vwaps = appender.Doubles(11);
        var twaps = appender.Doubles(12);
        for (var row = 0; row < bars.Length; row++)
        {
            ref readonly var bar = ref bars[row];
            instruments[row] = bar.Instrument;
            intervals[row] = (int)bar.Interval;
            revisions[row] = bar.Revision;
            marks[row] = (int)bar.Marks;
            starts[row] = bar.StartMicros;
            ends[row] = bar.EndMicros;
            counts[row] = bar.Count;
            open[row] = bar.Open;
            high[row] = bar.High;
            low[row] = bar.Low;
            close[row] = bar.Close;
            volumes[row] = bar.Volume;
            vwaps[row] = bar.Vwap;
            twaps[row] = bar.Twap;
            unknown[0].Note(row, bar.Vwap);
            unknown[1].Note(row, bar.Twap);
        }
    }
}
