using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Ticks;

/// <summary>Ticks as rows. Columns are named by their place in <c>tick_rows</c>.</summary>
internal static class TickRows
{
    public static readonly FramedRows<Tick> Table = new(
        TickSql.Ticks,
        KnownColumn: 14,
        NullableColumns: [6, 8, 9, 10],
        First: static (settlement, frame) => settlement.Frames[frame].Ticks,
        FirstIndex: static (_, _) => 0,
        Fill);

    private static void Fill(EngineAppender appender, ReadOnlySpan<Tick> ticks, NullMask[] unknown)
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
