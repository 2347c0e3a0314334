using Aurum.Market.Ticks;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Ticks.Reading;

/// <summary>Times of messages in microseconds since 1970 UTC. Nothing is guessed: no zone, no unit of a number.</summary>
/// <remarks>Accepted: whole microseconds between 2000 and 2100; ISO 8601 with <c>Z</c> or an offset, to nine digits of a second, of which
/// the last three are dropped.</remarks>
internal static class EventTime
{
    public const string Expected = "microseconds since 1970 UTC or ISO 8601 with Z or an offset";
    private const long LeastMicros = 946_684_800_000_000;
    private const long MostMicros = 4_102_444_800_000_000;
    private const int FractionAt = 19;

    /// <summary>Reads a number of microseconds. Seconds and milliseconds are no times: they are too small.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out long micros)
    {
        // All of this century's microseconds have 15 or 16 digits.
        micros = 0;
        if (text.Length is not (15 or 16))
        {
            return false;
        }

        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            micros = (micros * 10) + digit;
        }

        return IsPlausible(micros);
    }

    /// <summary>Reads ISO 8601 or digits of microseconds.</summary>
    /// <returns>0 where it is read, else what is wrong.</returns>
    public static DeadLetterReason TryText(ReadOnlySpan<byte> text, out long micros)
    {
        if (TryNumber(text, out micros))
        {
            return 0;
        }

        if (!Stamps.TryParseInstant(text, out var seconds))
        {
            return Stamps.TryParseLocal(text, out _) ? DeadLetterReason.TimeWithoutZone : DeadLetterReason.InvalidTime;
        }

        micros = (seconds * BarIntervals.MicrosPerSecond) + FractionMicros(text);
        return IsPlausible(micros) ? 0 : DeadLetterReason.InvalidTime;
    }

    /// <summary>Reads a stamp of a known clock; one that has a zone of its own keeps it.</summary>
    /// <returns>0 where it is read, else what is wrong.</returns>
    public static DeadLetterReason TryLocal(ReadOnlySpan<byte> text, DateTimeZone zone, RepeatedTime repeated, out long micros)
    {
        var reason = TryText(text, out micros);
        if (reason != DeadLetterReason.TimeWithoutZone)
        {
            return reason;
        }

        _ = Stamps.TryParseLocal(text, out var local);
        var match = TransitionTable.For(zone).Match(local);
        if (match.Count == 0 || (match.Count == 2 && repeated == RepeatedTime.Refuse))
        {
            return DeadLetterReason.AmbiguousTime;
        }

        var seconds = repeated == RepeatedTime.SecondPass ? match.Second : match.First;
        micros = (seconds * BarIntervals.MicrosPerSecond) + FractionMicros(text);
        return IsPlausible(micros) ? 0 : DeadLetterReason.InvalidTime;
    }

    /// <summary>The digits behind the point of <c>2026-03-02T15:05:00.123456789Z</c>, as microseconds.</summary>
    private static long FractionMicros(ReadOnlySpan<byte> text)
    {
        if (text.Length <= FractionAt || text[FractionAt] != '.')
        {
            return 0;
        }

        var micros = 0;
        for (var digit = 1; digit <= 6; digit++)
        {
            var at = FractionAt + digit;
            var value = at < text.Length ? (uint)(text[at] - '0') : 10;
            micros = (micros * 10) + (value <= 9 ? (int)value : 0);
            if (value > 9)
            {
                text = text[..Math.Min(at, text.Length)];
            }
        }

        return micros;
    }

    /// <summary>Whether a number can be microseconds of this century.</summary>
    public static bool IsPlausible(long micros) => micros is >= LeastMicros and < MostMicros;
}
