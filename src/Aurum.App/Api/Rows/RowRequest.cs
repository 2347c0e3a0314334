using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Output;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Rows;

/// <summary>What a caller asks of a row resource, read and checked.</summary>
/// <param name="Filters">Columns that must have one of some values.</param>
/// <param name="Start">First interval start, inclusive.</param>
/// <param name="End">Last interval start, exclusive.</param>
/// <param name="AsOf">The state of knowledge; that of the first page where a cursor is given.</param>
/// <param name="Zone">Clock for local times.</param>
/// <param name="IsDescending">Newest first.</param>
/// <param name="Limit">Rows at most.</param>
/// <param name="After">Where the page before ended; null for the first one.</param>
/// <param name="Format">Form of the answer.</param>
/// <param name="CursorFilters">The filters as text, for the next page's cursor.</param>
internal sealed record RowRequest(
    IReadOnlyList<ColumnFilter> Filters,
    Instant? Start,
    Instant? End,
    Instant AsOf,
    ZoneChoice Zone,
    bool IsDescending,
    int Limit,
    string? After,
    ResponseFormat Format,
    IReadOnlyList<KeyValuePair<string, string>> CursorFilters)
{
    /// <summary>Every revision instead of the latest one.</summary>
    public bool IsAllRevisions { get; init; }

    /// <summary>Number columns that must be less than a bound.</summary>
    public IReadOnlyList<ColumnBound> Below { get; init; } = [];

    /// <summary>Value columns that must have one of some values.</summary>
    public IReadOnlyList<ColumnFilter> Having { get; init; } = [];

    /// <summary>Words to look for.</summary>
    public TextSearch? Search { get; init; }

    /// <summary>A number column to order by instead of time; there are no further pages then.</summary>
    public string? OrderBy { get; init; }

    /// <exception cref="RequestFormatException">A parameter that does not fit.</exception>
    public static RowRequest Read(RowResource resource, HttpRequest request, RowServices services)
    {
        var query = new QueryReader(request.Query, resource.Parameters);
        var zone = query.Has("tz") ? ZoneChoice.Read(query) : ZoneChoice.None;
        var filters = ReadFilters(resource, query, services.Feeds);
        var (start, end) = query.Has("start") ? ReadTimes(query, zone, filters, services.Feeds) : (null, null);
        var cursor = query.Has("cursor") && query.Text("cursor") is { } text ? services.Cursors.Read(text) : null;
        cursor?.RequireSame(resource.Name, query.Filters);
        return new RowRequest(
            filters, start, end, cursor?.AsOf ?? query.AsOf() ?? services.Latest(), zone,
            query.Has("order") && query.Choice("order") == "desc",
            query.WholeNumber("limit"), cursor?.After[0], ResponseFormats.Read(query, request), query.Filters)
        {
            Having = ReadFilters(resource, query, services.Feeds, isOfValue: true),
            Search = query.Has("q") && query.Text("q") is { } words
                ? new TextSearch(resource.SearchColumns, words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                : null,
        };
    }

    /// <summary>The column filters that the caller gives, checked.</summary>
    public static IReadOnlyList<ColumnFilter> ReadFilters(
        RowResource resource, QueryReader query, FeedTable feeds, bool isOfValue = false) =>
    [
        .. resource.Filters.Where(f => f.IsOfValue == isOfValue)
            .Select(f => (Filter: f, Values: query.Texts(f.Parameter.Name)))
            .Where(f => f.Values.Count > 0)
            .Select(f =>
                new ColumnFilter(f.Filter.Column, [.. f.Values.Select(v => f.Filter.Check(feeds, f.Filter.Parameter.Name, v))])),
    ];

    /// <summary>Start and end; a date is a midnight on the clock that is asked for.</summary>
    public static (Instant? Start, Instant? End) ReadTimes(QueryReader query, ZoneChoice zone,
        IReadOnlyList<ColumnFilter> filters, FeedTable feeds)
    {
        var clock = zone.Zone ?? DateTimeZone.Utc;
        if (zone.IsMarket && (query.IsDate("start") || query.IsDate("end")))
        {
            clock = MarketClock(query.IsDate("start") ? "start" : "end", filters, feeds);
        }

        var (start, end) = (query.Time("start", clock), query.Time("end", clock));
        return start is null || end is null || start < end
            ? (start, end)
            : throw new RequestFormatException("end", $"a time after start ({UtcText.Of(start.Value)})",
                $"'{query.Text("end")}'");
    }

    public RowQuery ToQuery(RowResource resource) => new(resource.Table)
    {
        Filters = Filters,
        Start = Start,
        End = End,
        AsOf = AsOf,
        AllRevisions = IsAllRevisions,
        Below = Below,
        Having = Having,
        Search = Search,
        OrderBy = OrderBy,
        Descending = IsDescending,
        After = After,
        Limit = Limit,
    };

    private static DateTimeZone MarketClock(string field, IReadOnlyList<ColumnFilter> filters, FeedTable feeds)
    {
        var zones = feeds.Feeds
            .Where(f => filters.All(c => c.Column switch
            {
                "iso_code" => c.Values.Contains(f.Contract?.IsoCode ?? ""),
                "feed" => c.Values.Contains(f.Id.Text),
                _ => true,
            }))
            .Select(f => f.Zone).Distinct().ToList();
        return zones.Count == 1
            ? zones[0]
            : throw new RequestFormatException(field,
                "an instant, or a date together with iso= (with tz=market a date is a day of one market)", "a date");
    }
}
