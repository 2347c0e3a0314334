using Aurum.Market.Power;

namespace Aurum.Market.Feeds;

/// <summary>The columns of a kind of row: once, for the store, the quality gate, CSV and JSON.</summary>
/// <param name="Name">Table name, for example <c>iso_lmp</c>.</param>
/// <param name="Columns">In the order in which they are printed.</param>
public sealed record RowTable<TRow>(string Name, IReadOnlyList<RowColumn<TRow>> Columns)
    where TRow : struct
{
    /// <summary>The place that a row is about, with its name and the publisher's own id;
    /// null for tables without places.</summary>
    public LocationOf<TRow>? Location { get; init; }

    /// <summary>The date that a row is of, where rows are of a date and not of a time; null elsewhere.</summary>
    public DayColumn<TRow>? Day { get; init; }

    /// <summary>How a person finds a row, where that says more than its key: sheet and cell, and what stands there.</summary>
    public PlaceOf<TRow>? Place { get; init; }

    /// <summary>Start of a row's interval; null for a table whose rows are not of a time.</summary>
    public InstantColumn<TRow>? IntervalStart => Columns.FirstOrDefault(c => c.Name == "interval_start_utc") as InstantColumn<TRow>;

    /// <summary>End of a row's interval; null for a table whose rows are not of a time.</summary>
    public InstantColumn<TRow>? IntervalEnd => Columns.FirstOrDefault(c => c.Name == "interval_end_utc") as InstantColumn<TRow>;

    public RowColumn<TRow> this[string name] =>
        Columns.FirstOrDefault(c => c.Name == name)
        ?? throw new ArgumentException(
            $"table {Name} has no column '{name}'; it has {string.Join(", ", Columns.Select(c => c.Name))}", nameof(name));
}

/// <summary>What a column is to its row.</summary>
public enum ColumnRole
{
    /// <summary>The same for all rows of a feed; not part of the comparison of revisions.</summary>
    Feed,

    /// <summary>Together with the feed, identifies the row.</summary>
    Key,

    /// <summary>May change from one revision to the next.</summary>
    Value,
}

public abstract record RowColumn<TRow>(string Name, ColumnRole Role)
    where TRow : struct;

/// <summary>Text that is the same for every row of a feed, for example <c>iso_code</c>.</summary>
public sealed record FeedColumn<TRow>(string Name, Func<Feed, string> Of) : RowColumn<TRow>(Name, ColumnRole.Feed)
    where TRow : struct;

public sealed record TextColumn<TRow>(string Name, ColumnRole Role, TextOf<TRow> Of) : RowColumn<TRow>(Name, Role)
    where TRow : struct;

/// <summary>A number; NaN is unknown (empty in CSV, null in JSON and SQL).</summary>
public sealed record NumberColumn<TRow>(string Name, ColumnRole Role, NumberOf<TRow> Of) : RowColumn<TRow>(Name, Role)
    where TRow : struct;

/// <summary>An instant in seconds since 1970 UTC; <see cref="InstantColumn.Unknown"/> is unknown.</summary>
public sealed record InstantColumn<TRow>(string Name, ColumnRole Role, SecondsOf<TRow> Of) : RowColumn<TRow>(Name, Role)
    where TRow : struct;

/// <summary>The key column that holds the date a row is of.</summary>
/// <param name="Name">A text column with dates like <c>2025-09-17</c>.</param>
/// <param name="Midnight">Its midnight in UTC, seconds since 1970.</param>
public sealed record DayColumn<TRow>(string Name, SecondsOf<TRow> Midnight)
    where TRow : struct;

public static class InstantColumn
{
    /// <summary>The value of an instant column that has none. 0 (1970) is never a real stamp of a publisher.</summary>
    public const long Unknown = 0;
}

public delegate ReadOnlySpan<byte> TextOf<TRow>(in TRow row)
    where TRow : struct;

public delegate double NumberOf<TRow>(in TRow row)
    where TRow : struct;

public delegate long SecondsOf<TRow>(in TRow row)
    where TRow : struct;

public delegate string PlaceOf<TRow>(in TRow row)
    where TRow : struct;

public delegate Location LocationOf<TRow>(in TRow row)
    where TRow : struct;
