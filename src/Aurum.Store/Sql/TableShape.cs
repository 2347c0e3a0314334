using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;

namespace Aurum.Store.Sql;

internal enum CellKind
{
    Text,
    Number,
    Instant,
    Whole,
}

/// <summary>A column of a row table as SQL sees it.</summary>
internal sealed record ColumnShape(string Name, CellKind Kind, ColumnRole Role)
{
    /// <summary>Where a text that is the same for a feed's rows stands in the table <c>feeds</c>.</summary>
    public string ColumnOfFeeds => Name switch
    {
        "unit" => "iso_unit",
        "provider" => "publisher",
        _ => Name,
    };

    public string SqlType => Kind switch
    {
        CellKind.Text => "VARCHAR NOT NULL",
        CellKind.Number => "DOUBLE PRECISION",
        CellKind.Instant => "TIMESTAMPTZ",
        _ => "BIGINT NOT NULL",
    };
}

/// <summary>A row table without its row type: names, kinds and roles of the columns.</summary>
internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns)
{
    /// <summary>The column that ranges of time are about. Every row table has it, but for those whose rows are not of a time.</summary>
    public const string Start = "interval_start_utc";

    public static readonly IReadOnlyList<TableShape> All =
    [
        Of(PowerTables.Lmp),
        Of(PowerTables.Load),
        Of(PowerTables.Generation),
        Of(PowerTables.AncillaryPrice),
        Of(SeriesTables.Observation),
        Of(SeriesTables.Catalog),
        Of(CurveTables.Observation),
        Of(CurveTables.Landing),
    ];

    /// <summary>Columns that the store adds to those of the row.</summary>
    public static readonly IReadOnlyList<string> Added = ["feed", "known_at", "revision", "file_id"];

    /// <summary>All columns that readers see, in their order.</summary>
    public IEnumerable<string> AllNames => Columns.Select(c => c.Name).Concat(Added);

    public IReadOnlyList<ColumnShape> Keys { get; } = [.. Columns.Where(c => c.Role == ColumnRole.Key)];

    /// <summary>Whether rows are of a time.</summary>
    public bool HasTime { get; } = Columns.Any(c => c.Name == Start);

    /// <summary>The key column with the date that rows are of; null where they are of a time, or of neither.</summary>
    public string? Day { get; init; }

    public IReadOnlyList<ColumnShape> Values { get; } = [.. Columns.Where(c => c.Role == ColumnRole.Value)];

    /// <summary>Keys and values: what a delivery brings.</summary>
    public IReadOnlyList<ColumnShape> Delivered { get; } = [.. Columns.Where(c => c.Role != ColumnRole.Feed)];

    public static TableShape Of<TRow>(RowTable<TRow> table)
        where TRow : struct => new(table.Name, [.. table.Columns.Select(ShapeOf)]) { Day = table.Day?.Name };

    /// <exception cref="ArgumentException">No such table.</exception>
    public static TableShape Find(string name) =>
        All.FirstOrDefault(t => t.Name == name)
        ?? throw new ArgumentException($"no table '{name}'; there are {string.Join(", ", All.Select(t => t.Name))}", nameof(name));

    private static ColumnShape ShapeOf<TRow>(RowColumn<TRow> column)
        where TRow : struct => new(
            column.Name,
            column switch
            {
                NumberColumn<TRow> => CellKind.Number,
                InstantColumn<TRow> => CellKind.Instant,
                _ => CellKind.Text,
            },
            column.Role);
}
