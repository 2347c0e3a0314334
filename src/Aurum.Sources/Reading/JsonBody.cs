using System.Buffers;
using System.Text.Json;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>A JSON answer whole in memory, for forms that have to be looked at twice; everything else reads a
/// <see cref="JsonStream"/>.</summary>
/// <remarks>The memory comes from a pool and goes back with <see cref="Dispose"/>: nothing may look at the text after that. One that
/// is not disposed is collected like any other.</remarks>
public sealed class JsonBody : IDisposable
{
    private const int FirstBytes = 64 << 10;

    private byte[] _rented;

    private JsonBody(byte[] rented, int length, ParseResult? refusal)
    {
        _rented = rented;
        var bytes = rented.AsMemory(0, length);
        Bytes = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        Refusal = refusal;
    }

    /// <summary>UTF-8 text without byte-order mark, not yet checked to be JSON.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>The outcome where a server sent something else with status 200; null where the text may be read.</summary>
    public ParseResult? Refusal { get; }

    /// <exception cref="FeedFormatException">Empty, or larger than <paramref name="maxBytes"/>.</exception>
    public static JsonBody Read(FeedFile file, int maxBytes)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "JSON", "an archive without a file");
        }

        return ContentGuard.Refusal(entry) is { } refusal ? new JsonBody([], 0, refusal) : Read(entry, maxBytes);
    }

    /// <summary>The file of an archive, which is no web page.</summary>
    public static JsonBody Read(ArchiveEntry entry, int maxBytes)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
        var length = 0;
        for (int read; (read = entry.Content.Read(bytes, length, bytes.Length - length)) > 0;)
        {
            length += read;
            if (length > maxBytes)
            {
                throw new FeedFormatException(entry.Name, "", $"at most {maxBytes} bytes of JSON", "more");
            }

            if (length == bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(2 * length);
                bytes.AsSpan().CopyTo(larger);
                ArrayPool<byte>.Shared.Return(bytes);
                bytes = larger;
            }
        }

        return new JsonBody(bytes, length, null);
    }

    public void Dispose()
    {
        Bytes = default;
        if (_rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = [];
        }
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
