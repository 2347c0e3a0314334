using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Worlds;

/// <summary>When a publisher shows the value of an interval for the first time.</summary>
public sealed class Release
{
    private readonly LocalTime? _dayBefore;
    private readonly int _secondsAfterEnd;

    private Release(LocalTime? dayBefore, int secondsAfterEnd)
    {
        _dayBefore = dayBefore;
        _secondsAfterEnd = secondsAfterEnd;
    }

    /// <summary>The whole operating day at once, the day before, at a time on the market's clock.</summary>
    public static Release DayBefore(int hour, int minute = 0) => new(new LocalTime(hour, minute), 0);

    /// <summary>Each interval by itself, so long after its end; negative: before it.</summary>
    public static Release AfterEnd(Duration delay) => new(null, (int)delay.TotalSeconds);

    /// <summary>The last end of an interval of a day that is visible at an instant, seconds since 1970: everything up to it is shown.</summary>
    public long VisibleUntil(OperatingDay day, Instant now) => _dayBefore is { } time
        ? now >= (day.Date.PlusDays(-1) + time).InZoneLeniently(day.Zone).ToInstant() ? long.MaxValue : long.MinValue
        : now.ToUnixTimeSeconds() - _secondsAfterEnd;
}
