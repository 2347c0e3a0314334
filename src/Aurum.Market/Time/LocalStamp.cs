using NodaTime;

namespace Aurum.Market.Time;

/// <summary>A reading of a market's wall clock and whether it is of the second pass of a repeated hour. Marks the start or the
/// end of 5-, 15- and 60-minute intervals.</summary>
public readonly record struct LocalStamp(LocalDateTime Reading, bool IsRepeated = false)
{
    /// <exception cref="TimeLabelException">The clock never showed this, or not twice.</exception>
    public Instant ToInstant(DateTimeZone zone)
    {
        var match = TransitionTable.For(zone).Match(LocalSeconds.Of(Reading));
        if (match.Count == 0)
        {
            throw TimeLabelException.JumpedOver(ToString(), zone);
        }

        if (IsRepeated && match.Count == 1)
        {
            throw TimeLabelException.ShownOnce(ToString(), zone);
        }

        return Instant.FromUnixTimeSeconds(IsRepeated ? match.Second : match.First);
    }

    public static LocalStamp FromInstant(Instant instant, DateTimeZone zone)
    {
        var table = TransitionTable.For(zone);
        var seconds = instant.ToUnixTimeSeconds();
        var local = table.ToLocal(seconds);
        var match = table.Match(local);
        return new LocalStamp(LocalSeconds.ToLocalDateTime(local), match.Count == 2 && match.Second == seconds);
    }

    /// <summary>The interval that begins at this stamp.</summary>
    public DeliveryInterval Starting(DateTimeZone zone, int minutes) => DeliveryInterval.StartingAt(ToInstant(zone), minutes);

    /// <summary>The interval that ends at this stamp: after 01:55 comes 01:00* when the clock goes back, and midnight is 00:00 of
    /// the next day.</summary>
    public DeliveryInterval Ending(DateTimeZone zone, int minutes) => DeliveryInterval.EndingAt(ToInstant(zone), minutes);

    /// <summary>The reading, with a star in the second pass: <c>2025-11-02 01:30:00*</c>.</summary>
    public override string ToString() => $"{Reading:uuuu-MM-dd HH:mm:ss}{(IsRepeated ? "*" : "")}";
}
