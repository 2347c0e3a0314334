using NodaTime;

namespace Aurum.Market.Time;

/// <summary>When a holiday falls: on a day of a month, or on a weekday of its first to fourth week (-1: the last).</summary>
/// <param name="Name">For people.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">Day of the month; 0 where a weekday counts. A Sunday moves to Monday, a Saturday stays.</param>
/// <param name="Weekday">The weekday; none where the day of the month counts.</param>
/// <param name="Week">1 to 4 counts from the start of the month, -1 from its end.</param>
public sealed record HolidayRule(string Name, int Month, int Day, IsoDayOfWeek Weekday, int Week)
{
    public LocalDate In(int year)
    {
        if (Weekday == IsoDayOfWeek.None)
        {
            var date = new LocalDate(year, Month, Day);
            return date.DayOfWeek == IsoDayOfWeek.Sunday ? date.PlusDays(1) : date;
        }

        return Week > 0
            ? new LocalDate(year, Month, 1).PlusDays(-1).With(DateAdjusters.Next(Weekday)).PlusWeeks(Week - 1)
            : new LocalDate(year, Month, 1).PlusMonths(1).With(DateAdjusters.Previous(Weekday)).PlusWeeks(Week + 1);
    }
}
