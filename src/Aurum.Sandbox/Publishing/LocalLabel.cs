using NodaTime;

namespace Aurum.Sandbox.Publishing;

/// <summary>What a wall clock shows at an instant.</summary>
internal readonly record struct LocalLabel(int Year, int Month, int Day, int Hour, int Minute, int Second, int OffsetSeconds)
{
    public static LocalLabel Of(long unixSeconds, DateTimeZone zone)
    {
        var at = Instant.FromUnixTimeSeconds(unixSeconds).InZone(zone);
        return new LocalLabel(at.Year, at.Month, at.Day, at.Hour, at.Minute, at.Second, at.Offset.Seconds);
    }

    /// <summary>Whether summer time holds, in a zone of the United States: one hour ahead of the standard clock.</summary>
    public bool IsSummer(int standardOffsetHours) => OffsetSeconds != standardOffsetHours * 3600;
}
