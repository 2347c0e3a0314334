using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Text;
using Aurum.Sources.Caiso;
using Aurum.Sources.Pjm;

namespace Aurum.Sources;

/// <summary>The publishers whose price feeds are asked for every node, in place of hubs, zones and the places that the feeds name. All
/// other publishers send all that they have in any case.</summary>
public sealed class AllNodes
{
    private static readonly (string Publisher, string Site, IReadOnlyList<Feed<LmpRow>> Feeds)[] Choices =
    [
        ("caiso", CaisoFeeds.Oasis.Name, CaisoAllNodes.Feeds),
        ("pjm", PjmFeeds.Api.Name, PjmAllNodes.Feeds),
    ];

    private readonly Dictionary<FeedId, Feed> _feeds;
    private readonly HashSet<string> _sites;

    private AllNodes(IReadOnlyList<string> publishers)
    {
        var chosen = Choices.Where(c => publishers.Contains(c.Publisher)).ToList();
        _feeds = chosen.SelectMany(c => c.Feeds).ToDictionary(f => f.Id, f => (Feed)f);
        _sites = [.. chosen.Select(c => c.Site)];
    }

    /// <summary>Publishers that have the choice.</summary>
    public static IReadOnlyList<string> Publishers { get; } = [.. Choices.Select(c => c.Publisher)];

    /// <summary>The feeds' own places everywhere.</summary>
    public static AllNodes Nowhere { get; } = new([]);

    /// <summary>All nodes of every publisher.</summary>
    public static AllNodes Everywhere { get; } = new(Publishers);

    /// <param name="publishers">Publishers whose nodes are all asked for.</param>
    /// <exception cref="ArgumentException">A publisher without the choice, or one twice; names the nearest.</exception>
    public static AllNodes Of(IReadOnlyList<string> publishers)
    {
        for (var i = 0; i < publishers.Count; i++)
        {
            if (!Publishers.Contains(publishers[i]))
            {
                var near = NearestName.To(publishers[i], Publishers) is { } name ? $"; did you mean {name}?" : "";
                throw new ArgumentException(
                    $"AllNodes:{i}: expected one of {string.Join(", ", Publishers)}, found '{publishers[i]}'{near}");
            }

            if (publishers.Take(i).Contains(publishers[i]))
            {
                throw new ArgumentException($"AllNodes:{i}: expected each publisher once, found '{publishers[i]}' again");
            }
        }

        return new AllNodes(publishers);
    }

    /// <summary>The feed with requests for all nodes, where they are wanted of it; else the feed as it is.</summary>
    public Feed Widened(Feed feed) => _feeds.GetValueOrDefault(feed.Id, feed);

    /// <summary>What prices of a site are asked for: <c>all</c> nodes or the <c>named</c> ones; null for a site without the
    /// choice.</summary>
    public string? OfSite(string site) => _sites.Contains(site) ? "all" : Choices.Any(c => c.Site == site) ? "named" : null;
}
