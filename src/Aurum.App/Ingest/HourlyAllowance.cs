namespace Aurum.App.Ingest;

/// <summary>An allowance for any sixty minutes. What has happened is charged afterwards, so one answer may overdraw it; then nothing
/// goes out until enough of it is an hour old.</summary>
/// <remarks>Counts by the minute and forgets a minute when all of it is an hour old, so that no hour holds more than the allowance and
/// one answer. Not safe for several threads by itself; <see cref="SiteGate"/> locks.</remarks>
/// <param name="perHour">Rows or bytes; 0 is no limit.</param>
/// <param name="startTimestamp">Timestamp of the time provider at the start.</param>
internal sealed class HourlyAllowance(long perHour, long startTimestamp)
{
    private const int Minutes = 61;

    private readonly long[] _taken = new long[Minutes];
    private long _minute;
    private long _sum;

    public void Charge(long amount, long now, TimeProvider time)
    {
        if (perHour > 0)
        {
            Forget(MinutesSinceStart(now, time));
            _taken[_minute % Minutes] += amount;
            _sum += amount;
        }
    }

    /// <summary>How long until something may be taken again; null when it may.</summary>
    public TimeSpan? Wait(long now, TimeProvider time)
    {
        if (perHour == 0)
        {
            return null;
        }

        Forget(MinutesSinceStart(now, time));
        if (_sum < perHour)
        {
            return null;
        }

        var left = _sum;
        var minute = Math.Max(0, _minute - Minutes + 1);
        while (left >= perHour && minute <= _minute)
        {
            left -= _taken[minute % Minutes];
            minute++;
        }

        // The last minute that has to go is the one before; it is forgotten when sixty full ones have passed since its end.
        return TimeSpan.FromMinutes(minute - 1 + Minutes) - time.GetElapsedTime(startTimestamp, now);
    }

    private void Forget(long minute)
    {
        for (var passed = Math.Min(minute - _minute, Minutes); passed > 0; passed--)
        {
            _minute = minute - passed + 1;
            _sum -= _taken[_minute % Minutes];
            _taken[_minute % Minutes] = 0;
        }
    }

    private long MinutesSinceStart(long now, TimeProvider time) => (long)time.GetElapsedTime(startTimestamp, now).TotalMinutes;
}
