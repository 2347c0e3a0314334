using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aurum.Store.Avro;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>What a delivery held back or could not read, as events of <c>ingest.error.v1</c>, with the feed as key.</summary>
/// <remarks>Those of curves go to a topic whose values are the same as JSON, those of EIA to one of their own, as the platform has
/// it.</remarks>
internal static class LetterEvents
{
    private const string Held = "WARN";
    private const string Unread = "ERROR";
    private const string CurvePrefix = "curve_";
    private const string Eia = "eia";

    /// <summary>Where letters go.</summary>
    public static readonly IReadOnlyList<EventTopic> Topics =
        [.. new[] { EventTopics.ErrorTopic, EventTopics.CurveLetterTopic, EventTopics.EiaLetterTopic }.Select(EventTopics.Find)];

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(SinkDelivery delivery, EventSchemaIds ids, EventBatch output)
    {
        var entry = delivery.Entry;
        var topic = TopicOf(entry.Table, entry.Feed.Publisher);
        foreach (var row in delivery.Quarantined())
        {
            Write(
                output, topic, ids, row.Feed.Text, $"{row.Expectation}: {row.Reason}", Held, "look at the row and release or drop it",
                row.KnownAt,
                ("table", row.Table), ("day", Day(row.Day)), ("delivery", Number(entry.Id)), ("quarantine_id", Number(row.Id)),
                ("file_id", Number(row.FileId)), ("line", row.Line is { } line ? Number(line) : null), ("expectation", row.Expectation),
                ("row", row.RowJson));
        }

        foreach (var letter in delivery.DeadLetters())
        {
            Write(
                output, topic, ids, letter.Feed.Text, $"{letter.Place}: expected {letter.Expected}, found {letter.Found}", Unread,
                "the file is in the archive: mend the reader or ask the publisher, then 'aurum replay'", letter.KnownAt,
                ("table", entry.Table), ("day", Day(letter.Day)), ("delivery", Number(entry.Id)), ("dead_letter_id", Number(letter.Id)),
                ("file_id", Number(letter.FileId)), ("place", letter.Place));
        }
    }

    /// <summary>Where letters of a table and provider go.</summary>
    public static EventTopic TopicOf(string table, string publisher) => EventTopics.Find(
        table.StartsWith(CurvePrefix, StringComparison.Ordinal) ? EventTopics.CurveLetterTopic
        : publisher == Eia ? EventTopics.EiaLetterTopic
        : EventTopics.ErrorTopic);

    private static void Write(
        EventBatch output, EventTopic topic, EventSchemaIds ids, string source, string message, string severity, string action,
        Instant known, params ReadOnlySpan<(string Name, string? Value)> context)
    {
        var micros = known.ToMicros();
        output.BeginKey(topic, micros).WriteRaw(System.Text.Encoding.UTF8.GetBytes(source));
        output.BeginValue(topic.Subject is null ? null : ids(topic));
        var value = output.Open;
        if (topic.Subject is null)
        {
            WriteJson(value, source, message, severity, action, micros, context);
            output.End();
            return;
        }

        value.WriteText(source);
        value.WriteText(message);
        value.Map(context);
        value.WriteText(severity);
        value.OptionalText(action);
        value.WriteLong(micros);
        output.End();
    }

    private static void WriteJson(
        AvroBuffer value, string source, string message, string severity, string action, long micros,
        ReadOnlySpan<(string Name, string? Value)> context)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("source", source);
            json.WriteString("error_message", message);
            json.WriteStartObject("context");
            foreach (var (name, text) in context)
            {
                if (!string.IsNullOrEmpty(text))
                {
                    json.WriteString(name, text);
                }
            }

            json.WriteEndObject();
            json.WriteString("severity", severity);
            json.WriteString("recommended_action", action);
            json.WriteNumber("ingest_ts", micros);
            json.WriteEndObject();
        }

        value.WriteRaw(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static string Day(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
