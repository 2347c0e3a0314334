using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>Hours, readings and forecasts of an operating day, as seconds since 1970.</summary>
internal static class PjmHours
{
    /// <summary>Hours that a forecast of wind or sun reaches ahead.</summary>
    private const int HoursAhead = 47;

    /// <summary>Between two forecasts. The publisher makes them more often; these keep answers small.</summary>
    private const int HoursBetween = 4;

    public static IEnumerable<long> Of(OperatingDay day) => Steps(day, 3600);

    public static IEnumerable<long> Steps(OperatingDay day, int seconds)
    {
        for (var start = day.Start.ToUnixTimeSeconds(); start < day.End.ToUnixTimeSeconds(); start += seconds)
        {
            yield return start;
        }
    }

    /// <summary>Readings of a day that are shown: every 5 minutes, one in five a second late.</summary>
    public static IEnumerable<long> Readings(OperatingDay day, Instant now) => Steps(day, 300)
        .Select(at => (at / 300 % 5) == 3 ? at + 1 : at)
        .Where(at => at + 60 <= now.ToUnixTimeSeconds());

    /// <summary>Forecasts of wind or sun that hold an hour, the first one first.</summary>
    public static IEnumerable<long> Evaluations(long start, Instant now)
    {
        const long Step = HoursBetween * 3600;
        var last = Math.Min(start, now.ToUnixTimeSeconds());
        for (var at = (start - (HoursAhead * 3600) + Step - 1) / Step * Step; at <= last; at += Step)
        {
            yield return at;
        }
    }

    /// <summary>The latest load forecast: at 15:53 past every sixth hour (the publisher makes one every half hour).</summary>
    public static long LatestLoadForecast(Instant now)
    {
        const long Step = 6 * 3600;
        const long Past = (15 * 60) + 53;
        return ((now.ToUnixTimeSeconds() - Past) / Step * Step) + Past;
    }

    /// <summary>The hours of a load forecast: those of its own day and of six more.</summary>
    public static IEnumerable<long> ForecastHours(long evaluated)
    {
        var first = OperatingDay.Of(Instant.FromUnixTimeSeconds(evaluated), MarketZones.Eastern);
        return Enumerable.Range(0, 7).SelectMany(ahead => Of(first with { Date = first.Date.PlusDays(ahead) }));
    }

    /// <summary>Stretches of the hours of a day in which a constraint of the day-ahead market binds: start and length in
    /// hours.</summary>
    public static IEnumerable<(long Start, int Hours)> Stretches(PjmBooks books, int constraint, OperatingDay day)
    {
        var length = 0;
        foreach (var start in Of(day))
        {
            if (PjmBooks.ShadowPrice(books.DayAhead, constraint, start) != 0)
            {
                length++;
            }
            else if (length > 0)
            {
                yield return (start - (length * 3600L), length);
                length = 0;
            }
        }

        if (length > 0)
        {
            yield return (day.End.ToUnixTimeSeconds() - (length * 3600L), length);
        }
    }
}
