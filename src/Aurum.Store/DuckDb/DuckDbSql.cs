using Aurum.Store.Engines;

namespace Aurum.Store.DuckDb;

/// <summary>DuckDB's own ways in SQL.</summary>
internal sealed class DuckDbSql : SqlDialect
{
    public static readonly DuckDbSql Instance = new();

    private DuckDbSql()
    {
    }

    public override string RowPlace => "rowid";

    public override string Table(string statement) => statement;

    public override string View(string statement) => statement;

    public override string ListOfKnown(IEnumerable<string> texts) =>
        $"list_filter([{string.Join(", ", texts)}], lambda f: f IS NOT NULL)";

    public override string ListOf(string text) => $"[{text}]";

    public override string Days(string first, string last) => $"unnest(generate_series({first}, {last}, INTERVAL 1 DAY))";

    public override string Deciles(string column) =>
        $"CAST(approx_quantile({column}, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) AS VARCHAR)";

    public override string DeletePiece(string table, string condition) =>
        $"DELETE FROM {table} WHERE {condition} AND rowid < (SELECT min(rowid) FROM {table}) + CAST($2 AS BIGINT)";
}
