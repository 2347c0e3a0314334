using NodaTime;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>How much of a month lies between two days.</summary>
internal static class MonthShares
{
    /// <summary>Share of the month's hours of delivery from one day to another, both included; 0 to 1.</summary>
    public static double Between(in DeliveryState at, LocalDate? from, LocalDate? to)
    {
        var month = at.Month;
        var (first, last) = (month.OnDayOfMonth(1), month.ToDateInterval().End);
        var (begin, end) = (from is { } f && f > first ? f : first, to is { } t && t < last ? t : last);
        if (begin > end)
        {
            return 0;
        }

        if (begin == first && end == last)
        {
            return 1;
        }

        var delivery = at.View.Curve.Calendar;
        var hours = delivery.HoursOf(month);
        return hours == 0 ? 0 : (double)delivery.Calendar.CountHours(delivery.Block, begin, end) / hours;
    }
}
