namespace Aurum.Market.Ticks;

/// <summary>The names of bar intervals, and the bars below a day on the axis of UTC.</summary>
public static class BarIntervals
{
    public const long MicrosPerSecond = 1_000_000;
    public const long MicrosPerMinute = 60 * MicrosPerSecond;
    public const long MicrosPerHour = 60 * MicrosPerMinute;

    public static readonly IReadOnlyList<BarInterval> All =
        [BarInterval.OneMinute, BarInterval.FiveMinutes, BarInterval.FifteenMinutes, BarInterval.OneHour, BarInterval.OneDay];

    private static readonly string[] Names = ["1m", "5m", "15m", "1h", "1d"];

    public static string Name(this BarInterval interval) => Names[(int)interval - 1];

    public static bool TryParse(string name, out BarInterval interval)
    {
        interval = (BarInterval)(Array.IndexOf(Names, name) + 1);
        return interval != 0;
    }

    /// <summary>Microseconds of an interval below a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A day, whose length is its market's.</exception>
    public static long Micros(this BarInterval interval) => interval switch
    {
        BarInterval.OneMinute => MicrosPerMinute,
        BarInterval.FiveMinutes => 5 * MicrosPerMinute,
        BarInterval.FifteenMinutes => 15 * MicrosPerMinute,
        BarInterval.OneHour => MicrosPerHour,
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "expected an interval below a day"),
    };

    /// <summary>The start of the window that an instant lies in: the largest multiple of the length that is not after it.</summary>
    public static long Floor(long micros, long lengthMicros)
    {
        var rest = micros % lengthMicros;
        return micros - (rest < 0 ? rest + lengthMicros : rest);
    }
}
