using Aurum.Curves.Building.Algebra;
using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using NodaTime;

namespace Aurum.Curves.Building.Smoothing;

/// <summary>Makes the smoothest daily forward curve whose means over the quotes' periods are their prices.</summary>
/// <remarks>
/// <para>Adams and van Deventer (1994), with the seasonal prior of Benth, Koekebakker and Ollmar (2007): the curve is prior + spline,
/// where the spline has the least integral of its squared second derivative among all that meet the quotes and end flat. That one is
/// of degree four between the ends of the quotes' periods, with three continuous derivatives; its amounts solve one small linear
/// system.</para>
/// <para>A day has the spline's value at noon, and weighs by its hours of delivery, so the means are exact for peak blocks, holidays
/// and days of 23 and 25 hours too. Quotes that repeat or contradict others are sorted out as in <see cref="MonthBootstrap"/>.</para>
/// </remarks>
public static class MaximumSmoothness
{
    /// <summary>Days of the unit in which derivatives are taken: a mean month, so that numbers are of size one.</summary>
    private const double UnitDays = 30.4375;

    /// <param name="quotes">Of one curve and one as-of date.</param>
    /// <param name="calendar">Whose hours weigh.</param>
    /// <param name="averaging">What the quotes of strips mean.</param>
    /// <param name="prior">Shape of a year; null: flat.</param>
    /// <returns>A refusal where no quote has a price for a month to come.</returns>
    public static Built<SmoothDays> Build(
        IReadOnlyList<BuildQuote> quotes,
        DeliveryCalendar calendar,
        Averaging averaging = Averaging.HourWeighted,
        MonthShape? prior = null)
    {
        var built = QuoteSystem.Of(quotes, calendar, averaging);
        return built.Value is { } system ? Solve(system, calendar, prior ?? MonthShape.Flat) : built.Refusal!;
    }

    private static SmoothDays Solve(QuoteSystem system, DeliveryCalendar calendar, MonthShape prior)
    {
        var origin = system.Months[0].OnDayOfMonth(1);
        var spline = new QuarticSpline(EndsOf(system, origin));
        var wave = new YearWave(prior, system.Equations.Average(static e => e.Quote.Price));
        var days = DaysOf(system, calendar, wave);
        var (rows, rest) = MonthRows(system, days, spline, origin);
        var roughness = spline.Roughness();
        var amounts = Amounts(system, spline, roughness, rows, rest);
        Span<double> values = stackalloc double[QuarticSpline.Active];
        for (var i = 0; i < days.Length; i++)
        {
            var first = spline.Evaluate(PlaceOf(days[i].Date, origin), 0, values);
            days[i] = days[i] with { Price = days[i].Price + Rows.Dot(values, amounts.AsSpan(first, QuarticSpline.Active)) };
        }

        return new SmoothDays(
            days, [.. system.Equations.Select(static e => new UsedQuote(e.Quote.Ref, e.Quote.Price, 1))], system.Repeated,
            system.Conflicts, system.Over, RoughnessOf(roughness, amounts));
    }

    /// <summary>First and last ends of the quotes' periods, as places.</summary>
    private static List<double> EndsOf(QuoteSystem system, LocalDate origin)
    {
        var ends = new SortedSet<double>();
        foreach (var (quote, _) in system.Equations)
        {
            var first = quote.Tenor.First.CompareTo(system.Months[0]) < 0 ? system.Months[0] : quote.Tenor.First;
            ends.Add(Period.DaysBetween(origin, first.OnDayOfMonth(1)) / UnitDays);
            ends.Add(Period.DaysBetween(origin, quote.Tenor.Last.PlusMonths(1).OnDayOfMonth(1)) / UnitDays);
        }

        return [.. ends];
    }

    /// <summary>Days of delivery of all months, with what the prior says of them.</summary>
    private static DayPrice[] DaysOf(QuoteSystem system, DeliveryCalendar calendar, YearWave wave)
    {
        var days = new List<DayPrice>(system.Months.Count * 31);
        foreach (var month in system.Months)
        {
            foreach (var date in month.ToDateInterval())
            {
                if (calendar.HoursOf(date) is > 0 and var hours)
                {
                    days.Add(new DayPrice(date, wave.Of(date), hours));
                }
            }
        }

        return [.. days];
    }

    /// <summary>For each month: what each piece of the spline adds to its mean, and what the prior does.</summary>
    private static (double[][] Rows, double[] Prior) MonthRows(
        QuoteSystem system, DayPrice[] days, QuarticSpline spline, LocalDate origin)
    {
        var rows = new double[system.Months.Count][];
        var prior = new double[rows.Length];
        Span<double> values = stackalloc double[QuarticSpline.Active];
        var day = 0;
        for (var month = 0; month < rows.Length; month++)
        {
            rows[month] = new double[spline.Count];
            for (; day < days.Length && days[day].Date.ToYearMonth() == system.Months[month]; day++)
            {
                var weight = (double)days[day].Hours / system.Hours[month];
                var first = spline.Evaluate(PlaceOf(days[day].Date, origin), 0, values);
                Rows.AddScaled(rows[month].AsSpan(first, QuarticSpline.Active), values, weight);
                prior[month] += weight * days[day].Price;
            }
        }

        return (rows, prior);
    }

    /// <summary>The amounts of the pieces: with G the roughness and A the quotes' means, G·a + Aᵀλ = 0 and A·a = b.</summary>
    private static double[] Amounts(QuoteSystem system, QuarticSpline spline, double[] roughness, double[][] rows, double[] prior)
    {
        var pieces = spline.Count;
        var size = pieces + system.Equations.Count + 1;
        var matrix = new double[size * size];
        var right = new double[size];
        for (var piece = 0; piece < pieces; piece++)
        {
            roughness.AsSpan(piece * pieces, pieces).CopyTo(matrix.AsSpan(piece * size));
        }

        for (var i = 0; i < system.Equations.Count; i++)
        {
            var (quote, weights) = system.Equations[i];
            var row = matrix.AsSpan((pieces + i) * size, size);
            right[pieces + i] = quote.Price - Rows.Dot(weights, prior);
            for (var month = 0; month < weights.Length; month++)
            {
                if (weights[month] != 0)
                {
                    Rows.AddScaled(row, rows[month], weights[month]);
                }
            }
        }

        FlattenEnd(spline, matrix.AsSpan((size - 1) * size, size));
        for (var row = pieces; row < size; row++)
        {
            for (var piece = 0; piece < pieces; piece++)
            {
                matrix[(piece * size) + row] = matrix[(row * size) + piece];
            }
        }

        return LinearSystem.Solve(matrix, right)[..pieces];
    }

    /// <summary>The first derivative at the last end, which is to be zero.</summary>
    private static void FlattenEnd(QuarticSpline spline, Span<double> row) =>
        spline.Evaluate(spline.End, 1, row[(spline.Count - QuarticSpline.Active)..spline.Count]);

    private static double RoughnessOf(double[] roughness, double[] amounts)
    {
        var sum = 0.0;
        for (var piece = 0; piece < amounts.Length; piece++)
        {
            sum += amounts[piece] * Rows.Dot(roughness.AsSpan(piece * amounts.Length, amounts.Length), amounts);
        }

        return sum;
    }

    /// <summary>Noon of a day.</summary>
    private static double PlaceOf(LocalDate date, LocalDate origin) => (Period.DaysBetween(origin, date) + 0.5) / UnitDays;
}
