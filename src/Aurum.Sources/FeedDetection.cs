using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources;

public sealed record FeedDetection(Feed? Feed, string LooksLike)
{
    public static FeedDetection Detect(string path)
    {
        var file = FeedFile.FromPath(path);
        using var archive = new ArchiveReader(file);
        var entry = archive.Next();
        if (entry is null) { return new(null, "it looks like an empty archive"); }
        var head = new FileHead(file.Name, entry.InnerName, Encoding.UTF8.GetString(entry.Head));
        var feed = FeedCatalog.All.FirstOrDefault(f => f.Recognizes(head));
        return new(feed, "it looks like " + entry.Kind);
    }
}
