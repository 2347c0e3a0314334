using Aurum.Market.Time;

namespace Aurum.Sources.Spp;

/// <summary>How SPP writes the end of an interval as Central time, beside the same end in GMT and in names of files.</summary>
/// <remarks>
/// <para>Hours are named by the reading that their own clock would show at their end. The day the clock goes back has 02:00 twice
/// (07:00 and 08:00 GMT), the second with a <c>d</c> in names; the day it jumps ahead goes from 01:00 to 03:00.</para>
/// <para>Five-minute ends are what the wall clock shows: 01:00 to 01:55 come twice, the second time with a <c>d</c>.</para>
/// </remarks>
internal static class SppLabel
{
    public const int HourSeconds = LocalSeconds.PerHour;

    private static readonly TransitionTable Clock = TransitionTable.For(MarketZones.Central);

    /// <summary>Label of an hour's end in seconds on the Central clock, and whether it is the second of that name.</summary>
    public static (long Reading, bool IsSecond) OfHour(long end)
    {
        var start = end - HourSeconds;
        var begin = Clock.Match(Clock.ToLocal(start));
        var reading = begin.LocalSeconds + HourSeconds;
        return (Clock.Match(reading).Count == 0 ? Clock.ToLocal(end) : reading, begin.Count == 2 && begin.Second == start);
    }

    /// <summary>The end of the hour that has a label; null where no hour has it.</summary>
    public static long? EndOfHour(long reading, bool isSecond)
    {
        var match = Clock.Match(reading);
        if (match.Count == 0)
        {
            return null;
        }

        ReadOnlySpan<long> candidates = [match.First, match.Second, match.First - HourSeconds];
        foreach (var end in candidates)
        {
            if (OfHour(end) == (reading, isSecond))
            {
                return end;
            }
        }

        return null;
    }

    /// <summary>Whether a Central label may stand beside an end in GMT: as above, or as the wall clock shows the end.</summary>
    public static bool Fits(long label, long end, int seconds) =>
        label == Clock.ToLocal(end) || label == Clock.ToLocal(end - seconds) + seconds;

    /// <summary>Text of a five-minute end in names of files: <c>202511020105d</c>.</summary>
    public static string NameOfInterval(long end)
    {
        var match = Clock.Match(Clock.ToLocal(end));
        return Name(match.LocalSeconds, match.Count == 2 && match.Second == end);
    }

    public static string NameOfHour(long end)
    {
        var (reading, isSecond) = OfHour(end);
        return Name(reading, isSecond);
    }

    private static string Name(long reading, bool isSecond) =>
        $"{LocalSeconds.ToLocalDateTime(reading):uuuuMMddHHmm}{(isSecond ? "d" : "")}";
}
