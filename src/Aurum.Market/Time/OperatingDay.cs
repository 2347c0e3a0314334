using NodaTime;

namespace Aurum.Market.Time;

/// <summary>A market's local calendar day: 23, 24 or 25 hours long. The unit in which feeds are planned, fetched and accounted
/// for.</summary>
public readonly record struct OperatingDay(LocalDate Date, DateTimeZone Zone) : IComparable<OperatingDay>
{
    public Instant Start => Zone.AtStartOfDay(Date).ToInstant();

    public Instant End => Zone.AtStartOfDay(Date.PlusDays(1)).ToInstant();

    public int Hours => (int)((End - Start).TotalHours);

    public Interval Interval => new(Start, End);

    public OperatingDay Next => this with { Date = Date.PlusDays(1) };

    public OperatingDay Previous => this with { Date = Date.PlusDays(-1) };

    public bool Contains(DeliveryInterval delivery) => delivery.Start >= Start && delivery.End <= End;

    /// <summary>The operating day that an instant falls into.</summary>
    public static OperatingDay Of(Instant instant, DateTimeZone zone) => new(instant.InZone(zone).Date, zone);

    public int CompareTo(OperatingDay other) => Date.CompareTo(other.Date);

    public static bool operator <(OperatingDay left, OperatingDay right) => left.CompareTo(right) < 0;

    public static bool operator >(OperatingDay left, OperatingDay right) => left.CompareTo(right) > 0;

    public static bool operator <=(OperatingDay left, OperatingDay right) => left.CompareTo(right) <= 0;

    public static bool operator >=(OperatingDay left, OperatingDay right) => left.CompareTo(right) >= 0;

    /// <summary>The date, for example <c>2025-11-02</c>.</summary>
    public override string ToString() => $"{Date:uuuu-MM-dd}";
}
