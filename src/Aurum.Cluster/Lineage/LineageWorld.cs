using Aurum.Market.Feeds;

namespace Aurum.Cluster.Lineage;

/// <summary>What lineage has to know of the installation to name things.</summary>
/// <param name="FeedOf">A feed by its id; null: not known any more.</param>
/// <param name="SiteOf">Address of a publisher's site; null: there is none of that name.</param>
/// <param name="TableOf">The dataset that a table of the store is.</param>
public sealed record LineageWorld(Func<FeedId, Feed?> FeedOf, Func<string, Uri?> SiteOf, Func<string, LineageDataset> TableOf)
{
    /// <summary>The folder of workbooks and files that people hand over; their names are put behind it.</summary>
    public string HandedOver { get; init; } = "handed-over";
}
