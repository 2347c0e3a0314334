using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>A JSON answer, whole in memory. Says what it is instead where a server sent something else with status 200.</summary>
/// <param name="Bytes">UTF-8 text without byte-order mark. Not yet checked to be JSON.</param>
/// <param name="Refusal">The outcome where this is no JSON at all: an empty body or an HTML page; null where it may be read.</param>
public sealed record JsonBody(ReadOnlyMemory<byte> Bytes, ParseResult? Refusal)
{
    /// <summary>Largest answer that is taken into memory, 256 MiB.</summary>
    public const int DefaultMaxBytes = 256 << 20;

    /// <exception cref="FeedFormatException">Larger than <paramref name="maxBytes"/>.</exception>
    public static JsonBody Read(Stream stream, string file, int maxBytes = DefaultMaxBytes)
    {
        using var copy = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, maxBytes) : 0);
        Span<byte> block = stackalloc byte[16 << 10];
        for (int read; (read = stream.Read(block)) > 0;)
        {
            if (copy.Length + read > maxBytes)
            {
                throw new FeedFormatException(file, "", $"at most {maxBytes} bytes of JSON", "more");
            }

            copy.Write(block[..read]);
        }

        return Of(copy.GetBuffer().AsMemory(0, (int)copy.Length));
    }

    public static JsonBody Of(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        var text = bytes.Span.TrimStart(" \t\r\n"u8);
        return new JsonBody(bytes, text switch
        {
            { Length: 0 } => ParseResult.Unavailable("the answer is empty"),
            [(byte)'<', ..] => ParseResult.Unavailable($"the answer is a page, not JSON: {FirstWords(text)}"),
            _ => null,
        });
    }

    /// <summary>The error for text that is not well-formed JSON, with its line.</summary>
    public static FeedFormatException NotWellFormed(string file, JsonException error) =>
        new(file, $"{(error.LineNumber ?? 0) + 1}", "well-formed JSON", $"column {(error.BytePositionInLine ?? 0) + 1}: {Cause(error)}", error);

    private static string FirstWords(ReadOnlySpan<byte> text) =>
        Encoding.UTF8.GetString(text[..Math.Min(text.Length, 80)]).ReplaceLineEndings(" ");

    private static string Cause(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? error.Message : error.Message[..end];
    }
}
