using System.Globalization;
using System.Text;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sources.Miso;

/// <summary>MISO's clock: Eastern Standard Time on every day of the year, so that each reading stands for one instant and every day
/// has 24 hours.</summary>
internal static class EasternStandard
{
    private const int SecondsBehindUtc = 5 * LocalSeconds.PerHour;

    private static readonly LocalDatePattern RefDate =
        LocalDatePattern.Create("dd-MMM-uuuu", CultureInfo.InvariantCulture);

    /// <summary>Unix seconds of a reading of the clock.</summary>
    public static long ToUnixSeconds(long localSeconds) => localSeconds + SecondsBehindUtc;

    public static DeliveryInterval Starting(long localSeconds, int minutes) =>
        DeliveryInterval.FromUnixSeconds(ToUnixSeconds(localSeconds), minutes * 60);

    /// <summary>Seconds since local midnight of <c>H:MM</c> or <c>HH:MM</c>.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out int secondOfDay)
    {
        Span<byte> stamp = stackalloc byte[16];
        secondOfDay = 0;
        if (text.Length is < 4 or > 5)
        {
            return false;
        }

        "1970-01-01 "u8.CopyTo(stamp);
        text.CopyTo(stamp[11..]);
        if (!Stamps.TryParseLocal(stamp[..(11 + text.Length)], out var seconds))
        {
            return false;
        }

        secondOfDay = (int)seconds;
        return true;
    }

    /// <summary>Date and time of a reference like <c>02-Oct-2026 - Interval 16:45 EST</c>.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="date">Market day.</param>
    /// <param name="secondOfDay">Seconds since its midnight.</param>
    public static bool TryParseReference(ReadOnlySpan<byte> text, out LocalDate date, out int secondOfDay)
    {
        const int DateLength = 11;
        secondOfDay = 0;
        date = default;
        if (text.Length < DateLength || !RefDate.Parse(Encoding.Latin1.GetString(text[..DateLength])).TryGetValue(default, out date))
        {
            return false;
        }

        var rest = text[DateLength..];
        return rest.StartsWith(" - Interval "u8) && rest.EndsWith(" EST"u8) && TryParseTime(rest[12..^4], out secondOfDay);
    }
}
