using System.Collections.Concurrent;
using Aurum.Market.Feeds;

namespace Aurum.Store.Sql;

/// <summary>The statements about one row table, written from its columns in the SQL that DuckDB and PostgreSQL share.</summary>
/// <remarks>The rows lie in <c>iso_lmp_rows</c>, without the texts that are the same for all rows of a feed: these cost half of
/// an insert. The view <c>iso_lmp</c> adds them from the table <c>feeds</c>.</remarks>
internal sealed class RowTableSql
{
    /// <summary>What a delivered row is to what is stored; numbers of the column <c>what</c> in the table of
    /// differences.</summary>
    public const int New = 1;
    public const int Changed = 2;
    public const int Identical = 3;
    public const int Duplicate = 4;
    public const int Conflict = 5;

    /// <summary>Rows that are looked at together.</summary>
    public const int ConflictPage = 10_000;

    private static readonly ConcurrentDictionary<string, RowTableSql> Known = new(StringComparer.Ordinal);

    private readonly TableShape _shape;
    private readonly string _rows;
    private readonly string _differences;
    private readonly string _delivered;

    public RowTableSql(TableShape shape)
    {
        _shape = shape;
        _rows = $"{shape.Name}_rows";
        _differences = $"differences_{shape.Name}";
        _delivered = List(shape.Delivered, c => c.Name);
        Stage = $"stage_{shape.Name}";
        RowColumns = ["feed_id", .. shape.Delivered.Select(c => c.Name), "known_at", "revision", "file_id"];
        FindStored = $"SELECT {List(shape.Delivered, c => "t." + c.Name)}, t.known_at, t.revision FROM {_rows} t WHERE {OfDelivery}";
    }

    /// <summary>The statements of a table, made once.</summary>
    public static RowTableSql Of<TRow>(RowTable<TRow> table)
        where TRow : struct => Known.TryGetValue(table.Name, out var known)
            ? known
            : Known.GetOrAdd(table.Name, new RowTableSql(TableShape.Of(table)));

    public TableShape Shape => _shape;

    /// <summary>Table of the rows, and its columns.</summary>
    public string Rows => _rows;

    public string[] RowColumns { get; }

    /// <summary>Rows that a delivery may meet: the delivered columns, known_at, revision. $1 feed id, $2 and $3 first and last interval
    /// start.</summary>
    public string FindStored { get; }

    /// <summary>Temporary table of a delivery's rows, in their order.</summary>
    public string Stage { get; }

    public string Create => $"""
        CREATE TABLE IF NOT EXISTS {_rows} (
          feed_id INTEGER NOT NULL,
        {string.Join(",\n", _shape.Delivered.Select(c => $"  {c.Name} {c.SqlType}"))},
          known_at TIMESTAMPTZ NOT NULL,
          revision INTEGER NOT NULL,
          file_id BIGINT NOT NULL)
        """;

    /// <summary>All revisions, with the texts of their feeds.</summary>
    public string CreateView => $"CREATE OR REPLACE VIEW {_shape.Name} AS {All("true")}";

    /// <summary>The latest revision of each key.</summary>
    public string CreateCurrentView => $"CREATE OR REPLACE VIEW {_shape.Name}_current AS {Latest("true")}";

    public string CreateStage => $"""
        DROP TABLE IF EXISTS {Stage}; CREATE TEMPORARY TABLE {Stage} (
        {string.Join(",\n", _shape.Delivered.Select(c => $"  {c.Name} {c.SqlType}"))},
          file_id BIGINT NOT NULL,
          row_no BIGINT NOT NULL)
        """;

    public string DropDifferences => $"DROP TABLE IF EXISTS {_differences}";

    public string DropStage => $"DROP TABLE IF EXISTS {Stage}; DROP TABLE IF EXISTS {_differences}";

    /// <summary>Moves all staged rows over as first revisions. $1 feed id, $2 known_at.</summary>
    public string InsertFresh => $"""
        INSERT INTO {_rows} (feed_id, {_delivered}, known_at, revision, file_id)
        SELECT $1, {_delivered}, $2, 1, file_id FROM {Stage}
        """;

    /// <summary>Moves new and changed rows over. $1 feed id, $2 known_at.</summary>
    public string InsertDifferences => $"""
        INSERT INTO {_rows} (feed_id, {_delivered}, known_at, revision, file_id)
        SELECT $1, {List(_shape.Delivered, c => "s." + c.Name)}, $2, d.revision, s.file_id
        FROM {Stage} s JOIN {_differences} d ON d.row_no = s.row_no
        WHERE d.what IN ({New}, {Changed})
        """;

    /// <summary>Compares staged rows with each other and with the latest revisions. $1 feed id, $2 and $3 first and last
    /// interval start.</summary>
    public string CreateDifferences => $"""
        CREATE TEMPORARY TABLE {_differences} AS
        WITH ranked AS (
          SELECT *, row_number() OVER (PARTITION BY {List(_shape.Keys, c => KeyCell("", c))} ORDER BY row_no) AS nth FROM {Stage})
        SELECT {Comparison}
        FROM ranked s LEFT JOIN ({LatestOfDelivery}) c ON {SameKeys("s", "c")}
        WHERE s.nth = 1
        UNION ALL
        SELECT s.row_no, s.file_id, NULL, 0, CASE WHEN {SameValues("s", "f")} THEN {Duplicate} ELSE {Conflict} END
        FROM ranked s JOIN ranked f ON {SameKeys("s", "f")}
        WHERE s.nth > 1 AND f.nth = 1
        """;

    /// <summary>The same, where no two staged rows share a key.</summary>
    public string CreateDifferencesOfDistinct => $"""
        CREATE TEMPORARY TABLE {_differences} AS
        SELECT {Comparison}
        FROM {Stage} s LEFT JOIN ({LatestOfDelivery}) c ON {SameKeys("s", "c")}
        """;

    public string CountFresh => $"SELECT {New}, file_id, count(*) FROM {Stage} GROUP BY file_id";

    public string CountDifferences => $"SELECT what, file_id, count(*) FROM {_differences} GROUP BY what, file_id";

    /// <summary>A changed row that would be known before what it changes. $1 known_at.</summary>
    public string FindBackward => $"""
        SELECT {List(_shape.Keys, c => "s." + c.Name)}, d.known_before
        FROM {_differences} d JOIN {Stage} s ON s.row_no = d.row_no
        WHERE d.what = {Changed} AND d.known_before > $1
        ORDER BY d.row_no LIMIT 1
        """;

    /// <summary>A page of rows that contradict an earlier row of the delivery, after the row number $1: row number,
    /// file_id, then the delivered columns.</summary>
    public string FindConflicts => $"""
        SELECT s.row_no, s.file_id, {List(_shape.Delivered, c => "s." + c.Name)}
        FROM {_differences} d JOIN {Stage} s ON s.row_no = d.row_no
        WHERE d.what = {Conflict} AND d.row_no > $1
        ORDER BY d.row_no LIMIT {ConflictPage}
        """;

    /// <summary>All revisions in the order of their keys, without ids of this store.</summary>
    public string AllInOrder => $"""
        SELECT feed, {_delivered}, known_at, revision FROM {_shape.Name}
        ORDER BY feed, {List(_shape.Keys, c => c.Name + " NULLS FIRST")}, known_at, revision
        """;

    private string Comparison => $"""
        s.row_no, s.file_id, c.known_at AS known_before, coalesce(c.revision, 0) + 1 AS revision,
          CASE WHEN c.revision IS NULL THEN {New} WHEN {SameValues("s", "c")} THEN {Identical} ELSE {Changed} END AS what
        """;

    /// <summary>Rows that are neither of a time nor of a date are compared with all of the feed's: first and last are then one
    /// instant.</summary>
    private string OfDelivery => "t.feed_id = $1 AND " + (_shape switch
    {
        { HasTime: true } => $"t.{TableShape.Start} BETWEEN $2 AND $3",
        { Day: { } day } => $"t.{day} BETWEEN {DateText("$2")} AND {DateText("$3")}",
        _ => "CAST($2 AS TIMESTAMPTZ) <= CAST($3 AS TIMESTAMPTZ)",
    });

    private string LatestOfDelivery => LatestRows("t.*", "", OfDelivery);

    /// <summary>All columns of all revisions for which a condition holds; it names columns by <see cref="Reference"/>.</summary>
    public string All(string condition) =>
        $"SELECT {Columns} FROM {_rows} t JOIN feeds f ON f.feed_id = t.feed_id WHERE {condition}";

    /// <summary>The same in one order, whenever and wherever it is asked for: by file, key and revision, which tell rows apart.</summary>
    public string AllByKey(string condition) =>
        $"{All(condition)} ORDER BY t.file_id, {List(_shape.Keys, c => $"t.{c.Name} NULLS FIRST")}, t.revision";

    /// <summary>All columns of the latest revisions among rows for which a condition holds. It names columns by
    /// <see cref="Reference"/>, and must not be about values.</summary>
    public string Latest(string condition) => LatestRows(Columns, "JOIN feeds f ON f.feed_id = t.feed_id", condition);

    /// <summary>A column as conditions name it.</summary>
    /// <exception cref="ArgumentException">No such column.</exception>
    public string Reference(string column)
    {
        if (column == "feed")
        {
            return "f.feed";
        }

        var shape = _shape.Columns.FirstOrDefault(c => c.Name == column);
        return shape is not null || TableShape.Added.Contains(column)
            ? shape is { Role: ColumnRole.Feed } ? $"f.{shape.ColumnOfFeeds}" : $"t.{column}"
            : throw new ArgumentException($"table {_shape.Name} has no column '{column}'", nameof(column));
    }

    /// <summary>A key cell as a value that is equal to itself: PostgreSQL joins by hash only on plain equality.</summary>
    public static string KeyCell(string alias, ColumnShape column)
    {
        var cell = alias.Length == 0 ? column.Name : $"{alias}.{column.Name}";
        return column.Kind == CellKind.Instant && column.Name is not TableShape.Start
            ? $"coalesce({cell}, TIMESTAMPTZ '1970-01-01 00:00:00+00')"
            : cell;
    }

    private string Columns =>
        string.Join(", ", _shape.AllNames.Select(name => $"{Reference(name)} AS {name}"));

    /// <summary>The date of an instant, UTC, as the text <c>2025-09-17</c>.</summary>
    private static string DateText(string instant) =>
        $"CAST(CAST(CAST({instant} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS DATE) AS VARCHAR)";

    private static string List(IEnumerable<ColumnShape> columns, Func<ColumnShape, string> text) =>
        string.Join(", ", columns.Select(text));

    /// <summary>Revisions beyond the first are few: only they are grouped, and the table of rows runs by that small
    /// one.</summary>
    private string LatestRows(string columns, string join, string condition)
    {
        var keys = List(_shape.Keys, c => "t." + c.Name);
        return $"""
            SELECT {columns} FROM {_rows} t {join} LEFT JOIN (
              SELECT t.feed_id, {keys}, max(t.revision) AS newest
              FROM {_rows} t {join} WHERE {condition} AND t.revision > 1 GROUP BY t.feed_id, {keys}) n
            ON n.feed_id = t.feed_id AND {SameKeys("n", "t")}
            WHERE {condition} AND (n.newest IS NULL OR t.revision = n.newest)
            """;
    }

    private string SameKeys(string left, string right) =>
        string.Join(" AND ", _shape.Keys.Select(c => $"{KeyCell(left, c)} = {KeyCell(right, c)}"));

    private string SameValues(string left, string right) =>
        string.Join(" AND ", _shape.Values.Select(c => $"{left}.{c.Name} IS NOT DISTINCT FROM {right}.{c.Name}"));
}
