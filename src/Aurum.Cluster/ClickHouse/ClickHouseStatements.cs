using Aurum.Cluster.ClickHouse.Schema;

namespace Aurum.Cluster.ClickHouse;

/// <summary>The statements that make databases, tables and views, for those who run them by hand.</summary>
public static class ClickHouseStatements
{
    /// <summary>All of them, in their order; each may run twice.</summary>
    public static IEnumerable<string> Of(ClickHouseDialect dialect, ClickHouseOptions options)
    {
        var ddl = new ClickHouseDdl(dialect, options.Database, options.OpsDatabase);
        return
        [
            .. ClickHouseDdl.Databases(options.Database, options.OpsDatabase),
            ddl.Of(ClickHouseMigration.BookTable),
            .. ClickHouseMigration.All.SelectMany(m => m.Statements(ddl)),
        ];
    }
}
