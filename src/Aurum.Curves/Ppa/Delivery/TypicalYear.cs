using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Ppa.Delivery;

/// <summary>Output of a plant in the 8,760 hours of a year without 29 February, as a share of its capacity: the mean over the years of a
/// history.</summary>
internal static class TypicalYear
{
    public const int Hours = 8_760;

    private const int HoursOfClock = 24;
    private const int FirstDayAfterFebruary29 = 60;

    /// <summary>A day's place in a year without 29 February, from 0; that day has the place of the 28th.</summary>
    public static int DayOf(LocalDate date)
    {
        var day = date.DayOfYear;
        return CalendarSystem.Iso.IsLeapYear(date.Year) && day >= FirstDayAfterFebruary29 ? day - 2 : day - 1;
    }

    /// <exception cref="ValuationRefusedException">There is no history, or a month of the year has an hour of the clock without any
    /// output.</exception>
    public static double[] Of(PeakCalendar calendar, HourlyHistory? history, GenerationHistory source)
    {
        if (history is null || history.Hours.Count == 0)
        {
            throw new ValuationRefusedException($"expected hours of output of {source.Location} from {source.Feed}, found none");
        }

        var table = TransitionTable.For(calendar.Zone);
        var (sums, counts) = (new double[Hours], new int[Hours]);
        var (monthSums, monthCounts) = (new double[12 * HoursOfClock], new int[12 * HoursOfClock]);
        foreach (var hour in history.Hours)
        {
            var local = table.ToLocal(hour.StartUnixSeconds);
            var date = LocalSeconds.ToDate(local);
            var ofClock = LocalSeconds.SecondOfDay(local) / LocalSeconds.PerHour;
            var share = Math.Max(hour.Price, 0) / source.CapacityMw;
            sums[(DayOf(date) * HoursOfClock) + ofClock] += share;
            counts[(DayOf(date) * HoursOfClock) + ofClock]++;
            monthSums[((date.Month - 1) * HoursOfClock) + ofClock] += share;
            monthCounts[((date.Month - 1) * HoursOfClock) + ofClock]++;
        }

        var date0 = new LocalDate(2001, 1, 1);
        for (var i = 0; i < Hours; i++)
        {
            var month = date0.PlusDays(i / HoursOfClock).Month;
            var cell = ((month - 1) * HoursOfClock) + (i % HoursOfClock);
            if (monthCounts[cell] == 0)
            {
                throw new ValuationRefusedException(
                    $"expected output of {source.Location} in every hour of a day of month {month}, found none at {i % HoursOfClock}:00");
            }

            sums[i] = counts[i] > 0 ? sums[i] / counts[i] : monthSums[cell] / monthCounts[cell];
        }

        return sums;
    }
}
