using NodaTime;

namespace Aurum.Market.Time;

/// <summary>A numbered part of a delivery hour: ERCOT's delivery intervals 1 to 4 of 15 minutes, IESO's 1 to 12 of 5
/// minutes.</summary>
public readonly record struct HourPart
{
    /// <param name="hour">The hour.</param>
    /// <param name="number">Counted from 1.</param>
    /// <param name="minutes">Length of a part; divides 60.</param>
    public HourPart(HourEnding hour, int number, int minutes)
    {
        if (minutes is < 1 or > 60 || 60 % minutes != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(minutes), minutes, "expected minutes that divide an hour");
        }

        if (number < 1 || number > 60 / minutes)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, $"expected an interval from 1 to {60 / minutes}");
        }

        Hour = hour;
        Number = number;
        Minutes = minutes;
    }

    public HourEnding Hour { get; }

    public int Number { get; }

    public int Minutes { get; }

    /// <exception cref="TimeLabelException">That day has no such hour.</exception>
    public DeliveryInterval ToInterval(DateTimeZone zone) =>
        DeliveryInterval.FromUnixSeconds(Hour.ToInterval(zone).StartUnixSeconds + ((Number - 1) * Minutes * 60), Minutes * 60);

    /// <exception cref="ArgumentException">Not such a part of an hour of that clock.</exception>
    public static HourPart FromInterval(DeliveryInterval part, DateTimeZone zone)
    {
        var intoHour = LocalSeconds.SecondOfDay(TransitionTable.For(zone).ToLocal(part.StartUnixSeconds)) % LocalSeconds.PerHour;
        if (part.LengthSeconds == 0 || intoHour % part.LengthSeconds != 0)
        {
            throw new ArgumentException($"{part} is not a part of a clock hour in {zone.Id}", nameof(part));
        }

        var hour = DeliveryInterval.FromUnixSeconds(part.StartUnixSeconds - intoHour, LocalSeconds.PerHour);
        return new HourPart(HourEnding.FromInterval(hour, zone), (intoHour / part.LengthSeconds) + 1, part.Minutes);
    }

    /// <summary>Day, hour and part: <c>2024-03-29 HE01 interval 4</c>.</summary>
    public override string ToString() => $"{Hour} interval {Number}";
}
