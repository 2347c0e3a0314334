using NodaTime;

namespace Aurum.App.Api.Bars;

/// <summary>How long a bar is: an hour, or an operating day on the clock of the feed (23, 24 or 25 hours).</summary>
internal enum BarLength
{
    Hour,
    Day,
}

internal static class BarLengths
{
    /// <summary>The bar that an instant falls into.</summary>
    public static Interval BarOf(this BarLength length, Instant instant, DateTimeZone zone)
    {
        if (length == BarLength.Hour)
        {
            var start = Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds() / 3600 * 3600);
            return new Interval(start, start + Duration.FromHours(1));
        }

        var day = instant.InZone(zone).Date;
        return new Interval(zone.AtStartOfDay(day).ToInstant(), zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
    }
}
