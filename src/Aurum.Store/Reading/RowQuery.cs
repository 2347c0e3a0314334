using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>Which rows of a table to read.</summary>
/// <param name="Table">Table name, for example <c>iso_lmp</c>.</param>
public sealed record RowQuery(string Table)
{
    /// <summary>Text columns that must have one of the given values: feed, iso_code, location_id, fuel_type, series_id,
    /// ...</summary>
    public IReadOnlyList<ColumnFilter> Filters { get; init; } = [];

    /// <summary>Earliest interval start, inclusive.</summary>
    public Instant? Start { get; init; }

    /// <summary>Latest interval start, exclusive.</summary>
    public Instant? End { get; init; }

    /// <summary>What was known at this instant; null: what is known now.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>All revisions that were known instead of the latest one; within a key oldest first, or newest first where
    /// descending.</summary>
    public bool AllRevisions { get; init; }

    /// <summary>Number columns that must be less than a bound.</summary>
    public IReadOnlyList<ColumnBound> Below { get; init; } = [];

    /// <summary>Text columns whose value in the revision that is shown must be one of the given values.</summary>
    public IReadOnlyList<ColumnFilter> Having { get; init; } = [];

    /// <summary>Words that the revision that is shown must all have; null for none.</summary>
    public TextSearch? Search { get; init; }

    /// <summary>A number column to order by, least first, instead of by time; such a query has no cursor.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Latest first. The order is by interval start, then by the other key columns, the feed and the revision.</summary>
    public bool Descending { get; init; }

    /// <summary>Where the page before ended: <see cref="RowReader.NextCursor"/>.</summary>
    public string? After { get; init; }

    /// <summary>Largest number of rows, 1 to 100,000,000.</summary>
    public int Limit { get; init; } = 10_000;
}

/// <summary>A column and the values that it may have.</summary>
public sealed record ColumnFilter(string Column, IReadOnlyList<string> Values)
{
    public ColumnFilter(string column, string value)
        : this(column, [value])
    {
    }
}

/// <summary>Words, each of which must stand in one of some text columns, in any case.</summary>
public sealed record TextSearch(IReadOnlyList<string> Columns, IReadOnlyList<string> Words);

/// <summary>A number column and the bound that its value must be less than.</summary>
public sealed record ColumnBound(string Column, double LessThan);
