using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Ticks;

/// <summary>Curve points as rows. Columns are named by their place in <c>curve_point_rows</c>.</summary>
internal static class CurvePointRows
{
    public static readonly FramedRows<CurvePoint> Table = new(
        TickSql.CurvePoints,
        KnownColumn: 8,
        NullableColumns: [7],
        First: static (settlement, frame) => settlement.Frames[frame].Points,
        FirstIndex: static (settlement, frame) => settlement.TicksOf(frame) + settlement.BarsOf(frame),
        Fill);

    private static void Fill(EngineAppender appender, ReadOnlySpan<CurvePoint> points, NullMask[] unknown)
    {
        var curves = appender.Ints(2);
        var instruments = appender.Ints(3);
        var months = appender.Ints(4);
        var quoted = appender.Longs(5);
        var prices = appender.Doubles(6);
        var volumes = appender.Doubles(7);
        for (var row = 0; row < points.Length; row++)
        {
            ref readonly var point = ref points[row];
            curves[row] = point.Curve;
            instruments[row] = point.Instrument;
            months[row] = point.ContractMonth;
            quoted[row] = point.EventMicros;
            prices[row] = point.Price;
            volumes[row] = point.Volume;
            unknown[0].Note(row, point.Volume);
        }
    }
}
