using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aurum.App.Output;

/// <summary>How cells are written: the shortest digits that read back the same, instants as
/// <c>2025-11-02T07:00:00Z</c>.</summary>
internal static class CellText
{
    private static readonly SearchValues<byte> NeedsQuotes = SearchValues.Create(",\"\r\n"u8);

    /// <summary>A cell of CSV, quoted where it has to be.</summary>
    public static string Csv(string text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 2);
        WriteCsvText(buffer, Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

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
            if (b == '"')
            {
                writer.Write("\""u8);
            }

            writer.Write([b]);
        }

        writer.Write("\""u8);
    }

    public static void WriteJsonText(IBufferWriter<byte> writer, ReadOnlySpan<byte> text)
    {
        writer.Write("\""u8);
        writer.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
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
        var span = writer.GetSpan(20);
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime
            .TryFormat(span, out var written, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
