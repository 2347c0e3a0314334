using NodaTime;

namespace Aurum.Market.Time;

/// <summary>A publisher's time label stands for no instant, or for more than one, on the clock it was written for.</summary>
/// <remarks><c>2025-03-09 HE03 does not exist in America/Chicago: that day has 23 hours.</c></remarks>
public sealed class TimeLabelException : Exception
{
    private TimeLabelException(string label, string zoneId, string verdict, string reason)
        : base($"{label} {verdict} in {zoneId}: {reason}")
    {
        Label = label;
        ZoneId = zoneId;
        Reason = reason;
    }

    /// <summary>The label with its date, as the publisher's convention writes it.</summary>
    public string Label { get; }

    public string ZoneId { get; }

    /// <summary>Why, as a sentence about that day.</summary>
    public string Reason { get; }

    internal static TimeLabelException DoesNotExist(string label, DateTimeZone zone, string reason) =>
        new(label, zone.Id, "does not exist", reason);

    internal static TimeLabelException NoSuchHour(string label, LocalDate date, DateTimeZone zone) =>
        DoesNotExist(label, zone, $"that day has {new OperatingDay(date, zone).Hours} hours.");

    internal static TimeLabelException JumpedOver(string label, DateTimeZone zone) =>
        DoesNotExist(label, zone, "the clock jumps ahead that day.");

    internal static TimeLabelException ShownOnce(string label, DateTimeZone zone) =>
        DoesNotExist(label, zone, "the clock shows that once on that day.");

    internal static TimeLabelException StandsForTwo(string label, DateTimeZone zone) =>
        new(label, zone.Id, "stands for two instants", "the clock goes back that day.");

    internal static TimeLabelException StandsOnce(string label, DateTimeZone zone) =>
        new(label, zone.Id, "stands only once", "the clock goes back that day, so it runs twice.");

    internal static TimeLabelException StandsThreeTimes(string label, DateTimeZone zone) =>
        new(label, zone.Id, "stands a third time", "the clock goes back only once that day.");
}
