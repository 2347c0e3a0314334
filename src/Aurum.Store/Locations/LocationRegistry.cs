using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Locations;

/// <summary>Reads the registry of places. Safe from several threads.</summary>
public sealed class LocationRegistry
{
    private readonly StoreEngine _engine;

    internal LocationRegistry(StoreEngine engine) => _engine = engine;

    public IReadOnlyList<LocationRecord> List(LocationQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000_000);
        return _engine.List(
            LocationSql.List,
            s => s.Bind(query.On).Bind(query.Iso).Bind(query.LocationType).Bind(query.IsMapped)
                .Bind(query.Text?.ToLowerInvariant()).Bind(query.Limit),
            static (rows, i) => Read(rows, i, rows.DateOrNull(11, i), rows.DateOrNull(12, i)));
    }

    /// <summary>A version of a place; its columns are the first eleven.</summary>
    internal static LocationRecord Read(EngineRows rows, int i, LocalDate? firstSeen, LocalDate? lastSeen) => new(
        rows.String(0, i),
        rows.String(1, i),
        rows.String(2, i),
        rows.String(3, i),
        rows.StringOrNull(4, i),
        rows.StringOrNull(5, i),
        rows.StringOrNull(6, i),
        rows.String(7, i),
        rows.Date(8, i),
        rows.DateOrNull(9, i),
        rows.Boolean(10, i),
        firstSeen,
        lastSeen);

    /// <summary>Places of the reference data (<see cref="KnownLocations"/>) that no delivery has had yet.</summary>
    public IReadOnlyList<KnownLocation> NeverDelivered()
    {
        var delivered = _engine.List(LocationSql.Mapped, static _ => { }, static (rows, i) => (rows.String(0, i), rows.String(1, i)))
            .ToHashSet();
        return [.. KnownLocations.All.Where(place => !delivered.Contains((place.Iso, place.LocationId)))];
    }

    /// <summary>Places that a feed had before and does not have on its latest day: retired, or left out by mistake.</summary>
    public IReadOnlyList<RetiredLocation> Retired(FeedId feed) => _engine.List(
        LocationSql.Retired,
        s => s.Bind(feed.Text),
        (rows, i) => new RetiredLocation(feed, rows.String(0, i), rows.String(1, i), rows.Date(2, i), rows.Date(3, i)));
}

/// <summary>A place that is no longer in a feed.</summary>
public sealed record RetiredLocation(
    FeedId Feed, string LocationId, string LocationType, LocalDate LastSeen, LocalDate FeedThrough);
