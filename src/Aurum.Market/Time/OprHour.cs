using NodaTime;

namespace Aurum.Market.Time;

/// <summary>CAISO's operating hour (OPR_HR): an hour ending, but 25 is the second of the two hours that end at 2 when the clock
/// goes back. So it is not monotone in time: 1, 2, 25, 3, ..., 24. In spring, 3 is left out.</summary>
public readonly record struct OprHour
{
    /// <summary>The number that stands for the repeated hour.</summary>
    public const int Repeated = 25;

    public OprHour(LocalDate date, int hour)
    {
        if (hour is < 1 or > Repeated)
        {
            throw new ArgumentOutOfRangeException(nameof(hour), hour, "expected an OPR_HR from 1 to 25");
        }

        Date = date;
        Hour = hour;
    }

    public LocalDate Date { get; }

    /// <summary>1 to 25.</summary>
    public int Hour { get; }

    /// <exception cref="TimeLabelException">That day has no such hour.</exception>
    public DeliveryInterval ToInterval(DateTimeZone zone) =>
        TransitionTable.For(zone).TryGetHour(Date, Hour == Repeated ? 1 : Hour - 1, Hour == Repeated, out var interval)
            ? interval
            : throw TimeLabelException.NoSuchHour(ToString(), Date, zone);

    /// <inheritdoc cref="HourEnding.FromInterval"/>
    public static OprHour FromInterval(DeliveryInterval hour, DateTimeZone zone)
    {
        var ending = HourEnding.FromInterval(hour, zone);
        return new OprHour(ending.Date, ending.IsRepeated ? Repeated : ending.Hour);
    }

    /// <summary>Day and label: <c>2025-11-02 OPR_HR 25</c>.</summary>
    public override string ToString() => $"{Date:uuuu-MM-dd} OPR_HR {Hour}";
}
