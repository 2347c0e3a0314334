using Aurum.App.Api.Requests;

namespace Aurum.App.Api.Rows;

/// <summary>A table of the store as the API shows it: its path's name, its filters, its JSON fields and its CSV
/// columns.</summary>
/// <param name="Name">Short name, for cursors and metrics: <c>lmp</c>.</param>
/// <param name="Table">Table of the store.</param>
/// <param name="Filters">Parameters that compare a column, in the order of the documentation.</param>
/// <param name="Fields">Fields of a JSON row.</param>
/// <param name="CsvColumns">Columns of CSV: those of <c>aurum parse</c>.</param>
internal sealed record RowResource(
    string Name,
    string Table,
    IReadOnlyList<RowFilter> Filters,
    IReadOnlyList<RowField> Fields,
    IReadOnlyList<string> CsvColumns)
{
    /// <summary>Columns that the parameter <c>q</c> looks for words in; none where there is no such parameter.</summary>
    public IReadOnlyList<string> SearchColumns { get; init; } = [];

    /// <summary>Rows in an answer at most.</summary>
    public const int MaxLimit = 5000;

    public const int DefaultLimit = 500;

    public static readonly QueryParameter AsOf = new("as_of", ParameterForm.Time,
        "Shows what was known then: an instant, or a date for the end of that day in UTC.")
    {
        Default = "what is known now",
        Example = "2025-11-03T12:00:00Z",
        IsFilter = true,
    };

    public static readonly QueryParameter Start = new("start", ParameterForm.Time,
        "First interval start, inclusive: an instant, or a date for its midnight on the clock of tz.")
        {
            Example = "2025-11-02",
            IsFilter = true,
        };

    public static readonly QueryParameter End = new("end", ParameterForm.Time,
        "Last interval start, exclusive: an instant, or a date for its midnight on the clock of tz.")
        {
            Example = "2025-11-03",
            IsFilter = true,
        };

    public static readonly QueryParameter Order =
        QueryParameter.ChoiceOf("order", "asc: oldest interval first. desc: newest first.", "asc",
            "desc") with { Default = "asc" };

    public static readonly QueryParameter Limit = QueryParameter.LimitOf(MaxLimit, DefaultLimit);

    public static readonly QueryParameter Cursor = new("cursor", ParameterForm.Text,
        "next_cursor of the answer before; all other parameters must stay the same, but for limit and format.")
    {
        MaxLength = CursorSigner.MaxLength,
    };

    /// <summary>The filters' parameters, without those that every row endpoint has.</summary>
    public IReadOnlyList<QueryParameter> FilterParameters { get; } = [.. Filters.Select(f => f.Parameter)];

    /// <summary>All parameters of the endpoint that gives rows by time.</summary>
    public IReadOnlyList<QueryParameter> Parameters { get; init; } =
    [
        .. Filters.Select(f => f.Parameter), Start, End, AsOf, ZoneChoice.Parameter, Order, Limit, Cursor,
        Responses.ResponseFormats.Parameter,
    ];
}

/// <summary>A parameter that must equal a column, and how its text is checked.</summary>
/// <param name="Parameter">Name, description, example.</param>
/// <param name="Column">Column of the store.</param>
/// <param name="Check">Turns the caller's text into the column's, or refuses it.</param>
internal sealed record RowFilter(QueryParameter Parameter, string Column, Func<FeedTable, string, string, string> Check)
{
    /// <summary>Whether the column is a value, that may be another one in the next revision.</summary>
    public bool IsOfValue { get; init; }

    /// <summary>Compares text as it is.</summary>
    public static RowFilter Text(string name, string column, string description, string example, int maxValues = 1) =>
        new(QueryParameter.Filter(name, description + (maxValues > 1 ? $" May be repeated, up to {maxValues} times." : ""),
            example)
            with { MaxValues = maxValues }, column, static (_, _, text) => text);

    /// <summary>One of the written-out texts, case aside.</summary>
    public static RowFilter Choice(string name, string column, string description, params string[] choices) =>
        new(QueryParameter.ChoiceOf(name, description, choices), column, (_, field, text) =>
            choices.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new RequestFormatException(field, $"one of {string.Join(", ", choices)}", $"'{text}'"));

    public static readonly RowFilter Iso = new(
        QueryParameter.Filter("iso", "Market operator.", "CAISO"), "iso_code",
        static (feeds, field, text) => feeds.RequireIso(field, text));

    public static readonly RowFilter Feed = new(
        QueryParameter.Filter("feed", "Feed id, as /v1/feeds lists them.", "caiso/day-ahead-lmp"), "feed",
        static (feeds, field, text) => feeds.Require(field, text).Id.Text);
}
