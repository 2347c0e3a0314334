using NodaTime;

namespace Aurum.Market.Time;

/// <summary>A delivery hour by its place in the day, counted as time runs: 1 to 23, 24 or 25. ERCOT's 2-day ancillary reports
/// list the autumn day so, with 25 as the last hour before midnight.</summary>
/// <remarks>Source for ERCOT: gridstatus pull request 473 reads the report of 2024-11-03 in this way.</remarks>
public readonly record struct RunningHour
{
    public RunningHour(LocalDate date, int number)
    {
        if (number is < 1 or > 25)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "expected a running hour from 1 to 25");
        }

        Date = date;
        Number = number;
    }

    public LocalDate Date { get; }

    /// <summary>1 to 25.</summary>
    public int Number { get; }

    /// <exception cref="TimeLabelException">That day is shorter.</exception>
    public DeliveryInterval ToInterval(DateTimeZone zone)
    {
        var day = new OperatingDay(Date, zone);
        return Number <= day.Hours
            ? DeliveryInterval.StartingAt(day.Start + Duration.FromHours(Number - 1), 60)
            : throw TimeLabelException.NoSuchHour(ToString(), Date, zone);
    }

    /// <inheritdoc cref="HourEnding.FromInterval"/>
    public static RunningHour FromInterval(DeliveryInterval hour, DateTimeZone zone)
    {
        var date = HourEnding.FromInterval(hour, zone).Date;
        return new RunningHour(date, (int)(hour.Start - new OperatingDay(date, zone).Start).TotalHours + 1);
    }

    /// <summary>Day and label: <c>2024-11-03 hour 25</c>.</summary>
    public override string ToString() => $"{Date:uuuu-MM-dd} hour {Number}";
}
