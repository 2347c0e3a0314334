using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
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

    /// <summary>UTF-8 text without byte-order mark, not yet checked to be JSON. Whatever string stands in it can be read.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>The outcome where a server sent something else with status 200; null where the text may be read.</summary>
    public ParseResult? Refusal { get; }

    /// <exception cref="FeedFormatException">Empty, larger than <paramref name="maxBytes"/>, or no Unicode text.</exception>
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

        RequireText(bytes.AsSpan(0, length), entry.Name);
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

    /// <summary>Bytes that are no UTF-8, and escapes of half a letter, are no text: readers of strings fail on them in their own
    /// way.</summary>
    private static void RequireText(ReadOnlySpan<byte> json, string file)
    {
        var place = Utf8.IsValid(json) ? HalfLetter(json) : BadByte(json);
        if (place >= 0)
        {
            var found = Encoding.Latin1.GetString(json[place..Math.Min(json.Length, place + 6)]);
            throw new FeedFormatException(file, $"{json[..place].Count((byte)'\n') + 1}", "Unicode text", $"'{found}'");
        }
    }

    private static int BadByte(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(json[at..], out _, out var used) == OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }

    /// <summary>Where an escape such as <c>\ud83d</c> lacks its other half; -1 where none does.</summary>
    private static int HalfLetter(ReadOnlySpan<byte> json)
    {
        const int EscapeLength = 6;
        for (var at = 0; json[at..].IndexOf((byte)'\\') is var next and >= 0 && at + next + 1 < json.Length;)
        {
            at += next;
            var half = HalfAt(json, at);
            if (half == Half.Second || (half == Half.First && HalfAt(json, at + EscapeLength) != Half.Second))
            {
                return at;
            }

            at += half == Half.First ? 2 * EscapeLength : 2;
        }

        return -1;
    }

    private static Half HalfAt(ReadOnlySpan<byte> json, int at) =>
        at + 3 >= json.Length || json[at] != '\\' || json[at + 1] != 'u' || json[at + 2] is not ((byte)'d' or (byte)'D') ? Half.None
        : (char)json[at + 3] switch
        {
            '8' or '9' or 'a' or 'A' or 'b' or 'B' => Half.First,
            'c' or 'C' or 'd' or 'D' or 'e' or 'E' or 'f' or 'F' => Half.Second,
            _ => Half.None,
        };

    /// <summary>What an escape stands for: a letter, or half of one (a surrogate).</summary>
    private enum Half
    {
        None,
        First,
        Second,
    }

    private static string Cause(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? error.Message : error.Message[..end];
    }
}
