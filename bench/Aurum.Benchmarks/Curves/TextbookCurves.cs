using Aurum.Curves.Building;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Strips;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Curves;

/// <summary>Curve building as it is printed: every unknown and every condition in one dense system, solved by Gaussian elimination;
/// hours one after the other.</summary>
internal static class TextbookCurves
{
    private const int Coefficients = 5;

    /// <summary>Prices of months that are nearest to their mean and meet all quotes: Lagrange's conditions. Quotes that follow from
    /// others would make the system singular, so a small amount is taken from each multiplier's diagonal.</summary>
    public static double[] Bootstrap(IReadOnlyList<BuildQuote> quotes, DeliveryCalendar calendar)
    {
        var months = quotes.SelectMany(q => StripTenors.MonthsOf(q.Tenor)).Distinct().Order()
            .Where(m => m.CompareTo(quotes[0].Tenor.First) >= 0).ToList();
        var size = months.Count + quotes.Count;
        var system = NewSystem(size);
        for (var i = 0; i < months.Count; i++)
        {
            system[i][i] = 1;
            system[i][size] = quotes.Average(q => q.Price);
        }

        for (var q = 0; q < quotes.Count; q++)
        {
            var row = months.Count + q;
            var inside = months.Where(quotes[q].Tenor.Contains).ToList();
            var hours = inside.Sum(calendar.HoursOf);
            foreach (var month in inside)
            {
                var at = months.IndexOf(month);
                system[row][at] = system[at][row] = (double)calendar.HoursOf(month) / hours;
            }

            system[row][row] = -1e-9;
            system[row][size] = quotes[q].Price;
        }

        return Eliminate(system);
    }

    /// <summary>A polynomial of degree four a month, joined with two derivatives and flat at the end: Benth, Koekebakker and Ollmar.
    /// </summary>
    /// <returns>Months.</returns>
    public static int Smooth(IReadOnlyList<BuildQuote> months, DeliveryCalendar calendar)
    {
        var count = months.Count;
        var unknowns = Coefficients * count;
        var conditions = (3 * (count - 1)) + count + 1;
        var system = NewSystem(unknowns + conditions);
        for (var month = 0; month < count; month++)
        {
            Roughness(system, Coefficients * month);
        }

        var row = unknowns;
        for (var joint = 1; joint < count; joint++)
        {
            for (var derivative = 0; derivative < 3; derivative++, row++)
            {
                for (var power = 0; power < Coefficients; power++)
                {
                    Set(system, row, (Coefficients * (joint - 1)) + power, Derivative(power, derivative, 1));
                    Set(system, row, (Coefficients * joint) + power, -Derivative(power, derivative, 0));
                }
            }
        }

        for (var month = 0; month < count; month++, row++)
        {
            Mean(system, row, Coefficients * month, months[month], calendar);
        }

        for (var power = 0; power < Coefficients; power++)
        {
            Set(system, row, (Coefficients * (count - 1)) + power, Derivative(power, 1, 1));
        }

        return Eliminate(system).Length > 0 ? count : 0;
    }

    /// <summary>Each hour's block, number of the shape and month are looked up for itself.</summary>
    /// <returns>Hours.</returns>
    public static int Hours(HourlyShape shape, BlockForwards forwards)
    {
        var zone = shape.Calendar.Zone;
        var count = 0;
        foreach (var period in forwards.Periods)
        {
            var start = zone.AtStartOfDay(period.First).ToInstant();
            var hours = (int)(zone.AtStartOfDay(period.Last.PlusDays(1)).ToInstant() - start).TotalHours;
            var shaped = Enumerable.Range(0, hours).Select(i => start + Duration.FromHours(i))
                .Where(hour => shape.Calendar.Contains(forwards.Block, hour))
                .Select(hour => (Hour: hour, Local: hour.InZone(zone)))
                .Select(h => (h.Hour, Value: shape.Of(h.Local.Month, DayOf(h.Local, shape.Calendar))[h.Local.Hour])).ToList();
            var mean = shaped.Average(h => h.Value);
            count += shaped.Select(h => new HourPrice(h.Hour.ToUnixTimeSeconds(), h.Value / mean * period.Price)).ToList().Count;
        }

        return count;
    }

    public static DayType DayOf(ZonedDateTime local, PeakCalendar calendar) =>
        local.DayOfWeek == IsoDayOfWeek.Sunday || calendar.Holidays.Contains(local.Date) ? DayType.Sunday
        : local.DayOfWeek == IsoDayOfWeek.Saturday ? DayType.Saturday
        : DayType.Weekday;

    /// <summary>The integral of the squared second derivative of one polynomial, from 0 to 1.</summary>
    private static void Roughness(double[][] system, int at)
    {
        for (var a = 2; a < Coefficients; a++)
        {
            for (var b = 2; b < Coefficients; b++)
            {
                system[at + a][at + b] = (double)(a * (a - 1) * b * (b - 1)) / (a + b - 3);
            }
        }
    }

    private static void Mean(double[][] system, int row, int at, BuildQuote quote, DeliveryCalendar calendar)
    {
        var days = quote.Tenor.First.ToDateInterval();
        var hours = calendar.HoursOf(quote.Tenor.First);
        foreach (var date in days)
        {
            var weight = (double)calendar.HoursOf(date) / hours;
            for (var power = 0; power < Coefficients; power++)
            {
                var value = weight * Math.Pow((date.Day - 0.5) / days.Length, power);
                Set(system, row, at + power, system[row][at + power] + value);
            }
        }

        system[row][^1] = quote.Price;
    }

    private static double Derivative(int power, int order, double at)
    {
        var factor = 1.0;
        for (var i = 0; i < order; i++)
        {
            factor *= power - i;
        }

        return factor == 0 ? 0 : factor * Math.Pow(at, power - order);
    }

    private static void Set(double[][] system, int row, int column, double value) =>
        system[row][column] = system[column][row] = value;

    private static double[][] NewSystem(int size) => [.. Enumerable.Range(0, size).Select(_ => new double[size + 1])];

    private static double[] Eliminate(double[][] system)
    {
        var size = system.Length;
        for (var step = 0; step < size; step++)
        {
            var pivot = step;
            for (var row = step + 1; row < size; row++)
            {
                pivot = Math.Abs(system[row][step]) > Math.Abs(system[pivot][step]) ? row : pivot;
            }

            (system[step], system[pivot]) = (system[pivot], system[step]);
            for (var row = step + 1; row < size; row++)
            {
                var factor = system[row][step] / system[step][step];
                for (var column = step; column <= size; column++)
                {
                    system[row][column] -= factor * system[step][column];
                }
            }
        }

        var x = new double[size];
        for (var row = size - 1; row >= 0; row--)
        {
            x[row] = (system[row][size] - Enumerable.Range(row + 1, size - row - 1).Sum(c => system[row][c] * x[c])) / system[row][row];
        }

        return x;
    }
}
