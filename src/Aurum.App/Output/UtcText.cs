using NodaTime;

namespace Aurum.App.Output;

/// <summary>Writes instants as ISO 8601 without making strings: <c>2025-11-02T07:00:00Z</c>,
/// <c>2025-11-02T00:00:00-07:00</c>.</summary>
internal static class UtcText
{
    /// <summary>Longest form: with microseconds and an offset.</summary>
    public const int MaxBytes = 32;

    public const long MicrosPerSecond = 1_000_000;

    /// <summary>UTC, with microseconds only where there are any. Returns the bytes written.</summary>
    public static int Write(Span<byte> to, long unixMicros)
    {
        var length = WriteLocal(to, unixMicros);
        to[length] = (byte)'Z';
        return length + 1;
    }

    /// <summary>On a clock that is so many seconds ahead of UTC.</summary>
    public static int Write(Span<byte> to, long unixMicros, int offsetSeconds)
    {
        var length = WriteLocal(to, unixMicros + (offsetSeconds * MicrosPerSecond));
        var minutes = Math.Abs(offsetSeconds) / 60;
        to[length] = offsetSeconds < 0 ? (byte)'-' : (byte)'+';
        Two(to[(length + 1)..], minutes / 60);
        to[length + 3] = (byte)':';
        Two(to[(length + 4)..], minutes % 60);
        return length + 6;
    }

    public static string Of(Instant instant) => Of(Micros(instant));

    public static string Of(long unixMicros)
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        return System.Text.Encoding.ASCII.GetString(text[..Write(text, unixMicros)]);
    }

    public static long Micros(Instant instant) => instant.ToUnixTimeTicks() / 10;

    private static int WriteLocal(Span<byte> to, long micros)
    {
        var (date, time) = DateTime.UnixEpoch.AddTicks(micros * 10);
        Two(to, date.Year / 100);
        Two(to[2..], date.Year % 100);
        to[4] = (byte)'-';
        Two(to[5..], date.Month);
        to[7] = (byte)'-';
        Two(to[8..], date.Day);
        to[10] = (byte)'T';
        Two(to[11..], time.Hour);
        to[13] = (byte)':';
        Two(to[14..], time.Minute);
        to[16] = (byte)':';
        Two(to[17..], time.Second);
        var fraction = (int)(time.Ticks % TimeSpan.TicksPerSecond / 10);
        if (fraction == 0)
        {
            return 19;
        }

        to[19] = (byte)'.';
        Two(to[20..], fraction / 10_000);
        Two(to[22..], fraction / 100 % 100);
        Two(to[24..], fraction % 100);
        return 26;
    }

    private static void Two(Span<byte> to, int value)
    {
        to[0] = (byte)('0' + (value / 10));
        to[1] = (byte)('0' + (value % 10));
    }
}
