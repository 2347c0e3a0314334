using System.Runtime.CompilerServices;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Reading;

/// <summary>Time stamps as publishers print them, from UTF-8 digits to seconds, without allocation.</summary>
/// <remarks>
/// <para>Instants (with zone) become seconds since 1970-01-01T00:00:00Z: <c>2020-05-10T12:00:00-00:00</c>, <c>...Z</c>,
/// <c>...-04:00</c>, <c>...+0100</c>, fractions of a second dropped.</para>
/// <para>Wall-clock stamps (no zone) become seconds since 1970-01-01 00:00 on that same wall clock: <c>2025-11-02T01:05:00</c>,
/// <c>2025-11-02 01:05</c>, <c>2025-11-02 1:05:00 AM</c>, <c>11/02/2025 01:05[:00]</c>, <c>11/2/2025 1:05:00 AM</c>,
/// <c>11/02/2025</c>, <c>2025-11-02</c>. What instant that is, only the feed knows: see Aurum.Market.Time.</para>
/// <para>Years 1901 to 2198.</para>
/// </remarks>
public static class Stamps
{
    private static readonly int[] DaysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

    /// <summary>Reads <c>yyyy-MM-ddTHH:mm[:ss[.f]]</c> followed by Z or an offset.</summary>
    public static bool TryParseInstant(ReadOnlySpan<byte> text, out long unixSeconds)
    {
        if (!TryIsoDateTime(text, out unixSeconds, out var used))
        {
            return false;
        }

        text = text[used..];
        if (text is [(byte)'Z'] or [(byte)'z'])
        {
            return true;
        }

        if (text.Length is not (5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || (text.Length == 6 && text[3] != ':'))
        {
            return false;
        }

        if (!TwoDigits(text, 1, out var hours) || !TwoDigits(text, text.Length - 2, out var minutes) || hours > 18 || minutes > 59)
        {
            return false;
        }

        var offset = ((hours * 60) + minutes) * 60;
        unixSeconds += text[0] == '-' ? offset : -offset;
        return true;
    }

    /// <summary>Reads a stamp without zone in any of the forms above, as seconds on its own wall clock.</summary>
    public static bool TryParseLocal(ReadOnlySpan<byte> text, out long localSeconds)
    {
        localSeconds = 0;
        if (text.Length >= 10 && text[4] == '-')
        {
            return text.Length == 10
                ? TryIsoDate(text, out localSeconds)
                : (TryIsoDateTime(text, out localSeconds, out var used) && used == text.Length)
                    || TryIsoDateAndClock(text, out localSeconds);
        }

        if (!TrySlashDate(text, out localSeconds, out var dateLength))
        {
            return false;
        }

        if (dateLength == text.Length)
        {
            return true;
        }

        if (text[dateLength] != ' ' || !TryClock(text[(dateLength + 1)..], out var secondOfDay))
        {
            return false;
        }

        localSeconds += secondOfDay;
        return true;
    }

    /// <summary>Reads a date, <c>yyyy-MM-dd</c>, <c>M/d/yyyy</c> or <c>yyyyMMdd</c>.</summary>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out LocalDate date)
    {
        long seconds;
        var found = text.Length == 8 && text[2] != '/' && text[1] != '/'
            ? TryCompactDate(text, out seconds)
            : TryParseLocal(text, out seconds) && seconds % LocalSeconds.PerDay == 0 && text.Length <= 10;
        date = found ? LocalSeconds.ToDate(seconds) : default;
        return found;
    }

    private static bool TryIsoDateTime(ReadOnlySpan<byte> text, out long seconds, out int used)
    {
        used = 0;
        if (text.Length < 16 || !TryIsoDate(text[..10], out seconds) || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':'
            || !TwoDigits(text, 11, out var hour) || !TwoDigits(text, 14, out var minute) || hour > 23 || minute > 59)
        {
            seconds = 0;
            return false;
        }

        seconds += (hour * 3600) + (minute * 60);
        used = 16;
        if (text.Length < 19 || text[16] != ':')
        {
            return true;
        }

        if (!TwoDigits(text, 17, out var second) || second > 59)
        {
            return false;
        }

        seconds += second;
        used = 19;
        if (text.Length > 20 && text[19] == '.' && (uint)(text[20] - '0') <= 9)
        {
            used = 20;
            while (used < text.Length && (uint)(text[used] - '0') <= 9)
            {
                used++;
            }
        }

        return true;
    }

    private static bool TryIsoDate(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        return text[4] == '-' && text[7] == '-'
            && TwoDigits(text, 0, out var century) && TwoDigits(text, 2, out var year) && TwoDigits(text, 5, out var month)
            && TwoDigits(text, 8, out var day)
            && TryDate((century * 100) + year, month, day, out seconds);
    }

    /// <summary><c>2026-10-02 4:45:00 PM</c>.</summary>
    private static bool TryIsoDateAndClock(ReadOnlySpan<byte> text, out long seconds)
    {
        if (text[10] != ' ' || !TryIsoDate(text[..10], out seconds) || !TryClock(text[11..], out var secondOfDay))
        {
            seconds = 0;
            return false;
        }

        seconds += secondOfDay;
        return true;
    }

    private static bool TryCompactDate(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        return TwoDigits(text, 0, out var century) && TwoDigits(text, 2, out var year) && TwoDigits(text, 4, out var month)
            && TwoDigits(text, 6, out var day)
            && TryDate((century * 100) + year, month, day, out seconds);
    }

    private static bool TrySlashDate(ReadOnlySpan<byte> text, out long seconds, out int length)
    {
        seconds = 0;
        length = 0;
        if (!Digits(text, 0, 2, out var month, out var at) || at >= text.Length || text[at] != '/'
            || !Digits(text, at + 1, 2, out var day, out at) || at >= text.Length || text[at] != '/'
            || !Digits(text, at + 1, 4, out var year, out length))
        {
            return false;
        }

        return TryDate(year, month, day, out seconds);
    }

    /// <summary><c>HH:mm</c>, <c>H:mm:ss</c>, each with or without <c> AM</c> or <c> PM</c>.</summary>
    private static bool TryClock(ReadOnlySpan<byte> text, out int secondOfDay)
    {
        secondOfDay = 0;
        var second = 0;
        if (!Digits(text, 0, 2, out var hour, out var at) || at + 3 > text.Length || text[at] != ':'
            || !TwoDigits(text, at + 1, out var minute))
        {
            return false;
        }

        at += 3;
        if (at < text.Length && text[at] == ':')
        {
            if (at + 3 > text.Length || !TwoDigits(text, at + 1, out second))
            {
                return false;
            }

            at += 3;
        }

        if (at < text.Length)
        {
            var half = text[at..].TrimStart((byte)' ');
            if (half.Length != 2 || hour is 0 or > 12 || (half[1] | 0x20) != 'm' || (half[0] | 0x20) is not ('a' or 'p'))
            {
                return false;
            }

            hour = (hour % 12) + ((half[0] | 0x20) == 'p' ? 12 : 0);
        }

        secondOfDay = (hour * 3600) + (minute * 60) + second;
        return hour <= 23 && minute <= 59 && second <= 59;
    }

    private static bool TryDate(int year, int month, int day, out long seconds)
    {
        seconds = 0;
        if (year is < 1901 or > 2198 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var isLeap = month > 2 && DateTime.IsLeapYear(year);
        var y = year - 1;
        var days = (y * 365) + (y / 4) - (y / 100) + (y / 400) + DaysBeforeMonth[month - 1] + (isLeap ? 1 : 0) + day - 1 - 719_162;
        seconds = (long)days * LocalSeconds.PerDay;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TwoDigits(ReadOnlySpan<byte> text, int at, out int value)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int at, int most, out int value, out int end)
    {
        value = 0;
        end = at;
        while (end < text.Length && end - at < most && (uint)(text[end] - '0') <= 9)
        {
            value = (value * 10) + (text[end++] - '0');
        }

        return end > at;
    }
}
