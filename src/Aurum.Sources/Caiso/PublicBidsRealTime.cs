using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO public bids of the real-time market: what each resource offered, without its name, 90 days later.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS group PUB_RTM_GRP (GroupZip), report PUB_BID; read as the day-ahead market's, which was recorded.</para>
/// <para>Shape, units, names: see <see cref="BidFeeds"/>.</para>
/// </remarks>
public static class PublicBidsRealTime
{
    public static readonly Feed<SeriesPoint> Feed =
        BidFeeds.Feed("caiso/public-bids-real-time", "CAISO public bids of the real-time market", "PUB_RTM_GRP", "RTM");
}
