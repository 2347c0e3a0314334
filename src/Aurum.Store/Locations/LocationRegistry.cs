using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Locations;

/// <summary>Reads the registry of places.</summary>
public sealed class LocationRegistry
{
    internal LocationRegistry()
    {
    }

    public IReadOnlyList<LocationRecord> List(LocationQuery query) => throw new NotImplementedException();

    /// <summary>Places that a feed had before and does not have on its latest day: retired, or left out by mistake.</summary>
    public IReadOnlyList<RetiredLocation> Retired(FeedId feed) => throw new NotImplementedException();
}

/// <summary>A place that is no longer in a feed.</summary>
public sealed record RetiredLocation(FeedId Feed, string LocationId, string LocationType, LocalDate LastSeen, LocalDate FeedThrough);
