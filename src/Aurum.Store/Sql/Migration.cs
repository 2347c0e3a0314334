using System.Security.Cryptography;
using System.Text;
using Aurum.Store.DuckDb;
using Aurum.Store.Engines;
using NodaTime;

namespace Aurum.Store.Sql;

/// <summary>Brings the tables to the present form, and refuses a store that a newer version has written.</summary>
internal static class Migration
{
    /// <summary>SHA-256 of the statements that make tables and views: where a store has it, there is nothing to make.</summary>
    private static readonly string Text = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Statements(SchemaSql.Version)))));

    /// <exception cref="StoreException">The store is of a newer version.</exception>
    public static void Run(StoreEngine engine, Instant now)
    {
        using var lease = engine.Rent();
        engine.Commit(
            lease.Connection,
            () =>
            {
                Run(lease.Connection, now);
                return true;
            },
            static () => { });
    }

    /// <summary>The version of the tables; 0 where there are none.</summary>
    public static int VersionOf(StoreEngine engine)
    {
        using var lease = engine.Rent();
        lease.Connection.Execute(SchemaSql.CreateVersion);
        return ReadVersion(lease.Connection);
    }

    /// <summary>What was running ran in a process that is gone.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="now">Now.</param>
    /// <param name="isAlone">Whether no other process has the database open, so that no run of a scenario has a process.</param>
    public static void Requeue(StoreEngine engine, Instant now, bool isAlone = true)
    {
        using var lease = engine.Rent();
        engine.Commit(
            lease.Connection,
            () =>
            {
                lease.Connection.Execute(engine.Sharing is null ? JobSql.Requeue : JobSql.RequeueDead);
                if (!isAlone)
                {
                    return 0;
                }

                using var requeue = lease.Connection.Prepare(RunSql.Requeue);
                return requeue.Bind(now).Run();
            },
            static () => { },
            StoreEngine.AllTenants);
    }

    private static void Run(EngineConnection connection, Instant now)
    {
        connection.Execute(SchemaSql.CreateVersion);
        var version = ReadVersion(connection);
        if (version > SchemaSql.Version)
        {
            throw new StoreException(
                $"the store has version {version}, this program knows versions up to {SchemaSql.Version}: use a newer program");
        }

        connection.Execute(SchemaSql.CreateText);
        if (version < SchemaSql.Version || ReadText(connection) != Text)
        {
            foreach (var statement in Statements(version))
            {
                connection.Execute(statement);
            }

            connection.Execute(SchemaSql.DeleteText);
            using var note = connection.Prepare(SchemaSql.InsertText);
            note.Bind(Text).Run();
        }

        if (version < SchemaSql.Version)
        {
            using var insert = connection.Prepare("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)");
            insert.Bind(SchemaSql.Version).Bind(now).Run();
        }
    }

    private static IEnumerable<string> Statements(int version) =>
    [
        .. SchemaStatements.Tables, .. SchemaStatements.RowTables.Select(sql => sql.Create),
        .. version == 1 ? SchemaSql.FromVersion1 : [],
        .. SchemaStatements.Views(DuckDbSql.Instance),
    ];

    private static string? ReadText(EngineConnection connection)
    {
        using var find = connection.Prepare(SchemaSql.FindText);
        using var row = find.Query();
        return row.NextChunk() ? row.String(0, 0) : null;
    }

    private static int ReadVersion(EngineConnection connection)
    {
        using var find = connection.Prepare("SELECT coalesce(max(version), 0) FROM schema_version");
        using var row = find.Query();
        row.NextChunk();
        return row.Int32(0, 0);
    }
}
