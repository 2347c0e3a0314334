using NodaTime;

namespace Aurum.Market.Time;

/// <summary>A market's peak hours: which delivery hours belong to which block.</summary>
/// <remarks>Hours are those that the clock really ran: a day of 23 or 25 hours has one hour less or more in its night. A holiday
/// is an off-peak day, never a missing one.</remarks>
/// <param name="Name">For example <c>ercot</c>.</param>
/// <param name="Zone">The clock of the peak hours.</param>
/// <param name="FirstPeakHour">Hour ending, 1 to 24.</param>
/// <param name="LastPeakHour">Hour ending, 1 to 24, inclusive.</param>
/// <param name="LastPeakWeekday">Peak days run from Monday to this day.</param>
/// <param name="Holidays">Days that are off-peak whatever their weekday.</param>
public sealed record PeakCalendar(
    string Name,
    DateTimeZone Zone,
    int FirstPeakHour,
    int LastPeakHour,
    IsoDayOfWeek LastPeakWeekday,
    HolidayCalendar Holidays)
{
    /// <summary>Whose definition of the peak this is.</summary>
    public string Source { get; init; } = "";

    public bool Contains(Block block, HourEnding hour) =>
        Contains(block, hour.Hour, hour.Date.DayOfWeek, Holidays.Contains(hour.Date));

    /// <summary>Whether a block holds the hour that an instant falls into.</summary>
    public bool Contains(Block block, Instant instant)
    {
        var local = instant.InZone(Zone);
        return Contains(block, local.Hour + 1, local.DayOfWeek, Holidays.Contains(local.Date));
    }

    /// <summary>The hours of a block on an operating day, in the order of time.</summary>
    public IReadOnlyList<DeliveryInterval> Hours(Block block, LocalDate date)
    {
        var isHoliday = Holidays.Contains(date);
        var hours = new List<DeliveryInterval>(25);
        foreach (var label in HourEnding.Of(new OperatingDay(date, Zone)))
        {
            if (Contains(block, label.Hour, date.DayOfWeek, isHoliday))
            {
                hours.Add(label.ToInterval(Zone));
            }
        }

        return hours;
    }

    /// <summary>How many hours a block has in a month.</summary>
    public int CountHours(Block block, YearMonth month) => CountHours(block, month.OnDayOfMonth(1), month.ToDateInterval().End);

    /// <summary>How many hours a block has from a day to another, both included.</summary>
    public int CountHours(Block block, LocalDate first, LocalDate last)
    {
        if (block == Block.AllHours)
        {
            return (int)(Zone.AtStartOfDay(last.PlusDays(1)) - Zone.AtStartOfDay(first)).TotalHours;
        }

        var count = 0;
        var clock = Zone.GetZoneInterval(Zone.AtStartOfDay(first).ToInstant());
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            if (clock.HasEnd && date >= clock.IsoLocalEnd.Date)
            {
                count += Hours(block, date).Count;
                clock = Zone.GetZoneInterval(Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());
            }
            else
            {
                count += CountOfDayOf24Hours(block, date);
            }
        }

        return count;
    }

    private int CountOfDayOf24Hours(Block block, LocalDate date)
    {
        var isHoliday = Holidays.Contains(date);
        var count = 0;
        for (var hour = 1; hour <= 24; hour++)
        {
            count += Contains(block, hour, date.DayOfWeek, isHoliday) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether a block holds an hour, 1 to 24, of a kind of day.</summary>
    public bool Contains(Block block, int hourEnding, IsoDayOfWeek weekday, bool isHoliday)
    {
        var isPeakHour = hourEnding >= FirstPeakHour && hourEnding <= LastPeakHour;
        var isWeekday = weekday <= IsoDayOfWeek.Friday && !isHoliday;
        var isOnPeak = isPeakHour && weekday <= LastPeakWeekday && !isHoliday;
        return block switch
        {
            Block.AllHours => true,
            Block.OnPeak => isOnPeak,
            Block.OffPeak => !isOnPeak,
            Block.FiveBySixteen => isPeakHour && isWeekday,
            Block.TwoBySixteen => isPeakHour && !isWeekday,
            Block.SevenByEight => !isPeakHour,
            Block.SevenBySixteen => isPeakHour,
            _ => throw new ArgumentOutOfRangeException(nameof(block), block, "expected a block"),
        };
    }
}
