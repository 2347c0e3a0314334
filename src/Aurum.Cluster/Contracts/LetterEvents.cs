using System.Text.Encodings.Web;
using System.Text.Json;
using Aurum.Store.Avro;

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

    public static void Write(DeliveryLetter letter, string table, EventSchemaIds ids, EventBatch output)
    {
        var topic = TopicOf(table, letter.Feed.Publisher);
        var micros = letter.KnownAt.ToMicros();
        output.BeginKey(topic, micros).WriteRaw(System.Text.Encoding.UTF8.GetBytes(letter.Feed.Text));
        output.BeginValue(topic.Subject is null ? null : ids(topic));
        var value = output.Open;
        var severity = letter.RowJson is null ? Unread : Held;
        if (topic.Subject is null)
        {
            WriteJson(value, letter, severity, micros);
            output.End();
            return;
        }

        value.WriteText(letter.Feed.Text);
        value.WriteText(letter.Message);
        value.Map([.. letter.Context, ("row", letter.RowJson)]);
        value.WriteText(severity);
        value.OptionalText(letter.Action);
        value.WriteLong(micros);
        output.End();
    }

    /// <summary>Where letters of a table and provider go.</summary>
    public static EventTopic TopicOf(string table, string publisher) => EventTopics.Find(
        table.StartsWith(CurvePrefix, StringComparison.Ordinal) ? EventTopics.CurveLetterTopic
        : publisher == Eia ? EventTopics.EiaLetterTopic
        : EventTopics.ErrorTopic);

    private static void WriteJson(AvroBuffer value, DeliveryLetter letter, string severity, long micros)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("source", letter.Feed.Text);
            json.WriteString("error_message", letter.Message);
            json.WriteStartObject("context");
            foreach (var (name, text) in letter.Context.Append(("row", letter.RowJson)))
            {
                if (!string.IsNullOrEmpty(text))
                {
                    json.WriteString(name, text);
                }
            }

            json.WriteEndObject();
            json.WriteString("severity", severity);
            json.WriteString("recommended_action", letter.Action);
            json.WriteNumber("ingest_ts", micros);
            json.WriteEndObject();
        }

        value.WriteRaw(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
