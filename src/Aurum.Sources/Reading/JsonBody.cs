using System.Text.Json;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>A JSON answer whole in memory, for forms that have to be looked at twice; everything else reads a
/// <see cref="JsonStream"/>.</summary>
/// <param name="Bytes">UTF-8 text without byte-order mark, not yet checked to be JSON.</param>
/// <param name="Refusal">The outcome where a server sent something else with status 200; null where the text may be read.</param>
public sealed record JsonBody(ReadOnlyMemory<byte> Bytes, ParseResult? Refusal)
{
    /// <exception cref="FeedFormatException">Empty, or larger than <paramref name="maxBytes"/>.</exception>
    public static JsonBody Read(FeedFile file, int maxBytes)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "JSON", "an archive without a file");
        }

        return ContentGuard.Refusal(entry) is { } refusal ? new JsonBody(default, refusal) : Read(entry, maxBytes);
    }

    /// <summary>The file of an archive, which is no web page.</summary>
    public static JsonBody Read(ArchiveEntry entry, int maxBytes)
    {
        using var copy = new MemoryStream();
        Span<byte> block = stackalloc byte[16 << 10];
        for (int read; (read = entry.Content.Read(block)) > 0;)
        {
            if (copy.Length + read > maxBytes)
            {
                throw new FeedFormatException(entry.Name, "", $"at most {maxBytes} bytes of JSON", "more");
            }

            copy.Write(block[..read]);
        }

        var bytes = copy.GetBuffer().AsMemory(0, (int)copy.Length);
        return new JsonBody(bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, null);
    }

    /// <summary>The error for text that is not well-formed JSON, with its line.</summary>
    public static FeedFormatException NotWellFormed(string file, JsonException error) =>
        new(file, $"{(error.LineNumber ?? 0) + 1}", "JSON", Cause(error), error);

    private static string Cause(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? error.Message : error.Message[..end];
    }
}
