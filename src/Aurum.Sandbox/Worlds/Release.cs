using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Worlds;

/// <summary>When a publisher shows the value of an interval for the first time.</summary>
public sealed class Release
{
    private readonly LocalTime? _timeOfDay;
    private readonly int _daysBefore;
    private readonly int _secondsAfterEnd;

    private Release(LocalTime? timeOfDay, int daysBefore, int secondsAfterEnd)
    {
        _timeOfDay = timeOfDay;
        _daysBefore = daysBefore;
        _secondsAfterEnd = secondsAfterEnd;
    }

    /// <summary>The whole operating day at once, the day before, at a time on the market's clock.</summary>
    public static Release DayBefore(int hour, int minute = 0) => DaysBefore(1, hour, minute);

    /// <summary>The whole operating day at once, some days before.</summary>
    public static Release DaysBefore(int days, int hour, int minute = 0) => new(new LocalTime(hour, minute), days, 0);

    /// <summary>Each interval by itself, so long after its end; negative: before it.</summary>
    public static Release AfterEnd(Duration delay) => new(null, 0, (int)delay.TotalSeconds);

    /// <summary>The last end of an interval of a day that is visible at an instant, seconds since 1970: everything up to it is
    /// shown.</summary>
    public long VisibleUntil(OperatingDay day, Instant now) => _timeOfDay is { } time
        ? now >= (day.Date.PlusDays(-_daysBefore) + time).InZoneLeniently(day.Zone).ToInstant() ? long.MaxValue : long.MinValue
        : now.ToUnixTimeSeconds() - _secondsAfterEnd;
}
