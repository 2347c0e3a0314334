using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>When the sandbox's ISO New England makes its forecasts and daily reports, on the clock in New York.</summary>
internal static class IsoneIssues
{
    /// <summary>The report of the solar or wind forecast of a day is made at this time of it.</summary>
    private static readonly LocalTime ReportTime = new(10, 2, 35);

    private static readonly LocalTime DayAheadTime = new(12, 57, 12);
    private static readonly LocalTime CapacityTime = new(9, 33, 49);
    private static readonly LocalTime MorningTime = new(8, 14, 51);

    /// <summary>The load forecasts for a day that are there: two a day from two days before on, at odd seconds after 03:55 and
    /// 09:10; those of the regions some minutes later. In the order of making.</summary>
    public static IEnumerable<long> LoadForecasts(OperatingDay day, Instant now, bool isRegion)
    {
        for (var before = 2; before >= 0; before--)
        {
            var date = day.Date.PlusDays(-before);
            foreach (var time in (LocalTime[])[new(3, 55), new(9, 10)])
            {
                var odd = ((date.DaysSinceEpoch() * 617) + (time.Hour * 89)) % 700;
                var created = At(date, time) + odd + (isRegion ? 400 : 0);
                if (created <= now.ToUnixTimeSeconds())
                {
                    yield return created;
                }
            }
        }
    }

    public static long Report(OperatingDay day) => At(day.Date, ReportTime);

    /// <summary>The report of day-ahead prices is made just before they are out, on the day before.</summary>
    public static long DayAhead(OperatingDay day) => At(day.Date.PlusDays(-1), DayAheadTime);

    /// <summary>The capacity forecast that is made on a day.</summary>
    public static long Capacity(OperatingDay day) => At(day.Date, CapacityTime);

    public static long Morning(OperatingDay day) => At(day.Date, MorningTime);

    private static long At(LocalDate date, LocalTime time) =>
        (date + time).InZoneLeniently(MarketZones.Eastern).ToInstant().ToUnixTimeSeconds();
}
