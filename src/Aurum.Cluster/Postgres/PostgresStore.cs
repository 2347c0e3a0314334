using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Cluster.Postgres;

/// <summary>Opens a store whose rows, ledger and metadata are in PostgreSQL. Its archive and the journal of its ticks stay in the data
/// directory, which is this process's own; the database may be open in several.</summary>
public static class PostgresStore
{
    /// <param name="options">Data directory and limits.</param>
    /// <param name="postgres">The database.</param>
    /// <param name="feeds">The feeds of the catalog.</param>
    /// <param name="clock">Stamps what is received and made.</param>
    /// <param name="time">The clock of waits.</param>
    /// <exception cref="StoreLockedException">Another process has the data directory open.</exception>
    /// <exception cref="StoreException">The schema is not there, not the program's, or of a newer program.</exception>
    /// <exception cref="PostgresEngineException">The server was not reached, or it refused.</exception>
    public static AurumStore Open(
        StoreOptions options, PostgresOptions postgres, IReadOnlyList<Feed> feeds, IClock clock, TimeProvider time)
    {
        postgres.Check();
        PostgresDatabase? database = null;
        return AurumStore.Open(
            options,
            feeds,
            clock,
            () => new StoreEngine(database = new PostgresDatabase(postgres, asOwner: false, time)),
            (engine, now) => Prepare(engine, database!, now, time));
    }

    /// <summary>How each step of the schema stands.</summary>
    public static IReadOnlyList<MigrationStatus> Status(PostgresOptions postgres, TimeProvider time)
    {
        postgres.Check();
        using var database = new PostgresDatabase(postgres, asOwner: true, time);
        return new PostgresMigrator(database).Status();
    }

    /// <summary>Brings the schema to the present form, as its owner.</summary>
    /// <returns>The steps that were done.</returns>
    public static IReadOnlyList<string> Migrate(PostgresOptions postgres, IClock clock, TimeProvider time)
    {
        postgres.Check();
        using var database = new PostgresDatabase(postgres, asOwner: true, time);
        return new PostgresMigrator(database).Run(clock.GetCurrentInstant());
    }

    private static void Prepare(StoreEngine engine, PostgresDatabase database, Instant now, TimeProvider time)
    {
        var migrator = new PostgresMigrator(database);
        var steps = migrator.Status();
        migrator.Refuse(steps);
        if (steps.Any(s => s.State == MigrationState.Pending))
        {
            Migrate(database.Options, steps, now, time);
        }

        var sharing = database.Share();
        Migration.Requeue(engine, now, sharing.WasAlone);
        sharing.Opened();
    }

    private static void Migrate(PostgresOptions options, IReadOnlyList<MigrationStatus> steps, Instant now, TimeProvider time)
    {
        if (!options.MigratesAtOpen)
        {
            var pending = string.Join(", ", steps.Where(s => s.State == MigrationState.Pending).Select(s => $"'{s.Id}'"));
            throw new StoreException($"schema {options.Schema} is not in the present form, {pending} to be done: run 'aurum db migrate'");
        }

        using var owner = new PostgresDatabase(options, asOwner: true, time);
        new PostgresMigrator(owner).Run(now);
    }
}
