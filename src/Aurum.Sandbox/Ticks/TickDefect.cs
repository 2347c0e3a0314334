using System.Text;
using Aurum.Market.Ticks;

namespace Aurum.Sandbox.Ticks;

/// <summary>A way in which a message is broken, and the reason that it has to be kept aside with.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Break">Breaks a whole message of contract B.</param>
public sealed record TickDefect(DeadLetterReason Reason, Func<string, byte[]> Break)
{
    private const string Occurred = "\"occurred_at\":";

    public static readonly IReadOnlyList<TickDefect> All =
    [
        Of(DeadLetterReason.InvalidJson, text => text[..(text.Length / 2)]),
        Of(DeadLetterReason.InvalidJson, text => text + "}"),
        new TickDefect(DeadLetterReason.InvalidUtf8, text => [.. Encoding.UTF8.GetBytes(text[..^1]), 0xFF, (byte)'}']),
        Of(DeadLetterReason.MissingField, text => text.Replace("\"event_id\"", "\"id\"", StringComparison.Ordinal)),
        Of(DeadLetterReason.MissingField, text => text.Replace("\"market\":", "\"place\":", StringComparison.Ordinal)),
        Of(DeadLetterReason.WrongType, text => text.Replace("\"producer\":\"sandbox@1.0.0\"", "\"producer\":7", StringComparison.Ordinal)),
        Of(DeadLetterReason.RepeatedField, text => text.Insert(1, "\"producer\":\"twice\",")),
        Of(DeadLetterReason.UnsupportedEncoding, text => text.Replace("\"json\"", "\"csv-line\"", StringComparison.Ordinal)),
        Of(DeadLetterReason.InvalidTime, text => Digits(text, 13)),
        Of(DeadLetterReason.TimeWithoutZone, text => WithTime(text, "\"2026-03-02T15:05:00\"")),
        Of(DeadLetterReason.TimeInFuture, text => WithTime(text, "\"2099-12-31T00:00:00Z\"")),
        Of(
            DeadLetterReason.InvalidNumber,
            text => text.Replace("\\\"price\\\":", "\\\"price\\\":\\\"high\\\",\\\"was\\\":", StringComparison.Ordinal)),
        Of(DeadLetterReason.MissingPrice, text => text.Replace("\\\"price\\\"", "\\\"prize\\\"", StringComparison.Ordinal)),
        Of(DeadLetterReason.VolumeNegative, text => text.Replace("\\\"volume\\\":", "\\\"volume\\\":-", StringComparison.Ordinal)),
        Of(DeadLetterReason.InvalidPayload, text => text.Replace("\\\"price\\\":", "\\\"price\\\"=", StringComparison.Ordinal)),
    ];

    private static TickDefect Of(DeadLetterReason reason, Func<string, string> change) =>
        new(reason, text => Encoding.UTF8.GetBytes(change(text)));

    /// <summary>The event time cut to so many digits.</summary>
    private static string Digits(string text, int digits)
    {
        var at = text.IndexOf(Occurred, StringComparison.Ordinal) + Occurred.Length;
        return text.Remove(at + digits, 16 - digits);
    }

    private static string WithTime(string text, string time)
    {
        var at = text.IndexOf(Occurred, StringComparison.Ordinal) + Occurred.Length;
        return text.Remove(at, 16).Insert(at, time);
    }
}
