using System.Security.Cryptography;
using System.Text;
using Aurum.Store.Sql;

namespace Aurum.Cluster.Postgres;

/// <summary>One step that brings the schema to the present form.</summary>
/// <param name="Id">Its name in the table <c>schema_migrations</c>.</param>
/// <param name="Repeats">Whether it is done again when its text has changed: it can be, without harm. The others are done once, and their
/// text never changes.</param>
/// <param name="Statements">SQL.</param>
internal sealed record PostgresMigration(string Id, bool Repeats, IReadOnlyList<string> Statements)
{
    private static readonly string[] Counters =
        [.. Enum.GetValues<Store.StoreId>().Select(CounterSql.NameOf), CounterSql.Files, CounterSql.Loads];

    /// <summary>All of them, in their order. New ones come to the end of those that are done once.</summary>
    public static IReadOnlyList<PostgresMigration> All { get; } =
    [
        new("0001 counters", false,
        [
            PostgresSql.Instance.Table(CounterSql.Create),
            .. Counters.Select(name => $"INSERT INTO store_counters (name, value) VALUES ('{name}', 0) ON CONFLICT DO NOTHING"),
        ]),
        new("0002 numbers of leases", false, [PostgresWork.CreateNumbers]),
        new("tables", true, [.. SchemaStatements.Tables.Select(PostgresSql.Instance.Table), .. PostgresSchema.RowTables]),
        new("indexes", true, [.. PostgresSchema.Indexes]),
        new("row security", true, [.. PostgresSchema.RowSecurity]),
        new("functions", true, PostgresFunctions.All),
        new("views", true, Views()),
    ];

    /// <summary>What is made where TimescaleDB is found.</summary>
    public static PostgresMigration Timescale { get; } = new(PostgresTimescale.Step, true, PostgresTimescale.Statements);

    /// <summary>SHA-256 of its text, hexadecimal.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Statements))));

    /// <summary>A view whose columns have changed can't be replaced: all go, and come again.</summary>
    private static IReadOnlyList<string> Views()
    {
        var views = SchemaStatements.Views(PostgresSql.Instance);
        return
        [
            .. views.Reverse().Select(view => $"DROP VIEW IF EXISTS {view.Split(' ')[4]} CASCADE"),
            .. views.Select(PostgresSql.Instance.View),
        ];
    }
}
