using Aurum.Store.Sql;

namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>The tables of delivered rows: columns of the store's row tables, then feed, known_at, revision and the delivery.</summary>
/// <remarks>A row is itself by feed, keys and revision, so that a delivery that comes again writes the same keys.</remarks>
internal static class DeliveredTables
{
    private const int CurveDays = 730;

    /// <summary>Names of the store's tables whose rows are worth having here.</summary>
    public static readonly IReadOnlyList<string> Followed = ["iso_lmp", "iso_load", "iso_genmix", "curve_observation"];

    /// <summary>Keys by which people look rows up come first.</summary>
    private static readonly string[] First = ["location_id", "curve_key"];

    /// <summary>Texts that seldom repeat.</summary>
    private static readonly string[] Many = ["sheet_cell", "version_hash"];

    public static readonly IReadOnlyList<ClickHouseTable> All = [.. Followed.Select(static name => Of(TableShape.Find(name)))];

    public static readonly IReadOnlyList<ClickHouseView> Views =
        [.. Followed.SelectMany(static name => new[] { Whole(TableShape.Find(name)), Current(TableShape.Find(name)) })];

    public static ClickHouseTable Find(string table) => All.First(t => t.Name == table + "_rows");

    private static ClickHouseTable Of(TableShape shape)
    {
        var keys = shape.Keys.Select(static k => k.Name).OrderBy(static k => Array.IndexOf(First, k) < 0 ? 1 : 0).ToList();
        return new ClickHouseTable(
            shape.Name + "_rows",
            [
                .. ClickHouseColumn.Parse("store:name delivery:whole"),
                .. shape.Columns.Select(c => ColumnOf(shape, c)),
                .. ClickHouseColumn.Parse("feed:name known_at:instant revision:small file_id:whole"),
            ],
            ["feed", .. keys, "store", "revision"])
        {
            Partition = PartitionBy.Month,
            PartitionColumn = shape.Day ?? TableShape.Start,
            KeptDays = shape.Day is null ? 0 : CurveDays,
        };
    }

    /// <summary>Keys have no unknown values here: an instant that is none is 1970.</summary>
    private static ClickHouseColumn ColumnOf(TableShape shape, ColumnShape column) => new(column.Name, column.Kind switch
    {
        // Plain text: partitions are of the date; of the others there are many.
        CellKind.Text when column.Name == shape.Day || Many.Contains(column.Name) => ColumnKind.Text,
        CellKind.Text => ColumnKind.Name,
        CellKind.Number => ColumnKind.NumberOrUnknown,
        CellKind.Instant => ColumnKind.Instant,
        _ => ColumnKind.Whole,
    });

    private static ClickHouseView Whole(TableShape shape) => new(shape.Name, false, (dialect, at) => $"""
        SELECT {Cells(shape, dialect)}
        FROM {at(shape.Name + "_rows")} FINAL
        """);

    /// <summary>The latest revision of each row: no replacing that the server does at its leisure, but the highest one that is
    /// there.</summary>
    private static ClickHouseView Current(TableShape shape) => new(shape.Name + "_current", false, (dialect, at) =>
    {
        var table = Find(shape.Name);
        var keys = string.Join(", ", table.Key.Where(static k => k != "revision").Select(k => table[k].In(dialect)[0].Name));
        return $"""
            SELECT {Cells(shape, dialect)}
            FROM {at(shape.Name + "_rows")} FINAL
            WHERE ({keys}, revision) IN
            (
                SELECT {keys}, max(revision)
                FROM {at(shape.Name + "_rows")}
                GROUP BY {keys}
            )
            """;
    });

    private static string Cells(TableShape shape, ClickHouseDialect dialect) => string.Join(
        ", ",
        shape.Columns.Select(c => c.Kind == CellKind.Instant ? MarketViews.Instant(dialect, c.Name) : c.Name)
            .Concat(["feed", MarketViews.Instant(dialect, "known_at"), "revision", "file_id", "store", "delivery"]));
}
