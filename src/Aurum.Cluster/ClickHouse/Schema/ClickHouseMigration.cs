using System.Security.Cryptography;
using System.Text;

namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>A step of the databases' form. Steps are only ever added; what one has written is frozen by its checksum.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Name">What it brings, in words.</param>
/// <param name="Statements">In a dialect; each may run twice.</param>
internal sealed record ClickHouseMigration(int Version, string Name, Func<ClickHouseDdl, IReadOnlyList<string>> Statements)
{
    /// <summary>Name of the table that holds what was run.</summary>
    public const string Book = "schema_migrations";

    public static readonly ClickHouseTable BookTable = new(
        Book,
        ClickHouseColumn.Parse("version:small name:text dialect:name checksum:text applied_at:instant"),
        ["version", "applied_at"]) { Engine = TableEngine.Plain };

    public static readonly IReadOnlyList<ClickHouseMigration> All =
    [
        new(1, "real-time prices, bars and curves", static ddl =>
        [
            .. MarketTables.All.Select(ddl.Of), .. MarketTables.Feeds.Select(ddl.Of), .. MarketViews.All.Select(ddl.Of),
        ]),
        new(2, "rows of deliveries", static ddl => [.. DeliveredTables.All.Select(ddl.Of), .. DeliveredTables.Views.Select(ddl.Of)]),
        new(3, "logs, events, queries and deliveries of the platform", static ddl =>
        [
            .. OperationsTables.All.Select(ddl.Of), .. OperationsTables.Feeds.Select(ddl.Of), .. OperationsTables.Views.Select(ddl.Of),
        ]),
    ];

    /// <summary>All tables that have rows of a time.</summary>
    public static readonly IReadOnlyList<ClickHouseTable> Tables = [.. MarketTables.All, .. DeliveredTables.All, .. OperationsTables.All];

    /// <summary>SHA-256 of the statements, for names of databases that do not matter.</summary>
    public string Checksum(ClickHouseDialect dialect) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join(";\n", Statements(new ClickHouseDdl(dialect, "market", "operations"))))));
}
