using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>Times as the contracts write them.</summary>
internal static class EventTimes
{
    /// <summary>Days since 1970.</summary>
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>Microseconds since 1970 UTC.</summary>
    public static long ToMicros(this Instant instant) => instant.ToUnixTimeTicks() / TimeSpan.TicksPerMicrosecond;

    /// <summary>Days since 1970-01-01.</summary>
    public static int ToDays(this LocalDate date) => Period.DaysBetween(Epoch, date);
}
