using System.Buffers.Text;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>Reads the periods of EIA's bulk files, whose form depends on the series' frequency.</summary>
/// <remarks>
/// A <c>2024</c>; Q <c>2024Q3</c>; M <c>202409</c>; W, D and 4 (four weeks) <c>20240930</c>, the last two by their last day; H
/// <c>20240930T05Z</c>, the hour that ends at 05:00 UTC.
/// </remarks>
internal static class EiaBulkPeriod
{
    private const int SecondsPerDay = 86_400;

    /// <summary>Whether periods of a frequency are read. HL repeats the hours of H on local clocks and is left out.</summary>
    public static bool Knows(ReadOnlySpan<byte> frequency) => frequency is [(byte)'A' or (byte)'Q' or (byte)'M' or (byte)'W'
        or (byte)'4' or (byte)'D' or (byte)'H'];

    public static bool TryParse(ReadOnlySpan<byte> text, byte frequency, out DeliveryInterval period)
    {
        period = default;
        switch (frequency)
        {
            case (byte)'A' when text.Length == 4 && Number(text, 0, 4, 1900, 2199) is var year and > 0:
                period = CalendarPeriods.Of(new LocalDate(year, 1, 1), SeriesFrequency.Annual);
                return true;
            case (byte)'Q' when text.Length == 6 && text[4] == 'Q'
                && (Number(text, 0, 4, 1900, 2199), Number(text, 5, 1, 1, 4)) is var (year, quarter) && year > 0 && quarter > 0:
                period = CalendarPeriods.Of(new LocalDate(year, (3 * quarter) - 2, 1), SeriesFrequency.Quarterly);
                return true;
            case (byte)'M' when text.Length == 6
                && (Number(text, 0, 4, 1900, 2199), Number(text, 4, 2, 1, 12)) is var (year, month) && year > 0 && month > 0:
                period = CalendarPeriods.Of(new LocalDate(year, month, 1), SeriesFrequency.Monthly);
                return true;
            case (byte)'D' or (byte)'W' or (byte)'4' when text.Length == 8 && TryDay(text, out var end):
                var days = frequency == 'D' ? 1 : frequency == 'W' ? 7 : 28;
                period = DeliveryInterval.FromUnixSeconds(end + ((1L - days) * SecondsPerDay), days * SecondsPerDay);
                return true;
            case (byte)'H' when text.Length == 12 && text[8] == 'T' && text[11] == 'Z' && TryDay(text, out var day)
                && Number(text, 9, 2, 0, 24) is var hour and >= 0:
                period = DeliveryInterval.FromUnixSeconds(day + ((hour - 1) * 3600L), 3600);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Midnight UTC of the date at the beginning, seconds since 1970.</summary>
    private static bool TryDay(ReadOnlySpan<byte> text, out long day)
    {
        var (year, month, number) = (Number(text, 0, 4, 1900, 2199), Number(text, 4, 2, 1, 12), Number(text, 6, 2, 1, 31));
        var isDay = year > 0 && month > 0 && number > 0 && number <= CalendarSystem.Iso.GetDaysInMonth(year, month);
        day = isDay ? CalendarPeriods.MidnightUtc(new LocalDate(year, month, number)) : 0;
        return isDay;
    }

    /// <summary>Digits at a place; -1 for anything else, and for a number out of its bounds.</summary>
    private static int Number(ReadOnlySpan<byte> text, int at, int length, int least, int most) =>
        Utf8Parser.TryParse(text.Slice(at, length), out uint value, out var used) && used == length && value >= least && value <= most
            ? (int)value
            : -1;
}
