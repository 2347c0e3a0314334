using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>What the store knows of the places of a feed's rows.</summary>
/// <param name="Places">Places of the feed's operator; none for others.</param>
/// <param name="Stations">Weather stations; none for feeds without weather.</param>
internal sealed record PlaceLookup(Places Places, Stations Stations)
{
    public static PlaceLookup Read(StoreReader reader, FeedId id, Feed? feed, CancellationToken cancel) => new(
        feed?.Contract is { } contract ? Places.Read(reader, contract.IsoCode, cancel) : Places.None,
        RowContracts.IsWeather(id) ? Stations.Read(reader, cancel) : Stations.None);
}
