using Aurum.Store.DuckDb;
using Aurum.Store.Watch;
using NodaTime;

namespace Aurum.Store.Sql;

/// <summary>Brings the tables to the present form, and refuses a store that a newer version has written.</summary>
internal static class Migration
{
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

    private static void Run(DuckDbConnection connection, Instant now)
    {
        connection.Execute(SchemaSql.CreateVersion);
        var version = ReadVersion(connection);
        if (version > SchemaSql.Version)
        {
            throw new StoreException(
                $"the store has version {version}, this program knows versions up to {SchemaSql.Version}: use a newer program");
        }

        foreach (var table in SchemaSql.Tables.Concat(JobSql.Tables).Concat(WatchSql.Tables).Concat(HistorySql.Tables))
        {
            connection.Execute(table);
        }

        var tables = TableShape.All.Select(shape => new RowTableSql(shape)).ToList();
        foreach (var sql in tables)
        {
            connection.Execute(sql.Create);
        }

        foreach (var step in version == 1 ? SchemaSql.FromVersion1 : [])
        {
            connection.Execute(step);
        }

        foreach (var sql in tables)
        {
            connection.Execute(sql.CreateView);
            connection.Execute(sql.CreateCurrentView);
        }

        foreach (var view in SchemaSql.Views.Concat(JobSql.Views).Concat(WatchSql.Views))
        {
            connection.Execute(view);
        }

        connection.Execute(JobSql.Requeue);

        if (version < SchemaSql.Version)
        {
            using var insert = connection.Prepare("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)");
            insert.Bind(SchemaSql.Version).Bind(now).Run();
        }
    }

    private static int ReadVersion(DuckDbConnection connection)
    {
        using var find = connection.Prepare("SELECT coalesce(max(version), 0) FROM schema_version");
        using var row = find.Query();
        row.NextChunk();
        return row.Int32(0, 0);
    }
}
