using NodaTime;

namespace Aurum.Market.Time;

/// <summary>One delivery hour labelled by the local hour it begins at (0 to 23): NYISO and PJM hourly files, ISO New England's
/// web service.</summary>
public readonly record struct HourBeginning
{
    public HourBeginning(LocalDate date, int hour, bool isRepeated = false)
    {
        if (hour is < 0 or > 23)
        {
            throw new ArgumentOutOfRangeException(nameof(hour), hour, "expected an hour beginning from 0 to 23");
        }

        Date = date;
        Hour = hour;
        IsRepeated = isRepeated;
    }

    public LocalDate Date { get; }

    /// <summary>0 to 23.</summary>
    public int Hour { get; }

    public bool IsRepeated { get; }

    /// <exception cref="TimeLabelException">That day has no such hour.</exception>
    public DeliveryInterval ToInterval(DateTimeZone zone) =>
        TransitionTable.For(zone).TryGetHour(Date, Hour, IsRepeated, out var interval)
            ? interval
            : throw TimeLabelException.NoSuchHour(ToString(), Date, zone);

    /// <inheritdoc cref="HourEnding.FromInterval"/>
    public static HourBeginning FromInterval(DeliveryInterval hour, DateTimeZone zone)
    {
        var ending = HourEnding.FromInterval(hour, zone);
        return new HourBeginning(ending.Date, ending.Hour - 1, ending.IsRepeated);
    }

    /// <summary>Day and label: <c>2025-11-02 HB01*</c>.</summary>
    public override string ToString() => $"{Date:uuuu-MM-dd} HB{Hour:00}{(IsRepeated ? "*" : "")}";
}
