using NodaTime;

namespace Aurum.Store.Engines;

/// <summary>Instants and dates as the engines count them: microseconds and days since 1970-01-01.</summary>
internal static class EngineTimes
{
    private const int TicksPerMicrosecond = 10;

    public static readonly LocalDate Epoch = new(1970, 1, 1);

    public static long ToMicros(Instant instant) => Math.DivRem(instant.ToUnixTimeTicks(), TicksPerMicrosecond) switch
    {
        (var micros, < 0) => micros - 1,
        (var micros, _) => micros,
    };

    public static Instant FromMicros(long micros) => Instant.FromUnixTimeTicks(micros * TicksPerMicrosecond);

    public static LocalDate FromDays(int days) => Epoch.PlusDays(days);

    /// <summary>The instant as the store keeps it: whole microseconds.</summary>
    public static Instant Truncate(Instant instant) => FromMicros(ToMicros(instant));
}
