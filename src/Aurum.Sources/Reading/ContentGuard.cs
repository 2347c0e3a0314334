using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>Tells data from what a web server sends in place of data with status 200: nothing, a page, a plea for fewer
/// requests.</summary>
public static partial class ContentGuard
{
    /// <summary>Words of throttling. Only looked for in answers of at most <see cref="ThrottleTextBytes"/>: a file of rows is
    /// longer.</summary>
    private static readonly SearchValues<string> ThrottleWords = SearchValues.Create(
        [
            "too many requests", "rate limit", "ratelimit", "throttl", "quota exceeded", "exceeded the number of requests",
            "request limit", "maximum number of requests", "try again in", "slow down",
        ],
        StringComparison.OrdinalIgnoreCase);

    private const int ThrottleTextBytes = 4096;

    public static ContentKind Classify(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8))
        {
            head = head[3..];
        }

        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty)
        {
            return ContentKind.Empty;
        }

        return head[0] switch
        {
            (byte)'<' => IsHtml(head) ? ContentKind.Html : ContentKind.Xml,
            (byte)'{' or (byte)'[' => ContentKind.Json,
            _ => ContentKind.Text,
        };
    }

    /// <summary>The result for an answer that is no data; null where it may be data.</summary>
    /// <exception cref="FeedFormatException">The file is empty.</exception>
    public static ParseResult? Refusal(ArchiveEntry entry)
    {
        if (entry.Kind == ContentKind.Empty)
        {
            throw new FeedFormatException(entry.Name, "", "data", "an empty file");
        }

        if (entry.IsWhole && entry.Head.Length <= ThrottleTextBytes)
        {
            var text = Encoding.UTF8.GetString(entry.Head);
            if (text.AsSpan().ContainsAny(ThrottleWords))
            {
                return ParseResult.Throttled($"{entry.Name} says: {Shorten(Tags().Replace(text, " "))}");
            }
        }

        return entry.Kind == ContentKind.Html ? ParseResult.Unavailable($"{entry.Name} is a web page{Title(entry.Head)}, "
            + $"not data") : null;
    }

    private static bool IsHtml(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 1024)]);
        return HtmlStart().IsMatch(text);
    }

    private static string Title(ReadOnlySpan<byte> head)
    {
        var title = TitleElement().Match(Encoding.UTF8.GetString(head)).Groups[1].Value;
        return string.IsNullOrWhiteSpace(title) ? "" : $" ('{Shorten(title)}')";
    }

    private static string Shorten(string text)
    {
        text = Blanks().Replace(text, " ").Trim();
        return text.Length <= 200 ? text : text[..197] + "...";
    }

    [GeneratedRegex(@"^(<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|script)\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex HtmlStart();

    [GeneratedRegex("<title[^>]*>(.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex TitleElement();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
