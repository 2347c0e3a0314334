using System.Buffers;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Eia;

/// <summary>Finds the caller's API key in an answer. EIA repeats the request in the answer, the key included where it was sent in
/// the query, as a person does in a browser; the archive blots it out before anything is stored.</summary>
/// <remarks>Looks at bytes and not at JSON, so that a cut answer and an error page that shows the address give the key up as
/// well.</remarks>
internal static class EiaApiKeyEcho
{
    private static readonly SearchValues<byte> EndOfParameter = SearchValues.Create("&\"'<>\\ \t\r\n"u8);
    private static readonly SearchValues<byte> EndOfNumber = SearchValues.Create(",}] \t\r\n"u8);

    /// <summary>EIA's keys have 40 letters; a shorter text may be a part of anything, and blotting it out would damage data.</summary>
    private const int MinKeyLetters = 16;

    /// <summary>The keys in a file, as they stand there, each once.</summary>
    /// <exception cref="FeedFormatException">The file is longer than an answer can be.</exception>
    public static IReadOnlyList<string> In(FeedFile file)
    {
        using var answer = JsonBody.Read(file, EiaRequests.MaxAnswerBytes);
        var body = answer.Bytes;
        return
        [
            .. Find(body.Span).Select(range => Encoding.UTF8.GetString(body[range].Span))
                .Where(static text => text.Length >= MinKeyLetters).Distinct(),
        ];
    }

    /// <summary>Where keys stand, without quotes, in order: values of a field <c>"api_key"</c>, and of a parameter
    /// <c>api_key=</c>.</summary>
    public static IReadOnlyList<Range> Find(ReadOnlySpan<byte> body)
    {
        var found = new List<Range>();
        for (var at = 0; body[at..].IndexOf("api_key"u8) is var next && next >= 0;)
        {
            at += next + "api_key"u8.Length;
            var rest = body[at..];
            var length = 0;
            if (rest.StartsWith("="u8))
            {
                at++;
                length = LengthTo(body[at..], EndOfParameter);
            }
            else if (rest.StartsWith("\""u8) && ValueStart(rest[1..]) is var start && start >= 0)
            {
                at += 1 + start;
                length = body[at] == '"' ? TextLength(body[++at..]) : NumberLength(body[at..]);
            }

            if (length > 0)
            {
                found.Add(at..(at + length));
                at += length;
            }
        }

        return found;
    }

    /// <summary>Where the value behind a field's closing quote begins; -1 where no value follows.</summary>
    private static int ValueStart(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOfAnyExcept(" \t\r\n"u8);
        if (colon < 0 || text[colon] != ':')
        {
            return -1;
        }

        var value = text[(colon + 1)..].IndexOfAnyExcept(" \t\r\n"u8);
        return value < 0 ? -1 : colon + 1 + value;
    }

    private static int TextLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && text[at] != '"')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at, text.Length);
    }

    private static int NumberLength(ReadOnlySpan<byte> text) =>
        text[0] is >= (byte)'0' and <= (byte)'9' ? LengthTo(text, EndOfNumber) : 0;

    private static int LengthTo(ReadOnlySpan<byte> text, SearchValues<byte> end) =>
        text.IndexOfAny(end) is var length && length < 0 ? text.Length : length;
}
