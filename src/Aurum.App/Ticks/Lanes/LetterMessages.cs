using System.Buffers;
using System.Text;
using Aurum.Cluster.Kafka;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Dead letters as messages: the value is the message as it came; headers say what is wrong, where it came from, and how it is
/// read again.</summary>
internal static class LetterMessages
{
    public const string Reason = "aurum-reason";
    public const string Code = "aurum-error-code";
    public const string Field = "aurum-field";
    public const string Expected = "aurum-expected";
    public const string Found = "aurum-found";

    /// <summary><c>aurum.market.tick.raw.v1[3]@1042</c>.</summary>
    public const string From = "aurum-source-message";

    /// <summary>First byte within that message.</summary>
    public const string Position = "aurum-source-position";

    /// <summary>What has to stand before it to be read again: the header of rows, the record that names a tick; base64.</summary>
    public const string Prelude = "aurum-prelude";

    /// <summary>Whether the value can be read again.</summary>
    public const string Readable = "aurum-readable";

    public static KafkaHeaders HeadersOf(LaneLetter letter)
    {
        var (what, form) = (letter.Letter, letter.Form);
        var headers = new KafkaHeaders()
            .With(KafkaHeaders.Tenant, letter.Tenant)
            .With(KafkaHeaders.ContentType, form?.Format switch
            {
                LetterForm.Csv => TickTopics.Csv,
                LetterForm.Binary => TickTopics.Binary,
                _ => TickTopics.Json,
            })
            .With(Reason, what.Reason.ToString())
            .With(Code, what.ErrorCode)
            .With(Field, what.Field)
            .With(Expected, what.Expected)
            .With(Found, what.Found)
            .With(From, letter.Stream)
            .With(Position, what.Position)
            .With(Readable, IsReadable(letter) ? "true" : "false");
        return form is null ? headers : headers
            .With(TickTopics.Market, form.Market)
            .With(TickTopics.Source, form.Source)
            .With(Prelude, Convert.ToBase64String(form.Prelude.Span));
    }

    /// <summary>Key of a letter: where its message was; a letter that is sent twice has the same.</summary>
    public static byte[] KeyOf(LaneLetter letter) =>
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"{letter.Stream}+{letter.Letter.Position}"));

    /// <summary>The raw message of a letter, as it came, with what has to stand before it.</summary>
    /// <param name="message">From the topic of letters.</param>
    /// <param name="raw">The raw message.</param>
    /// <returns>How it is written; null where it cannot be read again.</returns>
    public static TickStreamOptions? RawOf(in IncomingMessage message, ArrayBufferWriter<byte> raw)
    {
        raw.ResetWrittenCount();
        if (TickTopics.Text(in message, Readable, "true") != "true")
        {
            return null;
        }

        var form = TickTopics.FormOf(in message);
        var prelude = TickTopics.Text(in message, Prelude, "");
        raw.Write(Convert.FromBase64String(prelude));
        if (form.Format == TickFormat.Binary)
        {
            BinaryTicks.WriteAgain(raw, message.Value);
        }
        else
        {
            raw.Write(message.Value);
            raw.Write("\n"u8);
        }

        return form;
    }

    /// <summary>A message that is longer than what was kept, or a row or record that lacks what it needs, cannot be.</summary>
    private static bool IsReadable(LaneLetter letter) => letter.Message.Length >= letter.Letter.Length && letter.Message.Length > 0
        && (letter.Form is not null || letter.Message.AsSpan().TrimStart(" \t\r"u8) is [(byte)'{', ..]);
}
