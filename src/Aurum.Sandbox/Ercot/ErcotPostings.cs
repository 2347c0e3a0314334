using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>When forecast reports are posted: four times a day at five to the hour (the publisher posts every hour; four keep answers
/// small), each for the hours of two days back and seven ahead.</summary>
internal static class ErcotPostings
{
    private const long BackSeconds = 48 * 3600;
    private const long AheadSeconds = 168 * 3600;

    private static readonly LocalTime[] Times = [new(0, 55, 32), new(6, 55, 32), new(12, 55, 32), new(18, 55, 32)];

    /// <summary>Postings visible at an instant that hold any hour of a day, from the first on; seconds since 1970.</summary>
    public static IEnumerable<long> Of(OperatingDay day, Instant now)
    {
        for (var date = day.Date.PlusDays(-8); date <= day.Date.PlusDays(3); date = date.PlusDays(1))
        {
            foreach (var time in Times)
            {
                var posted = (date + time).InZoneLeniently(day.Zone).ToInstant();
                if (posted <= now)
                {
                    yield return posted.ToUnixTimeSeconds();
                }
            }
        }
    }

    /// <summary>Whether a posting holds an hour.</summary>
    public static bool Holds(long posted, long start) => start >= posted - BackSeconds && start < posted + AheadSeconds;

    /// <summary>Whether a posting knows what was metered in an hour.</summary>
    public static bool IsMetered(long posted, long start) => start + 3600 <= posted;

    public static IEnumerable<long> Hours(OperatingDay day)
    {
        for (var start = day.Start.ToUnixTimeSeconds(); start < day.End.ToUnixTimeSeconds(); start += 3600)
        {
            yield return start;
        }
    }
}
