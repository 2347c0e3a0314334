using NodaTime;

namespace Aurum.Market.Time;

/// <summary>The days of the year that count as weekend days in a power market.</summary>
/// <param name="Name">For example <c>nerc</c>.</param>
/// <param name="Rules">One a holiday.</param>
public sealed record HolidayCalendar(string Name, IReadOnlyList<HolidayRule> Rules)
{
    public bool Contains(LocalDate date)
    {
        foreach (var rule in Rules)
        {
            if (rule.In(date.Year) == date)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The holidays of a year, in order.</summary>
    public IReadOnlyList<LocalDate> In(int year) => Rules.Select(rule => rule.In(year)).Order().ToList();
}
