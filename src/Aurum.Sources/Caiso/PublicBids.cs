using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO public bids of the day-ahead market: what each resource offered, without its name, 90 days later.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS group PUB_DAM_GRP (GroupZip), report PUB_BID; versions 2 and 3 are read.</para>
/// <para>Shape, units, names: see <see cref="BidFeeds"/>.</para>
/// </remarks>
public static class PublicBids
{
    public static readonly Feed<SeriesPoint> Feed =
        BidFeeds.Feed("caiso/public-bids", "CAISO public bids of the day-ahead market", "PUB_DAM_GRP", "DAM");
}
