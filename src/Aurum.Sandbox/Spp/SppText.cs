using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Spp;

/// <summary>How SPP writes times in cells and in names of files.</summary>
internal static class SppText
{
    private const int Hour = SppBooks.HourSeconds;

    /// <summary>The end of an hour as SPP names it: the reading that the hour's own clock would show then; where there is none, what the
    /// clock shows.</summary>
    public static LocalDateTime HourLabel(long end)
    {
        var reading = Local(end - Hour).PlusSeconds(Hour);
        return MarketZones.Central.MapLocal(reading).Count == 0 ? Local(end) : reading;
    }

    /// <summary>Name of an hour in file names: <c>202511020200d</c> for the second one of that name.</summary>
    public static string HourName(long end) => Name(HourLabel(end), IsSecondPass(end - Hour));

    public static string IntervalName(long end) => Name(Local(end), IsSecondPass(end));

    public static LocalDateTime Local(long unixSeconds) =>
        Instant.FromUnixTimeSeconds(unixSeconds).InZone(MarketZones.Central).LocalDateTime;

    public static LocalDateTime Gmt(long unixSeconds) => Instant.FromUnixTimeSeconds(unixSeconds).InUtc().LocalDateTime;

    /// <summary><c>03/19/2025 06:00:00</c>; as a spreadsheet saves it: <c>3/19/2025 6:00</c>.</summary>
    public static void Stamp(RowWriter writer, LocalDateTime at, bool isResaved = false)
    {
        Number(writer, at.Month, isResaved);
        writer.Byte((byte)'/');
        Number(writer, at.Day, isResaved);
        writer.Byte((byte)'/');
        writer.Digits(at.Year, 4);
        writer.Byte((byte)' ');
        Number(writer, at.Hour, isResaved);
        writer.Byte((byte)':');
        writer.Digits(at.Minute, 2);
        if (!isResaved)
        {
            writer.Byte((byte)':');
            writer.Digits(at.Second, 2);
        }
    }

    /// <summary><c>2026-03-25T05:00:00Z</c>.</summary>
    public static void Iso(RowWriter writer, long unixSeconds)
    {
        var at = Gmt(unixSeconds);
        writer.Digits(at.Year, 4);
        writer.Byte((byte)'-');
        writer.Digits(at.Month, 2);
        writer.Byte((byte)'-');
        writer.Digits(at.Day, 2);
        writer.Byte((byte)'T');
        writer.Digits(at.Hour, 2);
        writer.Byte((byte)':');
        writer.Digits(at.Minute, 2);
        writer.Byte((byte)':');
        writer.Digits(at.Second, 2);
        writer.Byte((byte)'Z');
    }

    private static void Number(RowWriter writer, int value, bool isResaved) => writer.Digits(value, isResaved && value < 10 ? 1 : 2);

    private static bool IsSecondPass(long unixSeconds)
    {
        var at = Instant.FromUnixTimeSeconds(unixSeconds);
        var match = MarketZones.Central.MapLocal(at.InZone(MarketZones.Central).LocalDateTime);
        return match.Count == 2 && match.Last().ToInstant() == at;
    }

    private static string Name(LocalDateTime reading, bool isSecond) => $"{reading:uuuuMMddHHmm}{(isSecond ? "d" : "")}";
}
