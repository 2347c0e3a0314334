using NodaTime;

namespace Aurum.Market.Time;

/// <summary>Which of the two passes of a repeated hour a publisher's flag marks.</summary>
public enum FlaggedPass
{
    /// <summary>The flag is set after the clock went back (standard time): "repeated hour".</summary>
    Second,

    /// <summary>The flag is set before the clock goes back (daylight time), in the repeated hour alone.</summary>
    First,
}

/// <summary>Reads labels whose repeated hour is told by a flag beside them: ERCOT's DSTFlag and RepeatedHourFlag.</summary>
/// <remarks>Both readings of ERCOT's flag are held by somebody; they differ in one hour a year. The default is the second pass:
/// the flag is false in the first hour of that day, which is daylight time too; sister reports call it "repeated hour flag"; and
/// rows of 2025-11-02 that carry UTC beside it have it set at 07:13Z only (gridstatus pull request 703). The other reading is one
/// setting.</remarks>
public readonly record struct RepeatedHourFlag(FlaggedPass Marks = FlaggedPass.Second)
{
    /// <summary>The delivery hour that ends at a local hour, with its flag.</summary>
    /// <exception cref="TimeLabelException">That day has no such hour, or the flag is set on an hour that runs once.</exception>
    public HourEnding Hour(LocalDate date, int hour, bool isFlagged, DateTimeZone zone)
    {
        var plain = new HourEnding(date, hour);
        var match = TransitionTable.For(zone).Match(LocalSeconds.Of(date) + ((hour - 1) * LocalSeconds.PerHour));
        if (match.Count == 0)
        {
            throw TimeLabelException.NoSuchHour(plain.ToString(), date, zone);
        }

        if (match.Count == 1 && isFlagged)
        {
            throw TimeLabelException.NoSuchHour($"{plain} with its flag set", date, zone);
        }

        return new HourEnding(date, hour, match.Count == 2 && IsSecondPass(isFlagged));
    }

    /// <summary>A reading of the wall clock, with its flag.</summary>
    /// <exception cref="TimeLabelException">The clock never showed this, or the flag is set on a reading that comes
    /// once.</exception>
    public LocalStamp Stamp(LocalDateTime reading, bool isFlagged, DateTimeZone zone)
    {
        var match = TransitionTable.For(zone).Match(LocalSeconds.Of(reading));
        if (match.Count == 1 && isFlagged)
        {
            throw TimeLabelException.ShownOnce($"{new LocalStamp(reading)} with its flag set", zone);
        }

        return new LocalStamp(reading, match.Count == 2 && IsSecondPass(isFlagged));
    }

    /// <summary>The flag that belongs beside an hour's label.</summary>
    public bool IsSetFor(HourEnding hour, DateTimeZone zone) =>
        TransitionTable.For(zone).Match(LocalSeconds.Of(hour.Date) + ((hour.Hour - 1) * LocalSeconds.PerHour)).Count == 2
        && hour.IsRepeated == (Marks == FlaggedPass.Second);

    private bool IsSecondPass(bool isFlagged) => isFlagged == (Marks == FlaggedPass.Second);
}
