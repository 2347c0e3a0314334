using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Truths;

/// <summary>True entries of a provider's catalog: those of today; another day's can't be asked for.</summary>
internal static class CatalogTruth
{
    /// <param name="feed">Feed id.</param>
    /// <param name="listings">The entries at an instant.</param>
    public static TruthSource Of(string feed, Func<Instant, IEnumerable<SeriesListing>> listings) => new TruthSource<SeriesListing>(
        new FeedId(feed), (day, at) => OperatingDay.Of(at, DateTimeZone.Utc) == day ? listings(at) : [], static _ => []);
}
