using Aurum.Market.Feeds;

namespace Aurum.Store.Sql;

/// <summary>The statements about one row table, written from its columns in the SQL that DuckDB and PostgreSQL share.</summary>
internal sealed class RowTableSql
{
    /// <summary>What a delivered row is to what is stored; numbers of the column <c>what</c> in the table of differences.</summary>
    public const int New = 1;
    public const int Changed = 2;
    public const int Identical = 3;
    public const int Duplicate = 4;
    public const int Conflict = 5;

    /// <summary>Rows that are looked at together.</summary>
    public const int ConflictPage = 10_000;

    private readonly TableShape _shape;
    private readonly string _keys;
    private readonly string _delivered;
    private readonly string _insertColumns;

    public RowTableSql(TableShape shape)
    {
        _shape = shape;
        _keys = List(shape.Keys, c => c.Name);
        _delivered = List(shape.Delivered, c => c.Name);
        _insertColumns = $"{List(shape.Columns, c => c.Name)}, {string.Join(", ", TableShape.Added)}";
        Stage = $"stage_{shape.Name}";
        Differences = $"differences_{shape.Name}";
    }

    /// <summary>Temporary table of a delivery's rows, in their order.</summary>
    public string Stage { get; }

    /// <summary>Temporary table that says of each staged row what it is: see <see cref="New"/> and its neighbours.</summary>
    public string Differences { get; }

    public string Create => $"""
        CREATE TABLE IF NOT EXISTS {_shape.Name} (
        {string.Join(",\n", _shape.Columns.Select(c => $"  {c.Name} {c.SqlType}"))},
          feed VARCHAR NOT NULL,
          known_at TIMESTAMPTZ NOT NULL,
          revision INTEGER NOT NULL,
          file_id BIGINT NOT NULL)
        """;

    /// <summary>The latest revision of each key. Revisions beyond the first are few: only they are grouped.</summary>
    public string CreateCurrentView => $"CREATE OR REPLACE VIEW {_shape.Name}_current AS {Latest("")}";

    public string CreateStage => $"""
        CREATE OR REPLACE TEMPORARY TABLE {Stage} (
        {string.Join(",\n", _shape.Delivered.Select(c => $"  {c.Name} {c.SqlType}"))},
          file_id BIGINT NOT NULL,
          row_no BIGINT NOT NULL)
        """;

    public string DropStage => $"DROP TABLE IF EXISTS {Stage}; DROP TABLE IF EXISTS {Differences}";

    /// <summary>Moves all staged rows over as first revisions. $1 feed, $2 known_at, then the texts of the feed's columns in their order.</summary>
    public string InsertFresh => $"""
        INSERT INTO {_shape.Name} ({_insertColumns})
        SELECT {InsertedCells()}, $1, $2, 1, s.file_id
        FROM {Stage} s
        """;

    /// <summary>Moves new and changed rows over. Arguments as <see cref="InsertFresh"/>.</summary>
    public string InsertDifferences => $"""
        INSERT INTO {_shape.Name} ({_insertColumns})
        SELECT {InsertedCells()}, $1, $2, d.revision, s.file_id
        FROM {Stage} s JOIN {Differences} d ON d.row_no = s.row_no
        WHERE d.what IN ({New}, {Changed})
        """;

    /// <summary>Compares staged rows with each other and with the latest revisions. $1 feed, $2 and $3 first and last interval start.</summary>
    public string CreateDifferences => $"""
        CREATE OR REPLACE TEMPORARY TABLE {Differences} AS
        WITH ranked AS (
          SELECT *, row_number() OVER (PARTITION BY {KeyCells("")} ORDER BY row_no) AS nth FROM {Stage}),
        latest AS (
          SELECT * FROM ({Latest($"t.feed = $1 AND t.{TableShape.Start} BETWEEN $2 AND $3")}) AS l)
        SELECT s.row_no, s.file_id, c.known_at AS known_before, coalesce(c.revision, 0) + 1 AS revision,
          CASE WHEN c.revision IS NULL THEN {New} WHEN {SameValues("s", "c")} THEN {Identical} ELSE {Changed} END AS what
        FROM ranked s LEFT JOIN latest c ON {SameKeys("s", "c")}
        WHERE s.nth = 1
        UNION ALL
        SELECT s.row_no, s.file_id, NULL, 0, CASE WHEN {SameValues("s", "f")} THEN {Duplicate} ELSE {Conflict} END
        FROM ranked s JOIN ranked f ON {SameKeys("s", "f")}
        WHERE s.nth > 1 AND f.nth = 1
        """;

    /// <summary>The same, where no two staged rows share a key.</summary>
    public string CreateDifferencesOfDistinct => $"""
        CREATE OR REPLACE TEMPORARY TABLE {Differences} AS
        SELECT s.row_no, s.file_id, c.known_at AS known_before, coalesce(c.revision, 0) + 1 AS revision,
          CASE WHEN c.revision IS NULL THEN {New} WHEN {SameValues("s", "c")} THEN {Identical} ELSE {Changed} END AS what
        FROM {Stage} s LEFT JOIN ({Latest($"t.feed = $1 AND t.{TableShape.Start} BETWEEN $2 AND $3")}) c ON {SameKeys("s", "c")}
        """;

    public string CountFresh => $"SELECT {New}, file_id, count(*) FROM {Stage} GROUP BY file_id";

    public string CountDifferences => $"SELECT what, file_id, count(*) FROM {Differences} GROUP BY what, file_id";

    /// <summary>A changed row that would be known before what it changes. $1 known_at.</summary>
    public string FindBackward => $"""
        SELECT {List(_shape.Keys, c => "s." + c.Name)}, d.known_before
        FROM {Differences} d JOIN {Stage} s ON s.row_no = d.row_no
        WHERE d.what = {Changed} AND d.known_before > $1
        ORDER BY d.row_no LIMIT 1
        """;

    /// <summary>A page of rows that contradict an earlier row of the delivery, after the row number $1: row number, file_id, then the
    /// delivered columns.</summary>
    public string FindConflicts => $"""
        SELECT s.row_no, s.file_id, {List(_shape.Delivered, c => "s." + c.Name)}
        FROM {Differences} d JOIN {Stage} s ON s.row_no = d.row_no
        WHERE d.what = {Conflict} AND d.row_no > $1
        ORDER BY d.row_no LIMIT {ConflictPage}
        """;

    /// <summary>All revisions in the order of their keys, without ids of this store.</summary>
    public string AllInOrder => $"""
        SELECT feed, {_delivered}, known_at, revision FROM {_shape.Name}
        ORDER BY feed, {List(_shape.Keys, c => c.Name + " NULLS FIRST")}, known_at, revision
        """;

    /// <summary>Latest revisions among rows that a condition on <c>t</c> holds for; it must not depend on values.</summary>
    public string Latest(string condition)
    {
        var where = condition.Length == 0 ? "" : $"{condition} AND ";
        return $"""
            SELECT t.* FROM {_shape.Name} t LEFT JOIN (
              SELECT t.feed, {List(_shape.Keys, c => "t." + c.Name)}, max(t.revision) AS newest
              FROM {_shape.Name} t WHERE {where}t.revision > 1 GROUP BY t.feed, {List(_shape.Keys, c => "t." + c.Name)}) n
            ON n.feed = t.feed AND {SameKeys("n", "t")}
            WHERE {where}(n.newest IS NULL OR t.revision = n.newest)
            """;
    }

    private static string List(IEnumerable<ColumnShape> columns, Func<ColumnShape, string> text) => string.Join(", ", columns.Select(text));

    /// <summary>A key cell as a value that is equal to itself: PostgreSQL joins by hash only on plain equality.</summary>
    public static string KeyCell(string alias, ColumnShape column)
    {
        var cell = alias.Length == 0 ? column.Name : $"{alias}.{column.Name}";
        return column.Kind == CellKind.Instant && column.Name is not TableShape.Start
            ? $"coalesce({cell}, TIMESTAMPTZ '1970-01-01 00:00:00+00')"
            : cell;
    }

    private string KeyCells(string alias) => List(_shape.Keys, c => KeyCell(alias, c));

    private string SameKeys(string left, string right) =>
        string.Join(" AND ", _shape.Keys.Select(c => $"{KeyCell(left, c)} = {KeyCell(right, c)}"));

    private string SameValues(string left, string right) =>
        string.Join(" AND ", _shape.Values.Select(c => $"{left}.{c.Name} IS NOT DISTINCT FROM {right}.{c.Name}"));

    private string InsertedCells()
    {
        var argument = 3;
        return List(_shape.Columns, c => c.Role == ColumnRole.Feed ? $"${argument++}" : $"s.{c.Name}");
    }
}
