using System.Collections.Concurrent;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Store;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>The feeds' gates, compiled once, and the places that a feed's day should have: those of the day before.</summary>
/// <param name="store">Where the places of the day before stand.</param>
/// <param name="suites">The suites by name; null: those that come with the program.</param>
internal sealed class GateRoom(AurumStore store, Func<string, Suite>? suites = null)
{
    /// <summary>Days of a feed whose places are remembered, the latest asked for.</summary>
    private const int MostDays = 4;

    private readonly Func<string, Suite> _suites = suites ?? Suite.Load;
    private readonly ConcurrentDictionary<FeedId, object> _gates = new();
    private readonly ConcurrentDictionary<FeedId, IReadOnlyList<DayPlaces>> _places = new();

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

        var before = day.Previous;
        var known = _places.GetValueOrDefault(feed.Id, []);

        // As many rows as then: the same places. Where that does not tell, those that were read last serve for one day.
        var rows = feed.RowsLieInDay ? store.Ledger.Find(feed.Id, before.Date)?.Rows : null;
        var found = rows is null
            ? known.Take(1).FirstOrDefault(p => p.Day == before.Date)
            : known.FirstOrDefault(p => p.Day == before.Date && p.Rows == rows);
        if (found is null && Read(feed, before) is { Count: > 0 } places)
        {
            found = new DayPlaces(before.Date, rows, places);
            _places[feed.Id] = [found, .. known.Where(p => p.Day != before.Date).Take(MostDays - 1)];
        }

        return found?.Places;
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

    /// <summary>The places of a feed's day, and how many rows it had when they were read; null: not known.</summary>
    private sealed record DayPlaces(LocalDate Day, long? Rows, IReadOnlyCollection<string> Places);
}
