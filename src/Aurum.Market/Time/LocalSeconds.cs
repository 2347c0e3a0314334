using NodaTime;

namespace Aurum.Market.Time;

/// <summary>A local clock reading as a number: seconds since 1970-01-01 00:00 on that clock. What bulk columns and
/// <see cref="TransitionTable"/> work on; it becomes an instant only with a zone.</summary>
public static class LocalSeconds
{
    public const int PerHour = 3600;
    public const int PerDay = 86_400;

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static long Of(LocalDate date) => Period.DaysBetween(Epoch, date) * (long)PerDay;

    /// <summary>The reading without its fraction of a second: no market label carries one.</summary>
    public static long Of(LocalDateTime stamp) => Of(stamp.Date) + (stamp.NanosecondOfDay / NodaConstants.NanosecondsPerSecond);

    public static LocalDateTime ToLocalDateTime(long localSeconds) =>
        Epoch.AtMidnight().PlusSeconds(localSeconds);

    public static LocalDate ToDate(long localSeconds) =>
        Epoch.PlusDays((int)((localSeconds - SecondOfDay(localSeconds)) / PerDay));

    /// <summary>Seconds since the day's local midnight, as the clock shows them.</summary>
    public static int SecondOfDay(long localSeconds) => (int)(((localSeconds % PerDay) + PerDay) % PerDay);

    /// <summary>The reading as it is printed in messages: <c>2025-03-09 02:30:00</c>.</summary>
    internal static string Text(long localSeconds) => $"{ToLocalDateTime(localSeconds):uuuu-MM-dd HH:mm:ss}";
}
