using System.Globalization;
using NodaTime;

namespace Aurum.Market.Time;

/// <summary>EIA's hourly period: <c>2020-01-06T06</c> is the hour that ends at 06:00 UTC; <c>2020-01-06T00-07</c> (local-hourly)
/// the one that ends at 00:00 on a clock seven hours behind UTC.</summary>
public readonly record struct UtcHourEnd(Instant End)
{
    private const int DateAndHourLength = 13;

    public DeliveryInterval ToInterval() => DeliveryInterval.EndingAt(End, 60);

    /// <exception cref="ArgumentException">Not a UTC hour.</exception>
    public static UtcHourEnd FromInterval(DeliveryInterval hour) =>
        hour.LengthSeconds == LocalSeconds.PerHour && hour.StartUnixSeconds % LocalSeconds.PerHour == 0
            ? new UtcHourEnd(hour.End)
            : throw new ArgumentException($"{hour} is not an hour of UTC", nameof(hour));

    public static bool TryParse(ReadOnlySpan<char> text, out UtcHourEnd label)
    {
        label = default;
        var offsetHours = 0;
        var hasOffset = text.Length == DateAndHourLength + 3;
        if ((text.Length != DateAndHourLength && !hasOffset)
            || (hasOffset && !TryReadOffset(text[DateAndHourLength..], out offsetHours))
            || !DateTime.TryParseExact(
                text[..DateAndHourLength], "yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return false;
        }

        label = new UtcHourEnd(LocalDateTime.FromDateTime(local).InUtc().ToInstant() - Duration.FromHours(offsetHours));
        return true;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out UtcHourEnd label)
    {
        Span<char> text = stackalloc char[DateAndHourLength + 3];
        label = default;
        return utf8.Length <= text.Length
            && System.Text.Ascii.ToUtf16(utf8, text, out var length) == System.Buffers.OperationStatus.Done
            && TryParse(text[..length], out label);
    }

    /// <exception cref="FormatException">Not such a period.</exception>
    public static UtcHourEnd Parse(string text) =>
        TryParse(text, out var label)
            ? label
            : throw new FormatException($"expected an hour such as 2020-01-06T06, found '{text}'");

    /// <summary>EIA's text: <c>2020-01-06T06</c>.</summary>
    public override string ToString() => $"{End:uuuu-MM-dd'T'HH}";

    private static bool TryReadOffset(ReadOnlySpan<char> text, out int hours) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out hours)
        && text[0] is '+' or '-'
        && hours is >= -14 and <= 14;
}
