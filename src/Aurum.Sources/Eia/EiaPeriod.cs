using System.Buffers.Text;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>Reads EIA's period labels. Hours are UTC and name their end (or carry their own offset); all longer periods are
/// calendar periods, taken from midnight to midnight UTC.</summary>
/// <remarks>
/// <c>2020-01-06T06</c> is 05:00Z to 06:00Z; <c>2020-01-06T00-07</c> is 06:00Z to 07:00Z; <c>2026-05</c> is May; <c>2026-Q1</c>
/// and <c>2026</c> are a quarter and a year; <c>2026-10-02</c> is that day, or in a weekly series the seven days that end with
/// it.
/// </remarks>
internal static class EiaPeriod
{
    public static bool TryParse(ReadOnlySpan<byte> text, bool isWeekly, out DeliveryInterval period)
    {
        period = default;
        if (!TryInteger(text, 0, 4, 1900, 2199, out var year))
        {
            return false;
        }

        if (text.Length > 10)
        {
            var isHour = UtcHourEnd.TryParse(text, out var label);
            period = isHour ? label.ToInterval() : default;
            return isHour;
        }

        if (text.Length == 4)
        {
            return Between(new LocalDate(year, 1, 1), new LocalDate(year + 1, 1, 1), out period);
        }

        if (text.Length == 7 && text[4] == '-' && text[5] == 'Q' && text[6] is >= (byte)'1' and <= (byte)'4')
        {
            var first = new LocalDate(year, (3 * (text[6] - '1')) + 1, 1);
            return Between(first, first.PlusMonths(3), out period);
        }

        if (text.Length < 7 || text[4] != '-' || !TryInteger(text, 5, 2, 1, 12, out var month))
        {
            return false;
        }

        if (text.Length == 7)
        {
            var first = new LocalDate(year, month, 1);
            return Between(first, first.PlusMonths(1), out period);
        }

        var lastDay = CalendarSystem.Iso.GetDaysInMonth(year, month);
        if (text.Length != 10 || text[7] != '-' || !TryInteger(text, 8, 2, 1, lastDay, out var day))
        {
            return false;
        }

        var date = new LocalDate(year, month, day);
        return Between(isWeekly ? date.PlusDays(-6) : date, date.PlusDays(1), out period);
    }

    private static bool Between(LocalDate first, LocalDate next, out DeliveryInterval period)
    {
        period = DeliveryInterval.FromUnixSeconds(Seconds(first), checked((int)(Seconds(next) - Seconds(first))));
        return true;
    }

    private static long Seconds(LocalDate date) => date.AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds();

    private static bool TryInteger(ReadOnlySpan<byte> text, int at, int length, int least, int most, out int value)
    {
        value = 0;
        return text.Length >= at + length
            && Utf8Parser.TryParse(text.Slice(at, length), out value, out var used)
            && used == length
            && value >= least
            && value <= most;
    }
}
