using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Building.Shapes;

/// <summary>Finds the shape of hourly prices in a history. Pure.</summary>
public static class HourlyShapes
{
    private const int HoursOfClock = 24;
    private const int MonthsOfYear = 12;
    private const int MaxMonthsAround = 6;

    /// <param name="history">Prices of hours.</param>
    /// <param name="calendar">Whose clock and holidays.</param>
    /// <param name="kind">A ratio needs months whose mean is above zero.</param>
    /// <param name="rules">How much history is enough; null: the defaults.</param>
    /// <returns>A refusal where the history is too short.</returns>
    public static Built<HourlyShape> Of(HourlyHistory history, PeakCalendar calendar, ShapeKind kind, ShapeRules? rules = null)
    {
        rules ??= new ShapeRules();
        var sums = new Cell[MonthsOfYear * DayTypes.Count * HoursOfClock];
        var used = new List<YearMonth>();
        var leftOut = new List<string>();
        foreach (var month in MonthsOf(history, calendar))
        {
            if (ReasonAgainst(month, calendar, kind, rules) is { } reason)
            {
                leftOut.Add(reason);
                continue;
            }

            used.Add(month.Month);
            Add(sums, month, kind);
        }

        if (used.Count < rules.MinMonths || used.Count == 0)
        {
            return Refuse($"at least {Math.Max(rules.MinMonths, 1)} months with a price in {rules.MinMonthShare:P0} of their hours",
                $"{used.Count} ({string.Join("; ", leftOut.DefaultIfEmpty("no hours at all"))})");
        }

        var rows = new ShapeRow[MonthsOfYear * DayTypes.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var (month, day) = ((i / DayTypes.Count) + 1, (DayType)(i % DayTypes.Count));
            if (RowOf(sums, month, day, rules) is not { } row)
            {
                return Refuse($"{rules.MinSamples} prices for each hour of a {day}", "fewer in the whole history");
            }

            rows[i] = row;
        }

        return new HourlyShape(kind, calendar, rows, used, leftOut);
    }

    private static Built<HourlyShape> Refuse(string expected, string found) =>
        Built<HourlyShape>.Refuse(RefusalReason.ShortHistory, $"expected {expected}, found {found}");

    private static List<MonthHistory> MonthsOf(HourlyHistory history, PeakCalendar calendar)
    {
        var months = new List<MonthHistory>();
        foreach (var hour in history.Hours)
        {
            var local = Instant.FromUnixTimeSeconds(hour.StartUnixSeconds).InZone(calendar.Zone);
            var month = local.Date.ToYearMonth();
            if (months.Count == 0 || months[^1].Month != month)
            {
                months.Add(new MonthHistory(month, []));
            }

            var day = DayTypes.Of(local.DayOfWeek, calendar.Holidays.Contains(local.Date));
            months[^1].Hours.Add((day, local.Hour, hour.Price));
        }

        return months;
    }

    private static string? ReasonAgainst(MonthHistory month, PeakCalendar calendar, ShapeKind kind, ShapeRules rules)
    {
        var expected = calendar.CountHours(Block.AllHours, month.Month);
        if (month.Hours.Count < rules.MinMonthShare * expected)
        {
            return $"{month.Month:uuuu-MM} is left out: {month.Hours.Count} of {expected} hours";
        }

        return kind == ShapeKind.Ratio && month.Mean <= 0
            ? FormattableString.Invariant($"{month.Month:uuuu-MM} is left out: no ratio to a mean of {month.Mean:0.##}")
            : null;
    }

    private static void Add(Cell[] sums, MonthHistory month, ShapeKind kind)
    {
        var mean = month.Mean;
        foreach (var (day, hour, price) in month.Hours)
        {
            ref var cell = ref sums[IndexOf(month.Month.Month, day, hour)];
            cell.Sum += kind == ShapeKind.Ratio ? price / mean : price - mean;
            cell.Count++;
        }
    }

    /// <summary>A day of the shape, with as few months around it as give every hour enough prices.</summary>
    private static ShapeRow? RowOf(Cell[] sums, int month, DayType day, ShapeRules rules)
    {
        for (var around = 0; around <= MaxMonthsAround; around++)
        {
            var byHour = new double[HoursOfClock];
            var samples = int.MaxValue;
            for (var hour = 0; hour < HoursOfClock; hour++)
            {
                var (sum, count) = (0.0, 0);
                for (var step = -around; step <= (around == MaxMonthsAround ? around - 1 : around); step++)
                {
                    var cell = sums[IndexOf(((month - 1 + step + MonthsOfYear) % MonthsOfYear) + 1, day, hour)];
                    sum += cell.Sum;
                    count += cell.Count;
                }

                samples = Math.Min(samples, count);
                byHour[hour] = sum / count;
            }

            if (samples >= Math.Max(rules.MinSamples, 1))
            {
                return new ShapeRow(month, day, byHour, samples, around);
            }
        }

        return null;
    }

    private static int IndexOf(int month, DayType day, int hour) => ((((month - 1) * DayTypes.Count) + (int)day) * HoursOfClock) + hour;

    private struct Cell
    {
        public double Sum;
        public int Count;
    }

    private sealed record MonthHistory(YearMonth Month, List<(DayType Day, int Hour, double Price)> Hours)
    {
        public double Mean => Hours.Average(static h => h.Price);
    }
}
