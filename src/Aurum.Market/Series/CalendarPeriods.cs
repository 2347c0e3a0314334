using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Market.Series;

/// <summary>Calendar periods of statistical series, from midnight to midnight UTC.</summary>
/// <remarks>Months, quarters and years are named by their first day; weeks and fortnights by their last day, as EIA and FRED
/// do.</remarks>
public static class CalendarPeriods
{
    public static DeliveryInterval Of(LocalDate date, SeriesFrequency frequency) => frequency switch
    {
        SeriesFrequency.Daily => Between(date, date.PlusDays(1)),
        SeriesFrequency.Weekly => Between(date.PlusDays(-6), date.PlusDays(1)),
        SeriesFrequency.Biweekly => Between(date.PlusDays(-13), date.PlusDays(1)),
        SeriesFrequency.Monthly => Between(date, date.PlusMonths(1)),
        SeriesFrequency.Quarterly => Between(date, date.PlusMonths(3)),
        SeriesFrequency.Semiannual => Between(date, date.PlusMonths(6)),
        SeriesFrequency.Annual => Between(date, date.PlusYears(1)),
        _ => throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "unknown frequency"),
    };

    /// <summary>The frequency that the distances of dates speak of; null where they fit none, or are fewer than two.</summary>
    public static SeriesFrequency? Infer(IReadOnlyCollection<LocalDate> dates)
    {
        var days = dates.Distinct().Order().ToList();
        if (days.Count < 2)
        {
            return null;
        }

        if (days.All(d => d.Day == 1))
        {
            return days.All(d => d.Month == days[0].Month) ? SeriesFrequency.Annual
                : days.All(d => (d.Month - days[0].Month) % 6 == 0) && days.Count > 2 ? SeriesFrequency.Semiannual
                : days.All(d => (d.Month - days[0].Month) % 3 == 0) ? SeriesFrequency.Quarterly
                : SeriesFrequency.Monthly;
        }

        var steps = days.Zip(days.Skip(1), static (a, b) => Period.DaysBetween(a, b)).ToList();
        return steps.All(s => s % 14 == 0) ? SeriesFrequency.Biweekly
            : steps.All(s => s % 7 == 0) ? SeriesFrequency.Weekly
            : SeriesFrequency.Daily;
    }

    /// <summary>Midnight UTC of a date, seconds since 1970.</summary>
    public static long MidnightUtc(LocalDate date) => date.AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds();

    private static DeliveryInterval Between(LocalDate start, LocalDate end) =>
        DeliveryInterval.FromUnixSeconds(MidnightUtc(start), (int)(MidnightUtc(end) - MidnightUtc(start)));
}
