using System.Globalization;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Requests;

/// <summary>What a caller asks of a list of records: filters, a limit and where to go on.</summary>
/// <param name="Resource">Name of the endpoint, for cursors.</param>
/// <param name="Query">The parameters.</param>
/// <param name="Limit">Records at most.</param>
/// <param name="After">Key of the last record of the page before; null for the first page.</param>
internal sealed record ListRequest(string Resource, QueryReader Query, int Limit, IReadOnlyList<string>? After)
{
    /// <summary>The parameters of lists whose records belong to a feed and an operating day.</summary>
    public static readonly QueryParameter[] OfDays =
    [
        QueryParameter.Filter("feed", "Feed id, as /v1/feeds lists them.", "caiso/day-ahead-lmp"),
        new("from", ParameterForm.Date, "First operating day.") { Example = "2025-11-01", IsFilter = true },
        new("to", ParameterForm.Date, "Last operating day, inclusive.") { Example = "2025-11-30", IsFilter = true },
        RowResource.AsOf,
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit),
        RowResource.Cursor,
        ResponseFormats.Parameter,
    ];

    private RowServices Services { get; init; } = null!;

    public ResponseFormat Format { get; private init; }

    /// <summary>The state of knowledge that is shown; all pages of a walk have the same.</summary>
    public Instant AsOf { get; private init; }

    private bool IsAsOf { get; init; }

    private long Started { get; init; }

    /// <exception cref="RequestFormatException">A parameter that does not fit.</exception>
    public static ListRequest Read(string resource, IReadOnlyList<QueryParameter> parameters, HttpRequest request,
        RowServices services)
    {
        var query = new QueryReader(request.Query, parameters);
        var cursor = query.Text("cursor") is { } text ? services.Cursors.Read(text) : null;
        cursor?.RequireSame(resource, query.Filters);
        return new ListRequest(resource, query, query.WholeNumber("limit"), cursor?.After)
        {
            Format = ResponseFormats.Read(query, request),
            IsAsOf = query.Has("as_of"),
            Services = services,
            AsOf = cursor?.AsOf ?? (query.Has("as_of") ? query.AsOf() : null) ?? services.Latest(),
            Started = services.Api.Time.GetTimestamp(),
        };
    }

    /// <summary>The same for records that the store numbers, newest first: one more than the limit, to see whether more
    /// follow.</summary>
    public RecordQuery ToRecordQuery(RowServices services)
    {
        var (from, to) = (Query.Date("from"), Query.Date("to"));
        return from is null || to is null || from <= to
            ? new RecordQuery
            {
                Feed = Query.Text("feed") is { } feed ? services.Feeds.Require("feed", feed).Id : null,
                From = from,
                Through = to,
                AsOf = AsOf,
                BeforeId = After is null ? null : long.Parse(After[0], CultureInfo.InvariantCulture),
                Descending = true,
                Limit = Limit + 1,
            }
            : throw new RequestFormatException("to", $"a day not before from ({from:uuuu-MM-dd})", $"'{Query.Text("to")}'");
    }

    /// <summary>The page that a reader of the store gave, which knows itself where the next one begins.</summary>
    /// <param name="shown">Records as they look in the answer.</param>
    /// <param name="next">The reader's cursor; null where this is all.</param>
    public Answer<IReadOnlyList<TShape>> PageOf<TShape>(IReadOnlyList<TShape> shown, string? next)
    {
        Services.Api.Metrics.RowsSent(Resource, shown.Count);
        return new Answer<IReadOnlyList<TShape>>(shown, shown.Count, Services.Api.Time.GetElapsedTime(Started).TotalMilliseconds)
        {
            Format = Format,
            AsOf = IsAsOf ? AsOf : null,
            NextCursor = next is null ? null : Services.Cursors.Sign(new Cursor(Resource, AsOf, Query.Filters, [next])),
        };
    }

    /// <summary>The page: as many records as the limit, and a cursor where there are more.</summary>
    /// <param name="found">Records after <see cref="After"/> in their order, one more than the limit where there are.</param>
    /// <param name="shape">How a record looks in the answer.</param>
    /// <param name="key">Where a page that ends with the record goes on.</param>
    public Answer<IReadOnlyList<TShape>> Page<TRecord, TShape>(
        IReadOnlyList<TRecord> found, Func<TRecord, TShape> shape, Func<TRecord, IReadOnlyList<string>> key)
    {
        var shown = found.Take(Limit).ToList();
        Services.Api.Metrics.RowsSent(Resource, shown.Count);
        return new Answer<IReadOnlyList<TShape>>(
            [.. shown.Select(shape)], shown.Count, Services.Api.Time.GetElapsedTime(Started).TotalMilliseconds)
        {
            Format = Format,
            AsOf = IsAsOf ? AsOf : null,
            NextCursor = found.Count > Limit ? Services.Cursors.Sign(new Cursor(Resource, AsOf, Query.Filters, key(shown[^1])))
            : null,
        };
    }
}
