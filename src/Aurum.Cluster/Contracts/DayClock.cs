using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>Local days of instants, quick where the same ones come again and again. Not for several threads.</summary>
internal sealed class DayClock(DateTimeZone zone)
{
    private const long SecondsPerDay = 86_400;

    private readonly TransitionTable _table = TransitionTable.For(zone);
    private long _micros = long.MinValue;
    private int _day;

    /// <summary>Days from 1970-01-01 to the local day that an instant lies in.</summary>
    public int Of(long micros)
    {
        if (micros != _micros)
        {
            var local = _table.ToLocal(FloorDiv(micros, EventCells.MicrosPerSecond));
            (_micros, _day) = (micros, (int)FloorDiv(local, SecondsPerDay));
        }

        return _day;
    }

    private static long FloorDiv(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
