using NodaTime;

namespace Aurum.Sources.Ecb;

/// <summary>The days on which the euro's payment system is closed, and with it the ECB's fixing: weekends, New Year, Good Friday,
/// Easter Monday, 1 May, Christmas and the day after.</summary>
/// <remarks>The calendar holds since 2002; before, the list differed from year to year and every weekday is asked for.</remarks>
internal static class TargetDays
{
    private const int FirstYear = 2002;

    public static bool IsClosed(LocalDate date)
    {
        if (date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)
        {
            return true;
        }

        if (date.Year < FirstYear)
        {
            return false;
        }

        var easter = EasterSunday(date.Year);
        return (date.Month, date.Day) is (1, 1) or (5, 1) or (12, 25) or (12, 26)
            || date == easter.PlusDays(-2) || date == easter.PlusDays(1);
    }

    /// <summary>Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.</summary>
    public static LocalDate EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, rest) = Math.DivRem(year, 100);
        var moonShift = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - (century / 4) - moonShift + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var (month, day) = Math.DivRem(epact + weekday - (7 * late) + 114, 31);
        return new LocalDate(year, month, day + 1);
    }
}
