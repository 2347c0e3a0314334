using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Sources.Aeso;
using Aurum.Sources.Caiso;
using Aurum.Sources.Ecb;
using Aurum.Sources.Eia;
using Aurum.Sources.Ercot;
using Aurum.Sources.Fred;
using Aurum.Sources.Ieso;
using Aurum.Sources.Isone;
using Aurum.Sources.Miso;
using Aurum.Sources.Noaa;
using Aurum.Sources.Nyiso;
using Aurum.Sources.Pjm;
using Aurum.Sources.Spp;
using Aurum.Sources.WorldBank;

namespace Aurum.Sources;

/// <summary>Every feed and every publisher's site that Aurum knows, written out. A test names what is missing.</summary>
public static class FeedCatalog
{
    public static IReadOnlyList<Feed> All { get; } =
    [
        .. CaisoFeeds.All,
        .. NyisoFeeds.All,
        .. PjmFeeds.All,
        .. ErcotFeeds.All,
        .. EiaFeeds.All,
        .. IesoFeeds.All,
        .. MisoFeeds.All,
        .. AesoFeeds.All,
        .. SppFeeds.All,
        .. FredFeeds.All,
        .. NoaaFeeds.All,
        .. WorldBankFeeds.All,
        .. EcbFeeds.All,
        .. IsoneFeeds.All,
    ];

    public static IReadOnlyList<Site> Sites { get; } =
    [
        .. CaisoFeeds.Sites,
        .. NyisoFeeds.Sites,
        .. PjmFeeds.Sites,
        .. ErcotFeeds.Sites,
        .. EiaFeeds.Sites,
        .. IesoFeeds.Sites,
        .. MisoFeeds.Sites,
        .. AesoFeeds.Sites,
        .. SppFeeds.Sites,
        .. FredFeeds.Sites,
        .. NoaaFeeds.Sites,
        .. WorldBankFeeds.Sites,
        .. EcbFeeds.Sites,
        .. IsoneFeeds.Sites,
    ];

    public static Feed? TryFind(FeedId id) => All.FirstOrDefault(feed => feed.Id == id);

    /// <exception cref="ArgumentException">No such feed; names the nearest one.</exception>
    public static Feed Find(FeedId id) =>
        TryFind(id) ?? throw new ArgumentException($"no feed {id}{Nearest(id.Text)}; 'aurum status' lists all");

    public static Site Site(string name) =>
        Sites.FirstOrDefault(site => site.Name == name) ?? throw new ArgumentException($"no site '{name}'", nameof(name));

    private static string Nearest(string text) =>
        NearestName.To(text, All.Select(feed => feed.Id.Text)) is { } near ? $": did you mean {near}?" : "";
}
