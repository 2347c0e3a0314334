using Aurum.Curves.Feeds;
using Aurum.Market.Feeds;
using Aurum.Sources;

namespace Aurum.App.Ingest;

/// <summary>Every feed that the store may have rows of: those that publishers put out, and those that a person hands over.</summary>
internal static class StoredFeeds
{
    public static IReadOnlyList<Feed> All { get; } = With(FeedCatalog.All);

    /// <summary>The given feeds of publishers, and those that are handed over.</summary>
    public static IReadOnlyList<Feed> With(IReadOnlyList<Feed> published) => [.. published, .. CurveFeeds.All];
}
