using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using NodaTime.Text;

namespace Aurum.Store.Archive;

/// <summary>The written form of a file record. On-disk format: fields are only ever added.</summary>
internal static class FileRecordJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static byte[] Write(FileRecord record)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            var fetch = record.Fetch;
            json.WriteStartObject();
            json.WriteString("feed", fetch.Feed.Text);
            json.WriteString("day", LocalDatePattern.Iso.Format(fetch.Day));
            json.WriteString("site", fetch.Site);
            json.WriteString("path", fetch.PathAndQuery);
            json.WriteString("file_name", fetch.FileName);
            json.WriteNumber("status", fetch.Status);
            json.WriteString("sha256", record.Sha256);
            json.WriteNumber("size_bytes", record.SizeBytes);
            json.WriteString("received_at", InstantPattern.ExtendedIso.Format(record.ReceivedAt));
            json.WriteNumber("scrubbed_secrets", record.ScrubbedSecrets);
            WriteHeaders(json, "request_headers", fetch.RequestHeaders);
            WriteHeaders(json, "response_headers", fetch.ResponseHeaders);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">Not a record.</exception>
    public static FileRecord Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var json = document.RootElement;
            var fetch = new Fetch(
                new FeedId(Text(json, "feed")),
                LocalDatePattern.Iso.Parse(Text(json, "day")).Value,
                Text(json, "site"),
                Text(json, "path"),
                Text(json, "file_name"),
                json.GetProperty("status").GetInt32())
            {
                RequestHeaders = ReadHeaders(json.GetProperty("request_headers")),
                ResponseHeaders = ReadHeaders(json.GetProperty("response_headers")),
            };
            return new FileRecord(
                fetch,
                Text(json, "sha256"),
                json.GetProperty("size_bytes").GetInt64(),
                InstantPattern.ExtendedIso.Parse(Text(json, "received_at")).Value,
                json.GetProperty("scrubbed_secrets").GetInt32());
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or UnparsableValueException or ArgumentException)
        {
            throw new InvalidDataException($"not a record of a fetch: {error.Message}", error);
        }
    }

    /// <summary>Headers as JSON text: an array of pairs, because a name may come twice.</summary>
    public static string HeadersText(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            WritePairs(json, headers);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public static IReadOnlyList<KeyValuePair<string, string>> HeadersOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return ReadHeaders(document.RootElement);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    private static void WriteHeaders(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        json.WritePropertyName(name);
        WritePairs(json, headers);
    }

    private static void WritePairs(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        json.WriteStartArray();
        foreach (var (key, value) in headers)
        {
            json.WriteStartArray();
            json.WriteStringValue(key);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static KeyValuePair<string, string>[] ReadHeaders(JsonElement pairs) =>
        [.. pairs.EnumerateArray().Select(p => new KeyValuePair<string, string>(p[0].GetString() ?? "", p[1].GetString() ?? ""))];
}
