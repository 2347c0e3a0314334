using System.Text;
using System.Text.RegularExpressions;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources;

/// <summary>Finds the feed of a file from its name and its first 64 KiB, inside zip and gzip too.</summary>
/// <param name="Feed">The feed that it belongs to; null where none knows it.</param>
/// <param name="LooksLike">For people: <c>it looks like CSV with columns a,b,c</c>.</param>
/// <param name="Also">Other feeds that could read it too, for example the same report of another market without a row to
/// tell.</param>
public sealed partial record FeedDetection(Feed? Feed, string LooksLike, IReadOnlyList<Feed> Also)
{
    public static FeedDetection Detect(string path) => Detect(FeedFile.FromPath(path));

    public static FeedDetection Detect(FeedFile file)
    {
        var head = HeadOf(file, out var damage);
        var feeds = FeedCatalog.All.Where(feed => feed.Recognizes(head)).ToList();
        return new FeedDetection(feeds.FirstOrDefault(), $"it looks like {damage ?? Describe(head)}", feeds.Skip(1).ToList());
    }

    /// <summary>The beginning of a file's content. Empty text where the file is empty or cannot be unpacked.</summary>
    public static FileHead HeadOf(FeedFile file) => HeadOf(file, out _);

    private static FileHead HeadOf(FeedFile file, out string? damage)
    {
        damage = null;
        try
        {
            using var archive = new ArchiveReader(file);
            if (archive.Next() is { } entry)
            {
                var bytes = new byte[FileHead.MaxBytes];
                var count = entry.Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                return new FileHead(file.Name, entry.InnerName, Encoding.UTF8.GetString(bytes, 0, count));
            }
        }
        catch (FeedFormatException e)
        {
            damage = $"a damaged file ({e.Message})";
        }

        return new FileHead(file.Name, file.Name, "");
    }

    private static string Describe(FileHead head)
    {
        if (head.Text.StartsWith("%PDF", StringComparison.Ordinal))
        {
            return "a PDF document";
        }

        if (head.InnerName == "[Content_Types].xml" || head.Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            return "an Excel workbook";
        }

        if (head.Text.Contains('\0', StringComparison.Ordinal))
        {
            return "a binary file";
        }

        return ContentGuard.Classify(Encoding.UTF8.GetBytes(head.Text)) switch
        {
            ContentKind.Empty => "an empty file",
            ContentKind.Html => "a web page",
            ContentKind.Xml => $"XML with root {Root().Match(head.Text).Groups[1].Value}",
            ContentKind.Json => $"JSON beginning with {Shorten(Blanks().Replace(head.Text[..Math.Min(head.Text.Length, 400)], " "))}",
            _ => head.FirstLine.Contains(',', StringComparison.Ordinal)
                ? $"CSV with columns {Shorten(head.FirstLine)}"
                : $"text beginning with '{Shorten(head.FirstLine)}'",
        };
    }

    private static string Shorten(string text) => text.Length <= 160 ? text : text[..157] + "...";

    [GeneratedRegex(@"<([A-Za-z_][^\s/>]*)")]
    private static partial Regex Root();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
