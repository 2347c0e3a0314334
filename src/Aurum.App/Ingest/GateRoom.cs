using System.Collections.Concurrent;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Store;

namespace Aurum.App.Ingest;

/// <summary>The feeds' gates, compiled once, and the places that a feed's day should have: those of the day before.</summary>
/// <param name="store">Where the places of the day before stand.</param>
/// <param name="suites">The suites by name; null: those that come with the program.</param>
internal sealed class GateRoom(AurumStore store, Func<string, Suite>? suites = null)
{
    private readonly Func<string, Suite> _suites = suites ?? Suite.Load;
    private readonly ConcurrentDictionary<FeedId, object> _gates = new();
    private readonly ConcurrentDictionary<FeedId, (OperatingDay Day, IReadOnlyCollection<string> Places)> _places = new();

    public Gate<TRow> Of<TRow>(Feed<TRow> feed)
        where TRow : struct =>
        (Gate<TRow>)_gates.GetOrAdd(feed.Id, (_, f) => SuiteCompiler.Compile(_suites(f.Suite), f), feed);

    /// <summary>Ids of the places that the previous day has in the store; null where it has none.</summary>
    public IReadOnlyCollection<string>? PlacesBefore<TRow>(Feed<TRow> feed, OperatingDay day)
        where TRow : struct
    {
        if (!Of(feed).AsksForPlaces)
        {
            return null;
        }

        if (!_places.TryGetValue(feed.Id, out var known) || known.Day != day)
        {
            known = (day, Read(feed, day.Previous));
            if (known.Places.Count > 0)
            {
                _places[feed.Id] = known;
            }
        }

        return known.Places.Count == 0 ? null : known.Places;
    }

    private HashSet<string> Read(Feed feed, OperatingDay day)
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        using var rows = store.Read.Sql(
            $"""
            select distinct location_id from {feed.TableName}
            where feed = '{feed.Id}' and interval_start_utc >= '{day.Start:uuuu-MM-dd'T'HH:mm:ss'Z'}'
              and interval_start_utc < '{day.End:uuuu-MM-dd'T'HH:mm:ss'Z'}'
            """);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                places.Add(System.Text.Encoding.UTF8.GetString(rows.Text(0, row)));
            }
        }

        return places;
    }
}
