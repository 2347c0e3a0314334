using Aurum.Store;
using NodaTime;

namespace Aurum.Cluster.Postgres;

/// <summary>How a step of the schema stands.</summary>
public enum MigrationState
{
    Done,

    /// <summary>It is not there, or it is there with another text and can be done again.</summary>
    Pending,

    /// <summary>It is done once and was done with another text: the schema is not the one that the program knows.</summary>
    Differs,

    /// <summary>The program does not know it: a newer one has made it.</summary>
    Unknown,
}

/// <summary>A step of the schema.</summary>
/// <param name="Id">Its name.</param>
/// <param name="State">How it stands.</param>
/// <param name="AppliedAt">When it was done; null: never.</param>
public sealed record MigrationStatus(string Id, MigrationState State, Instant? AppliedAt);

/// <summary>Brings the schema to the present form, forward only, all steps in one transaction, one process at a time.</summary>
internal sealed class PostgresMigrator(PostgresDatabase database)
{
    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          id TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL, applied_by TEXT NOT NULL)
        """;

    private string Schema => database.Options.Schema;

    /// <summary>All steps, those of newer programs included.</summary>
    public IReadOnlyList<MigrationStatus> Status()
    {
        using var connection = database.Connect();
        return Status(connection);
    }

    /// <summary>Does what is to be done.</summary>
    /// <returns>Steps that were done.</returns>
    /// <exception cref="StoreException">The schema is of a newer program, or not what the program knows.</exception>
    public IReadOnlyList<string> Run(Instant now)
    {
        using var connection = database.Connect();

        // Over the owner's connection: the program's role may not be there yet.
        PostgresSharing.LockCommits(connection, Schema);
        try
        {
            connection.Execute($"CREATE SCHEMA IF NOT EXISTS {Schema}");
            return Run(connection, now);
        }
        finally
        {
            PostgresSharing.UnlockCommits(connection);
        }
    }

    /// <exception cref="StoreException">A step is unknown or differs.</exception>
    public void Refuse(IReadOnlyList<MigrationStatus> steps)
    {
        if (steps.FirstOrDefault(s => s.State is MigrationState.Unknown or MigrationState.Differs) is { } step)
        {
            throw new StoreException(step.State == MigrationState.Unknown
                ? $"schema {Schema} has the step '{step.Id}', which this program does not know: use a newer program"
                : $"schema {Schema}: the step '{step.Id}' was done with another text than this program has: use the program that made it");
        }
    }

    private List<string> Run(PostgresConnection connection, Instant now)
    {
        connection.Begin();
        try
        {
            connection.Execute(CreateTable);
            var steps = Status(connection);
            Refuse(steps);
            var pending = Steps(connection).Where(m => steps.Any(s => s.Id == m.Id && s.State == MigrationState.Pending)).ToList();
            pending.ForEach(migration => Apply(connection, migration, now));
            Grant(connection);
            connection.Commit();
            return [.. pending.Select(m => m.Id)];
        }
        catch
        {
            connection.RollBack();
            throw;
        }
    }

    private static void Apply(PostgresConnection connection, PostgresMigration migration, Instant now)
    {
        connection.Execute(string.Join(";\n", migration.Statements));
        using var note = connection.Prepare("""
            INSERT INTO schema_migrations (id, sha256, applied_at, applied_by) VALUES ($1, $2, $3, current_user)
            ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, applied_at = excluded.applied_at, applied_by = excluded.applied_by
            """);
        note.Bind(migration.Id).Bind(migration.Checksum).Bind(now).Run();
    }

    private static IReadOnlyList<MigrationStatus> Status(PostgresConnection connection)
    {
        Dictionary<string, (string Sha256, Instant At)> applied = new(StringComparer.Ordinal);
        if (StoreEngine.List(
            connection, "SELECT to_regclass('schema_migrations') IS NOT NULL", static _ => { }, static (rows, i) => rows.Boolean(0, i))[0])
        {
            foreach (var (id, sha256, at) in StoreEngine.List(
                connection,
                "SELECT id, sha256, applied_at FROM schema_migrations",
                static _ => { },
                static (rows, i) => (rows.String(0, i), rows.String(1, i), rows.Instant(2, i))))
            {
                applied[id] = (sha256, at);
            }
        }

        var known = Steps(connection).Select(m => !applied.Remove(m.Id, out var done)
            ? new MigrationStatus(m.Id, MigrationState.Pending, null)
            : new MigrationStatus(
                m.Id,
                done.Sha256 == m.Checksum ? MigrationState.Done : m.Repeats ? MigrationState.Pending : MigrationState.Differs,
                done.At)).ToList();
        // What was made with the extension stays when the extension is gone.
        applied.Remove(PostgresTimescale.Step);
        return [.. known, .. applied.Select(a => new MigrationStatus(a.Key, MigrationState.Unknown, a.Value.At))];
    }

    private static IReadOnlyList<PostgresMigration> Steps(PostgresConnection connection) =>
        StoreEngine.List(connection, PostgresTimescale.IsThere, static _ => { }, static (rows, i) => rows.Boolean(0, i))[0]
            ? [.. PostgresMigration.All, PostgresMigration.Timescale]
            : PostgresMigration.All;

    /// <summary>Gives the program's role what it needs, and no more: rows, not tables.</summary>
    private void Grant(PostgresConnection connection)
    {
        if (database.Options.AppRole is not { Length: > 0 } role)
        {
            return;
        }

        var bypasses = StoreEngine.List(
            connection,
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $1",
            s => s.Bind(role),
            static (rows, i) => rows.Boolean(0, i));
        if (bypasses is not [false])
        {
            throw new StoreException(bypasses.Count == 0
                ? $"Postgres:AppRole: expected a role of the server, found '{role}', which is none: CREATE ROLE {role} LOGIN PASSWORD '...'"
                : $"Postgres:AppRole: expected a role without SUPERUSER and BYPASSRLS, found '{role}' with one of them");
        }

        connection.Execute($"""
            GRANT USAGE ON SCHEMA {Schema} TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {Schema} TO {role};
            REVOKE INSERT, UPDATE, DELETE ON schema_migrations FROM {role};
            REVOKE ALL ON FUNCTION make_room FROM PUBLIC;
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA {Schema} TO {role};
            GRANT EXECUTE ON FUNCTION make_room TO {role}
            """);
    }
}
