using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Ticks;

/// <summary>Bars as rows. Columns are named by their place in <c>bar_rows</c>.</summary>
internal static class BarRows
{
    public static readonly FramedRows<Bar> Table = new(
        TickSql.Bars,
        KnownColumn: 16,
        NullableColumns: [11, 12],
        First: static (settlement, frame) => settlement.Frames[frame].Bars,
        FirstIndex: static (settlement, frame) => settlement.TicksOf(frame),
        Fill);

    private static void Fill(EngineAppender appender, ReadOnlySpan<Bar> bars, NullMask[] unknown)
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
