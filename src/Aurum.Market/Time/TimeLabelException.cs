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

    internal static TimeLabelException DoesNotExist(string label, OperatingDay day) =>
        DoesNotExist(label, day.Zone, $"that day has {day.Hours} hours.");

    internal static TimeLabelException StandsForTwo(string label, DateTimeZone zone) =>
        new(label, zone.Id, "stands for two instants", "the clock goes back that day.");

    internal static TimeLabelException IsMissing(string label, DateTimeZone zone, string reason) =>
        new(label, zone.Id, "stands only once", reason);

    internal static TimeLabelException StandsThreeTimes(string label, DateTimeZone zone, string reason) =>
        new(label, zone.Id, "stands a third time", reason);
}
