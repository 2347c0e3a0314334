using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Smoothing;

namespace Aurum.Curves.Building;

/// <summary>Prices of months or days, whatever method made them, and the quotes behind them.</summary>
internal sealed record ForwardPeriods(
    IReadOnlyList<ForwardPeriod> Periods,
    IReadOnlyList<UsedQuote> Used,
    IReadOnlyList<BuildQuote> Repeated,
    IReadOnlyList<QuoteConflict> Conflicts,
    IReadOnlyList<BuildQuote> Over)
{
    /// <summary>Months as they are; for days, each day with the price of its month. Hours are laid on months.</summary>
    public static ForwardPeriods Of(BootstrappedMonths months, DeliveryCalendar calendar, CurveGranularity granularity) => new(
        [.. granularity == CurveGranularity.Day ? months.Months.SelectMany(m => DaysOf(m, calendar)) : months.Months.Select(MonthOf)],
        months.Used, months.Repeated, months.Conflicts, months.Over);

    /// <summary>Days as they are, also below hours; for months, the means of their days by hours.</summary>
    public static ForwardPeriods Of(SmoothDays days, CurveGranularity granularity) => new(
        [.. granularity == CurveGranularity.Month ? MonthsOf(days) : days.Days.Select(DayOf)],
        days.Used, days.Repeated, days.Conflicts, days.Over);

    private static ForwardPeriod MonthOf(MonthPrice month) => new(
        new PeriodPrice(month.Month.OnDayOfMonth(1), month.Month.ToDateInterval().End, month.Price), month.Hours, month.Origin);

    private static ForwardPeriod DayOf(DayPrice day) =>
        new(new PeriodPrice(day.Date, day.Date, day.Price), day.Hours, PriceOrigin.Shaped);

    private static IEnumerable<ForwardPeriod> DaysOf(MonthPrice month, DeliveryCalendar calendar) =>
        from date in month.Month.ToDateInterval()
        let hours = calendar.HoursOf(date)
        where hours > 0
        select new ForwardPeriod(new PeriodPrice(date, date, month.Price), hours, month.Origin);

    private static IEnumerable<ForwardPeriod> MonthsOf(SmoothDays days) =>
        from month in days.Days.GroupBy(static d => d.Date.ToYearMonth())
        let hours = month.Sum(static d => d.Hours)
        let price = month.Sum(static d => d.Price * d.Hours) / hours
        select new ForwardPeriod(
            new PeriodPrice(month.Key.OnDayOfMonth(1), month.Key.ToDateInterval().End, price), hours, PriceOrigin.Shaped);
}

/// <summary>The price of a period, with its hours of delivery and how it is known.</summary>
internal readonly record struct ForwardPeriod(PeriodPrice Period, int Hours, PriceOrigin Origin);
