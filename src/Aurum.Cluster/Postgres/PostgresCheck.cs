using Aurum.Store.Engines;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>Looks at the database that the settings name, for <c>aurum doctor</c>.</summary>
public static class PostgresCheck
{
    private const string Engine = "Postgres";
    private const int LeastVersion = 150_000;

    /// <summary>Reaches it, and looks at version, encoding, rights and the form of the tables.</summary>
    public static async Task<IReadOnlyList<EngineFinding>> Run(PostgresOptions options, CancellationToken cancel)
    {
        try
        {
            options.Check();
            List<EngineFinding> findings = [];
            await using (var connection = await Open(options, cancel))
            {
                await Look(connection, options, findings, cancel);
            }

            findings.AddRange(Form(options));
            return findings;
        }
        catch (Exception error) when (error is NpgsqlException or EngineException or ArgumentException)
        {
            var advice = error switch
            {
                PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } => "set Postgres:Dsn with the role's password",
                PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "CREATE DATABASE, with encoding UTF8",
                ArgumentException => "mend the setting",
                _ => "see that the server runs, and that host, port and firewall let this machine in",
            };
            return [new EngineFinding(Engine, EngineState.Failed, error.Message, advice)];
        }
    }

    private static Task<NpgsqlConnection> Open(PostgresOptions options, CancellationToken cancel)
    {
        var settings = PostgresOptions.Connection(options.Dsn, "Postgres:Dsn");
        settings.Timeout = options.ConnectSeconds;
        return PostgresDatabase.OpenAlone(settings, cancel);
    }

    private static async Task Look(
        NpgsqlConnection connection, PostgresOptions options, List<EngineFinding> findings, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT CAST(current_setting('server_version_num') AS integer), current_setting('server_version'),
              current_setting('server_encoding'), rolsuper OR rolbypassrls, CAST(current_setting('max_connections') AS integer),
              EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'), current_setting('synchronous_commit') = 'off'
            FROM pg_roles WHERE rolname = current_user
            """,
            connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var what = $"PostgreSQL {row.GetString(1)} at {options.Place()}{(row.GetBoolean(5) ? ", with TimescaleDB" : "")}";
        findings.Add(row.GetInt32(0) >= LeastVersion
            ? new EngineFinding(Engine, EngineState.Well, what)
            : new EngineFinding(
                Engine, EngineState.Failed, what, "use PostgreSQL 15 or newer: views have the rights of whoever asks since then"));
        if (row.GetString(2) != "UTF8")
        {
            findings.Add(new EngineFinding(
                Engine, EngineState.Failed, $"the database is encoded in {row.GetString(2)}", "CREATE DATABASE with encoding UTF8"));
        }

        if (row.GetBoolean(3))
        {
            findings.Add(new EngineFinding(
                Engine, EngineState.Warned, "the program's role is a superuser or bypasses row security: tenants are not kept apart",
                "give Postgres:Dsn a role without both, and Postgres:OwnerDsn the owner of the tables"));
        }

        if (row.GetBoolean(6))
        {
            findings.Add(new EngineFinding(
                Engine, EngineState.Warned, "synchronous_commit is off: a server that dies loses commits that it has acknowledged",
                "turn it on, at least for the program's role: ALTER ROLE ... SET synchronous_commit = on"));
        }

        if (row.GetInt32(4) < options.MaxConnections)
        {
            findings.Add(new EngineFinding(
                Engine, EngineState.Warned, $"the server takes {row.GetInt32(4)} connections, Postgres:MaxConnections is "
                + $"{options.MaxConnections}", "lower it, or raise max_connections"));
        }
    }

    private static IEnumerable<EngineFinding> Form(PostgresOptions options)
    {
        using var database = new PostgresDatabase(options, asOwner: false, TimeProvider.System);
        var open = new PostgresMigrator(database).Status().Where(static s => s.State != MigrationState.Done).ToList();
        if (open.Count == 0)
        {
            return [new EngineFinding(Engine, EngineState.Well, $"schema {options.Schema} has the present form")];
        }

        var steps = string.Join(", ", open.Select(static s => $"'{s.Id}'"));
        return open.Exists(static s => s.State is MigrationState.Differs or MigrationState.Unknown)
            ? [new EngineFinding(
                Engine, EngineState.Failed, $"schema {options.Schema} is of another program: {steps}", "use a newer program")]
            : [new EngineFinding(Engine, EngineState.Warned, $"schema {options.Schema}: {steps} to be done", "run 'aurum db migrate'")];
    }
}
