using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aurum.App.Output;

/// <summary>How cells are written: the shortest digits that read back the same, instants as
/// <c>2025-11-02T07:00:00Z</c>.</summary>
internal static class CellText
{
    /// <summary>Letters of all alphabets as they are: JSON here is never part of an HTML page.</summary>
    public static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly SearchValues<byte> NeedsQuotes = SearchValues.Create(",\"\r\n"u8);

    /// <summary>A cell of CSV, quoted where it has to be.</summary>
    public static string Csv(string text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 2);
        WriteCsvText(buffer, Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Text in quotes where it holds a comma, a quote or a line end (RFC 4180).</summary>
    /// <summary>A text of JSON in its quotes.</summary>
    public static string Json(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    public static void WriteCsvText(IBufferWriter<byte> writer, ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(NeedsQuotes))
        {
            writer.Write(text);
            return;
        }

        writer.Write("\""u8);
        foreach (var b in text)
        {
            writer.Write(b == (byte)'"' ? "\"\""u8 : [b]);
        }

        writer.Write("\""u8);
    }

    public static void WriteJsonText(IBufferWriter<byte> writer, ReadOnlySpan<byte> text)
    {
        writer.Write("\""u8);
        writer.Write(JsonEncodedText.Encode(text, JsonOptions.Encoder).EncodedUtf8Bytes);
        writer.Write("\""u8);
    }

    public static void WriteNumber(IBufferWriter<byte> writer, double value)
    {
        var span = writer.GetSpan(32);
        Utf8Formatter.TryFormat(value, span, out var written);
        writer.Advance(written);
    }

    /// <param name="writer">Where to.</param>
    /// <param name="unixSeconds">Seconds since 1970 UTC.</param>
    public static void WriteInstant(IBufferWriter<byte> writer, long unixSeconds)
    {
        writer.Advance(UtcText.Write(writer.GetSpan(UtcText.MaxBytes), unixSeconds * UtcText.MicrosPerSecond));
    }
}
