using Aurum.Store.Engines;
using Aurum.Store.Watch;

namespace Aurum.Store.Sql;

/// <summary>All tables and views of the store, in an order in which they can be made.</summary>
internal static class SchemaStatements
{
    /// <summary>Tables beside the row tables, as DuckDB writes them.</summary>
    public static IReadOnlyList<string> Tables =>
    [
        .. SchemaSql.Tables, .. SchemaSql.CurveTables, .. JobSql.Tables, .. WatchSql.Tables, .. HistorySql.Tables, .. TickSql.Tables,
        .. PpaSql.Tables, .. ScenarioSql.Tables, .. RunSql.Tables, .. RequestSql.Tables, .. SinkSql.Tables, .. WorkSql.Tables,
    ];

    public static IReadOnlyList<RowTableSql> RowTables { get; } = [.. TableShape.All.Select(shape => new RowTableSql(shape))];

    public static IReadOnlyList<string> Views(SqlDialect dialect) =>
    [
        .. RowTables.SelectMany(sql => (string[])[sql.CreateView, sql.CreateCurrentView]),
        .. SchemaSql.Views, .. JobSql.Views(dialect), .. WatchSql.Views, .. TickSql.Views(dialect), .. PpaSql.Views, .. ScenarioSql.Views,
        .. RunSql.Views,
    ];
}
