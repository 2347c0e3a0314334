using Aurum.Curves.Building.Shapes;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Ppa.Delivery;

/// <summary>The hours of whole months on a market's clock, and the days of them that a contract delivers on.</summary>
/// <remarks>Hours follow each other in UTC without a gap: a day of a clock change has 23 or 25 of them, a leap year 29 February. Peaks
/// and types of days are the calendar's. Months are whole, so that a month's mean price can be kept where a contract has but a part of
/// it.</remarks>
public sealed class DeliveryGrid
{
    /// <summary>Longest grid, years.</summary>
    public const int MaxYears = 60;

    private const int HoursOfClock = 24;

    private DeliveryGrid(PeakCalendar calendar, LocalDate first, LocalDate last)
    {
        Calendar = calendar;
        First = first;
        Last = last;
    }

    public PeakCalendar Calendar { get; }

    /// <summary>First day of the contract that is valued.</summary>
    public LocalDate First { get; }

    /// <summary>Its last day.</summary>
    public LocalDate Last { get; }

    /// <summary>Start of the first hour of the first month, seconds since 1970-01-01T00:00:00Z. Hour i begins 3,600 x i seconds
    /// later.</summary>
    public long StartUnixSeconds { get; private init; }

    /// <summary>Hours of all months.</summary>
    public int Hours => OnPeak.Length;

    /// <summary>First hour of the contract.</summary>
    public int FirstHour { get; private init; }

    /// <summary>Hours of the contract.</summary>
    public int ContractHours { get; private init; }

    /// <summary>The months, in order.</summary>
    public required IReadOnlyList<GridMonth> Months { get; init; }

    /// <summary>The days of all months, in order.</summary>
    public required IReadOnlyList<GridDay> Days { get; init; }

    /// <summary>For each hour whether it is one of the peak.</summary>
    internal bool[] OnPeak { get; private init; } = [];

    /// <summary>For each hour its place in a table by calendar month, type of day and hour of the clock.</summary>
    internal ushort[] ShapeCells { get; private init; } = [];

    /// <summary>Whether an hour is one of the peak.</summary>
    public bool IsOnPeak(int hour) => OnPeak[hour];

    /// <summary>Lays out the months of two days and all between.</summary>
    /// <param name="first">First day that is delivered.</param>
    /// <param name="last">Last day, included.</param>
    /// <exception cref="ArgumentException">The last day is before the first, or more than <see cref="MaxYears"/> after it.</exception>
    public static DeliveryGrid Of(PeakCalendar calendar, LocalDate first, LocalDate last)
    {
        if (last < first || last >= first.PlusYears(MaxYears))
        {
            throw new ArgumentException(
                $"expected a last day from {first:uuuu-MM-dd} on, at most {MaxYears} years, found {last:uuuu-MM-dd}");
        }

        var begin = first.ToYearMonth().OnDayOfMonth(1);
        var end = last.ToYearMonth().ToDateInterval().End;
        var days = DaysOf(calendar, begin, end);
        var hours = days[^1].FirstHour + days[^1].Hours;
        var (onPeak, cells) = HoursOf(calendar, days, hours);
        var firstDay = days[Period.DaysBetween(begin, first)];
        var lastDay = days[Period.DaysBetween(begin, last)];
        return new DeliveryGrid(calendar, first, last)
        {
            StartUnixSeconds = days[0].StartUnixSeconds,
            Months = MonthsOf(days),
            Days = days,
            OnPeak = onPeak,
            ShapeCells = cells,
            FirstHour = firstDay.FirstHour,
            ContractHours = lastDay.FirstHour + lastDay.Hours - firstDay.FirstHour,
        };
    }

    /// <summary>Place of a day in <see cref="Days"/>.</summary>
    public int DayIndexOf(LocalDate date) => Period.DaysBetween(Days[0].Date, date);

    private static GridDay[] DaysOf(PeakCalendar calendar, LocalDate begin, LocalDate end)
    {
        var table = TransitionTable.For(calendar.Zone);
        var days = new GridDay[Period.DaysBetween(begin, end) + 1];
        var holidays = new HashSet<LocalDate>();
        for (var year = begin.Year; year <= end.Year; year++)
        {
            holidays.UnionWith(calendar.Holidays.In(year));
        }

        var date = begin;
        var start = StartOf(table, calendar, date);
        var hour = 0;
        for (var i = 0; i < days.Length; i++)
        {
            var tomorrow = date.PlusDays(1);
            var next = StartOf(table, calendar, tomorrow);
            var hours = (int)((next - start) / LocalSeconds.PerHour);
            var isHoliday = holidays.Contains(date);
            days[i] = new GridDay(date, start, hour, hours, DayTypes.Of(date.DayOfWeek, isHoliday), isHoliday);
            hour += hours;
            (date, start) = (tomorrow, next);
        }

        return days;
    }

    /// <summary>Where a day begins; by the zone itself where midnight does not exist or comes twice.</summary>
    private static long StartOf(TransitionTable table, PeakCalendar calendar, LocalDate date)
    {
        var match = table.Match(LocalSeconds.Of(date));
        return match.Count == 1 ? match.First : calendar.Zone.AtStartOfDay(date).ToInstant().ToUnixTimeSeconds();
    }

    private static (bool[] OnPeak, ushort[] Cells) HoursOf(PeakCalendar calendar, GridDay[] days, int hours)
    {
        var table = TransitionTable.For(calendar.Zone);
        var onPeak = new bool[hours];
        var cells = new ushort[hours];
        foreach (ref readonly var day in days.AsSpan())
        {
            var row = (((day.Date.Month - 1) * DayTypes.Count) + (int)day.Type) * HoursOfClock;
            var weekday = day.Date.DayOfWeek;
            for (var i = 0; i < day.Hours; i++)
            {
                var ofClock = day.Hours == HoursOfClock
                    ? i
                    : LocalSeconds.SecondOfDay(table.ToLocal(day.StartUnixSeconds + (i * LocalSeconds.PerHour))) / LocalSeconds.PerHour;
                onPeak[day.FirstHour + i] = calendar.Contains(Block.OnPeak, ofClock + 1, weekday, day.IsHoliday);
                cells[day.FirstHour + i] = (ushort)(row + ofClock);
            }
        }

        return (onPeak, cells);
    }

    private static List<GridMonth> MonthsOf(GridDay[] days)
    {
        var months = new List<GridMonth>();
        var firstDay = 0;
        for (var i = 1; i <= days.Length; i++)
        {
            if (i < days.Length && days[i].Date.Day != 1)
            {
                continue;
            }

            var last = days[i - 1];
            var first = days[firstDay];
            months.Add(new GridMonth(
                first.Date.ToYearMonth(), first.FirstHour, last.FirstHour + last.Hours - first.FirstHour, firstDay, i - firstDay));
            firstDay = i;
        }

        return months;
    }
}

/// <summary>A whole month of a grid.</summary>
/// <param name="Month">Which.</param>
/// <param name="FirstHour">Its first hour.</param>
/// <param name="Hours">How many it has.</param>
/// <param name="FirstDay">Its first day.</param>
/// <param name="DayCount">How many it has.</param>
public readonly record struct GridMonth(YearMonth Month, int FirstHour, int Hours, int FirstDay, int DayCount);

/// <summary>A day of a grid.</summary>
/// <param name="Date">Local day.</param>
/// <param name="StartUnixSeconds">Where it begins.</param>
/// <param name="FirstHour">Its first hour.</param>
/// <param name="Hours">23, 24 or 25.</param>
/// <param name="Type">Type of day.</param>
/// <param name="IsHoliday">Whether it is off-peak as a holiday.</param>
public readonly record struct GridDay(LocalDate Date, long StartUnixSeconds, int FirstHour, int Hours, DayType Type, bool IsHoliday);
