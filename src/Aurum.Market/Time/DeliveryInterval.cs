using NodaTime;

namespace Aurum.Market.Time;

/// <summary>The stretch of time that a price or a quantity is for: UTC, start inclusive, end exclusive, whole seconds.</summary>
/// <remarks>A length of zero is a sample at an instant (a fuel-mix reading at 00:07:34). 12 bytes of content, no allocation,
/// valid for the years 1900 to 2200.</remarks>
public readonly record struct DeliveryInterval : IComparable<DeliveryInterval>
{
    private DeliveryInterval(long startUnixSeconds, int lengthSeconds)
    {
        StartUnixSeconds = startUnixSeconds;
        LengthSeconds = lengthSeconds;
    }

    /// <summary>Seconds since 1970-01-01T00:00:00Z at which the interval begins.</summary>
    public long StartUnixSeconds { get; }

    public int LengthSeconds { get; }

    public long EndUnixSeconds => StartUnixSeconds + LengthSeconds;

    public Instant Start => Instant.FromUnixTimeSeconds(StartUnixSeconds);

    public Instant End => Instant.FromUnixTimeSeconds(EndUnixSeconds);

    public int Minutes => LengthSeconds / 60;

    public static DeliveryInterval FromUnixSeconds(long startUnixSeconds, int lengthSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lengthSeconds);
        return new DeliveryInterval(startUnixSeconds, lengthSeconds);
    }

    public static DeliveryInterval Between(Instant start, Instant end) =>
        FromUnixSeconds(start.ToUnixTimeSeconds(), checked((int)(end.ToUnixTimeSeconds() - start.ToUnixTimeSeconds())));

    public static DeliveryInterval StartingAt(Instant start, int minutes) =>
        FromUnixSeconds(start.ToUnixTimeSeconds(), minutes * 60);

    public static DeliveryInterval EndingAt(Instant end, int minutes) =>
        FromUnixSeconds(end.ToUnixTimeSeconds() - (minutes * 60), minutes * 60);

    /// <summary>A sample at an instant: start and end are the same.</summary>
    public static DeliveryInterval At(Instant instant) => FromUnixSeconds(instant.ToUnixTimeSeconds(), 0);

    public bool IsInstant => LengthSeconds == 0;

    public int CompareTo(DeliveryInterval other)
    {
        var byStart = StartUnixSeconds.CompareTo(other.StartUnixSeconds);
        return byStart != 0 ? byStart : LengthSeconds.CompareTo(other.LengthSeconds);
    }

    public static bool operator <(DeliveryInterval left, DeliveryInterval right) => left.CompareTo(right) < 0;

    public static bool operator >(DeliveryInterval left, DeliveryInterval right) => left.CompareTo(right) > 0;

    public static bool operator <=(DeliveryInterval left, DeliveryInterval right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DeliveryInterval left, DeliveryInterval right) => left.CompareTo(right) >= 0;

    /// <summary>ISO 8601, for example <c>2025-11-02T07:00:00Z/2025-11-02T08:00:00Z</c>.</summary>
    public override string ToString() => $"{Start:uuuu-MM-dd'T'HH:mm:ss'Z'}/{End:uuuu-MM-dd'T'HH:mm:ss'Z'}";
}
