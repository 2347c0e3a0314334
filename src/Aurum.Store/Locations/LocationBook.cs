using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Locations;

/// <summary>The registry of places in memory, and what a commit must change in it. Only changed under the commit lock.</summary>
internal sealed class LocationBook
{
    private readonly Dictionary<(string Iso, string Id, string Type), Entry> _entries = [];

    private readonly HashSet<(string Iso, string Id, string Type)> _retired = [];

    /// <summary>The count of changes of the registry that this has seen; -1 before it is read.</summary>
    private long _version = -1;

    /// <summary>Reads the registry, and marks the places as mapped that the reference data has learned to know.</summary>
    /// <returns>Whether one was marked.</returns>
    public bool Load(EngineConnection connection)
    {
        _entries.Clear();
        Read(connection);
        _retired.Clear();
        _retired.UnionWith(LocationWriter.Retired(connection, delivery: null));
        var isMarked = false;
        using var map = connection.Prepare(LocationSql.Map);
        foreach (var (key, entry) in _entries)
        {
            if (!entry.IsMapped && KnownLocations.Find(key.Iso, key.Id) is { } known)
            {
                var mapped = entry.With(known);
                map.Bind(mapped.Name).Bind(mapped.Zone).Bind(mapped.Hub).Bind(mapped.Timezone).Bind(key.Iso).Bind(key.Id).Run();
                _entries[key] = mapped;
                isMarked = true;
            }
        }

        return isMarked;
    }

    /// <summary>Reads the registry again where another process has changed it. Under the commit lock, before anything is written.</summary>
    public void Refresh(EngineConnection connection, StoreIds ids)
    {
        if (_version != ids.Last(StoreId.Locations))
        {
            // Unknown until the commit that marks places is durable: read again then.
            _version = Load(connection) ? -1 : ids.Last(StoreId.Locations);
        }
    }

    /// <summary>What a delivery changes; nothing is written or remembered yet.</summary>
    /// <param name="feed">Feed with an ISO contract.</param>
    /// <param name="day">Operating day of the delivery.</param>
    /// <param name="locations">Places of its rows; may name a place more than once.</param>
    /// <param name="days">First and last days of the feed's places.</param>
    public List<LocationChange> Plan(
        Feed feed,
        LocalDate day,
        IReadOnlyCollection<Location> locations,
        Dictionary<(string Id, string Type), (int First, int Last)> days)
    {
        var iso = feed.Contract!.IsoCode;
        var dayNumber = Period.DaysBetween(EngineTimes.Epoch, day);
        List<LocationChange> changes = [];
        HashSet<(string, string)> done = [];
        foreach (var location in locations)
        {
            var key = (location.Id, location.Type.ToText());
            if (done.Add(key) && Change(iso, key, location, day, feed.Zone.Id, dayNumber, days) is { } change)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    /// <summary>Whether a feed, whose newest day is whole, lacks places for so long that they may have retired.</summary>
    /// <param name="iso">Operator.</param>
    /// <param name="day">The day that is whole.</param>
    /// <param name="changes">What its delivery changes.</param>
    /// <param name="days">First and last days of the feed's places before.</param>
    public bool MayRetire(
        string iso, LocalDate day, IReadOnlyList<LocationChange> changes, Dictionary<(string Id, string Type), (int First, int Last)> days)
    {
        var through = Period.DaysBetween(EngineTimes.Epoch, day);
        var seen = changes.Select(static c => (c.Id, c.Type)).ToHashSet();
        var isGone = false;
        foreach (var (key, (_, last)) in days)
        {
            if (last > through)
            {
                return false;
            }

            isGone |= last <= through - LocationSql.RetiredAfterDays && !seen.Contains(key) && !_retired.Contains((iso, key.Id, key.Type));
        }

        return isGone;
    }

    /// <summary>Takes over which places have retired.</summary>
    public void Retired(IReadOnlyList<(string Iso, string Id, string Type)> places, long version)
    {
        _version = version;
        _retired.UnionWith(places);
    }

    /// <summary>Takes over what a commit has written.</summary>
    public void Committed(
        string iso,
        IReadOnlyList<LocationChange> changes,
        Dictionary<(string Id, string Type), (int First, int Last)> days,
        long version)
    {
        _version = version;
        foreach (var change in changes)
        {
            _entries[(iso, change.Id, change.Type)] = change.Entry;
            if ((change.What & LocationSql.Returned) != 0)
            {
                _retired.Remove((iso, change.Id, change.Type));
            }

            days[(change.Id, change.Type)] = (change.FirstDay, change.LastDay);
        }
    }

    private void Read(EngineConnection connection)
    {
        using var find = connection.Prepare(LocationSql.FindAll);
        using var rows = find.Query();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                _entries[(rows.String(0, i), rows.String(1, i), rows.String(2, i))] = new Entry(
                    rows.String(3, i),
                    rows.StringOrNull(4, i),
                    rows.Date(5, i),
                    rows.Date(6, i),
                    rows.Boolean(7, i),
                    rows.StringOrNull(8, i),
                    rows.StringOrNull(9, i),
                    rows.String(10, i));
            }
        }
    }

    private LocationChange? Change(
        string iso,
        (string Id, string Type) key,
        Location location,
        LocalDate day,
        string zoneId,
        int dayNumber,
        Dictionary<(string Id, string Type), (int First, int Last)> days)
    {
        var what = 0;
        LocalDate? earliest = null;
        if (!_entries.TryGetValue((iso, key.Id, key.Type), out var entry))
        {
            what |= LocationSql.Registered;
            entry = new Entry(location.Name, location.PublisherId, day, day, false, null, null, zoneId);
            if (KnownLocations.Find(iso, key.Id) is { } known)
            {
                // It is known to be there since before it was first seen.
                var from = known.EffectiveFrom is { } since && since < day ? since : day;
                entry = entry.With(known) with { From = from, Earliest = from };
                earliest = from;
            }
        }
        else
        {
            earliest = entry.Earliest;
            (entry, var changed) = entry.Seen(location, day);
            what |= changed;
        }

        var (first, last) = (dayNumber, dayNumber);
        if (!days.TryGetValue(key, out var seen))
        {
            what |= LocationSql.FirstInFeed;
        }
        else
        {
            (first, last) = (Math.Min(seen.First, dayNumber), Math.Max(seen.Last, dayNumber));
            what |= (first, last) == seen ? 0 : LocationSql.Widened;
        }

        what |= last == dayNumber && what != 0 && _retired.Contains((iso, key.Id, key.Type)) ? LocationSql.Returned : 0;

        return what == 0 ? null : new LocationChange(what, key.Id, key.Type, entry, earliest, first, last);
    }

    /// <summary>The current version of a place.</summary>
    internal sealed record Entry(
        string Name,
        string? PublisherId,
        LocalDate From,
        LocalDate Earliest,
        bool IsMapped,
        string? Zone,
        string? Hub,
        string Timezone)
    {
        public Entry With(KnownLocation known) => this with
        {
            Name = known.Name,
            Zone = known.Zone,
            Hub = known.Hub,
            Timezone = known.Timezone ?? Timezone,
            IsMapped = true,
        };

        /// <summary>The place as a row of a day gives it, and what is new about it.</summary>
        public (Entry Entry, int What) Seen(Location location, LocalDate day)
        {
            if (day < From)
            {
                return day < Earliest
                    ? (this with { Earliest = day, From = From == Earliest ? day : From }, LocationSql.Earlier)
                    : (this, 0);
            }

            var name = IsMapped || location.Name == location.Id ? Name : location.Name;
            var id = location.PublisherId ?? PublisherId;
            if (name == Name && id == PublisherId)
            {
                return (this, 0);
            }

            if (name == Name && PublisherId is null)
            {
                return (this with { PublisherId = id }, LocationSql.Identified);
            }

            // A version lasts at least a day: within its first day, what came first stays.
            return day == From
                ? (this, 0)
                : (this with { Name = name, PublisherId = id, From = day }, LocationSql.Renamed);
        }
    }
}

/// <summary>What is to be written about one place: flags of <see cref="LocationSql"/>, the version after it, days in the
/// feed.</summary>
internal sealed record LocationChange(
    int What, string Id, string Type, LocationBook.Entry Entry, LocalDate? Earliest, int FirstDay, int LastDay);
