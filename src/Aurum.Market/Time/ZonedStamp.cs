using NodaTime;

namespace Aurum.Market.Time;

/// <summary>A reading of the wall clock with the word for the time it shows: NYISO's load and fuel mix files (EDT,
/// EST).</summary>
public readonly record struct ZonedStamp(LocalDateTime Reading, TimeZoneWord Word)
{
    /// <summary>The instant, by the word's offset.</summary>
    public Instant ToInstant() => Reading.InUtc().ToInstant() - Duration.FromSeconds(Word.OffsetSeconds);

    /// <summary>The instant, on a clock that must show this word then.</summary>
    /// <exception cref="TimeLabelException">That clock does not show this reading with this word.</exception>
    public Instant ToInstant(DateTimeZone zone)
    {
        var instant = ToInstant();
        if (TransitionTable.For(zone).OffsetAt(instant.ToUnixTimeSeconds()) != Word.OffsetSeconds)
        {
            var shown = zone.GetZoneInterval(instant).Name;
            throw TimeLabelException.DoesNotExist(ToString(), zone, $"that clock shows {shown} then.");
        }

        return instant;
    }

    /// <exception cref="ArgumentException">The zone's clock shows no word that is known here.</exception>
    public static ZonedStamp FromInstant(Instant instant, DateTimeZone zone)
    {
        var shown = zone.GetZoneInterval(instant).Name;
        return TimeZoneWord.TryParse(shown, out var word)
            ? new ZonedStamp(instant.InZone(zone).LocalDateTime, word)
            : throw new ArgumentException($"{zone.Id} shows '{shown}', no word for a time that is known here", nameof(zone));
    }

    /// <summary>Reading and word: <c>2025-11-02 01:55:00 EDT</c>.</summary>
    public override string ToString() => $"{Reading:uuuu-MM-dd HH:mm:ss} {Word}";
}
