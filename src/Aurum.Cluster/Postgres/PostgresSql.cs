using System.Text.RegularExpressions;
using Aurum.Store.Engines;

namespace Aurum.Cluster.Postgres;

/// <summary>PostgreSQL's own ways in SQL. Texts are compared byte by byte, as DuckDB compares them: orders, cursors and content hashes
/// are the same on both.</summary>
internal sealed partial class PostgresSql : SqlDialect
{
    public static readonly PostgresSql Instance = new();

    private PostgresSql()
    {
    }

    public override string RowPlace => "ctid";

    public override string Table(string statement) => TypeName().Replace(statement, static name => name.Value switch
    {
        "VARCHAR" => "TEXT COLLATE \"C\"",
        "DOUBLE" => "DOUBLE PRECISION",
        "UBIGINT" => "BIGINT",
        _ => "BYTEA",
    });

    /// <summary>With the rights of whoever asks: row security is about them, not about the owner of the view.</summary>
    public override string View(string statement) =>
        ViewHead().Replace(statement, "CREATE OR REPLACE VIEW $1 WITH (security_invoker = true) AS");

    /// <summary>As a text like that of DuckDB's lists.</summary>
    public override string ListOfKnown(IEnumerable<string> texts) =>
        $"'[' || array_to_string(array_remove(ARRAY[{string.Join(", ", texts)}], NULL), ', ') || ']'";

    public override string ListOf(string text) => $"'[' || {text} || ']'";

    public override string Days(string first, string last) => $"generate_series({first}, {last}, INTERVAL '1 day')";

    public override string Deciles(string column) => $"""
        '[' || array_to_string(percentile_cont(ARRAY[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) WITHIN GROUP (ORDER BY {column}), ', ')
          || ']'
        """;

    public override string DeletePiece(string table, string condition) => $"""
        DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE {condition} LIMIT CAST($2 AS BIGINT)))
        """;

    [GeneratedRegex(@"\b(VARCHAR|UBIGINT|BLOB|DOUBLE(?! PRECISION))\b")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^CREATE OR REPLACE VIEW (\w+) AS")]
    private static partial Regex ViewHead();
}
