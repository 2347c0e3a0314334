using Aurum.Cluster.ClickHouse.Wire;
using NodaTime;

namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>Brings the databases to the present form, and says in which one they are. Two that do it at once come to the same.</summary>
public sealed class ClickHouseMigrator(ClickHouseClient client)
{
    private ClickHouseOptions Options => client.Options;

    /// <summary>What the server says of each step, and what is left to do. Changes nothing.</summary>
    /// <exception cref="ClickHouseException">It can't be reached, or its steps are not ours.</exception>
    public async Task<IReadOnlyList<MigrationStanding>> Status(CancellationToken cancel)
    {
        var exists = await client.Rows(
            "SELECT count() FROM system.tables WHERE database = " + ClickHouseSql.Text(Options.Database)
            + $" AND name = '{ClickHouseMigration.Book}'",
            static (rows, i) => rows[0].Whole(i),
            cancel);
        var applied = exists[0] == 0 ? [] : await Applied(cancel);
        var unknown = applied.Find(static a => ClickHouseMigration.All.All(m => m.Version != a.Version));
        return unknown is not null
            ? throw new ClickHouseException(
                $"ClickHouse: database {Options.Database} has step {unknown.Version} ({unknown.Name}), which this version of Aurum does not "
                + "know: it was written by a newer one",
                code: -1)
            : [.. ClickHouseMigration.All.Select(m => Standing(m, [.. applied.Where(a => a.Version == m.Version)]))];
    }

    /// <summary>Runs the steps that are left.</summary>
    /// <param name="now">Stamps them.</param>
    /// <param name="cancel">Ends it between two statements.</param>
    /// <returns>The steps that were run.</returns>
    /// <exception cref="ClickHouseException">A statement was refused: the steps before it stand, and it can be tried again. Or a step is
    /// there in another form.</exception>
    public async Task<IReadOnlyList<MigrationStanding>> Migrate(Instant now, CancellationToken cancel)
    {
        var version = await client.Version(cancel);
        if (version.Major < ClickHouseVersion.Eldest)
        {
            throw new ClickHouseException(
                $"ClickHouse: expected version {ClickHouseVersion.Eldest} or later, found {version.Text}", code: -1);
        }

        var ddl = new ClickHouseDdl(version.Dialect, Options.Database, Options.OpsDatabase);
        foreach (var sql in ClickHouseDdl.Databases(Options.Database, Options.OpsDatabase))
        {
            await client.ExecuteAgain(sql, cancel);
        }

        await client.ExecuteAgain(ddl.Of(ClickHouseMigration.BookTable), cancel);
        List<MigrationStanding> run = [];
        foreach (var standing in await Status(cancel))
        {
            if (standing.State == MigrationState.Changed)
            {
                throw new ClickHouseException(
                    $"ClickHouse: step {standing.Version} ({standing.Name}) was run in another form than this version of Aurum has it: expected "
                    + $"checksum {standing.Expected}, found {standing.Found}",
                    code: -1);
            }

            if (standing.State == MigrationState.Waiting)
            {
                await Run(ClickHouseMigration.All[standing.Version - 1], ddl, version.Dialect, now, cancel);
                run.Add(standing with { State = MigrationState.Applied });
            }
        }

        return run;
    }

    private async Task Run(ClickHouseMigration step, ClickHouseDdl ddl, ClickHouseDialect dialect, Instant now, CancellationToken cancel)
    {
        foreach (var sql in step.Statements(ddl))
        {
            await client.ExecuteAgain(sql, cancel);
        }

        using var block = new NativeBlock(ClickHouseMigration.BookTable.Wire(dialect));
        block[0].Add(step.Version);
        block[1].Add(System.Text.Encoding.UTF8.GetBytes(step.Name));
        block[2].Add(System.Text.Encoding.UTF8.GetBytes(dialect.ToString()));
        block[3].Add(System.Text.Encoding.UTF8.GetBytes(step.Checksum(dialect)));
        block[4].Add(now.ToUnixTimeTicks() / 10);
        await client.Insert(ddl.Place(ClickHouseMigration.BookTable), block, cancel);
    }

    private Task<List<AppliedStep>> Applied(CancellationToken cancel) => client.Rows(
        "SELECT version, name, CAST(dialect AS String), checksum FROM "
        + $"{ClickHouseSql.Table(Options.Database, ClickHouseMigration.Book)} ORDER BY version",
        static (r, i) => new AppliedStep(
            (int)r[0].Whole(i), ClickHouseClient.Text(r, 1, i), ClickHouseClient.Text(r, 2, i), ClickHouseClient.Text(r, 3, i)),
        cancel);

    /// <summary>A step is held against what it was in the dialect of the server that ran it: servers are brought up to date. Two may have
    /// run it at once, so it may be noted more than once: all notes must agree.</summary>
    private static MigrationStanding Standing(ClickHouseMigration step, IReadOnlyList<AppliedStep> applied)
    {
        if (applied.Count == 0)
        {
            return new(step.Version, step.Name, MigrationState.Waiting, "", "");
        }

        var odd = applied.FirstOrDefault(a => a.Checksum != Expected(step, a));
        var shown = odd ?? applied[0];
        return new(
            step.Version,
            step.Name,
            odd is null ? MigrationState.Applied : MigrationState.Changed,
            Expected(step, shown),
            shown.Checksum);
    }

    private static string Expected(ClickHouseMigration step, AppliedStep applied) =>
        Enum.TryParse<ClickHouseDialect>(applied.Dialect, out var dialect) ? step.Checksum(dialect) : "";

    /// <summary>A note of a step that was run.</summary>
    private sealed record AppliedStep(int Version, string Name, string Dialect, string Checksum);
}

/// <summary>How a step stands at the server.</summary>
public enum MigrationState
{
    /// <summary>It was run, in the form that this version knows.</summary>
    Applied,

    /// <summary>It is left to run.</summary>
    Waiting,

    /// <summary>It was run in another form.</summary>
    Changed,
}

/// <summary>A step of the databases' form.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Name">What it brings.</param>
/// <param name="State">How it stands.</param>
/// <param name="Expected">Checksum that it should have; empty where it is left to run.</param>
/// <param name="Found">Checksum that it has.</param>
public sealed record MigrationStanding(int Version, string Name, MigrationState State, string Expected, string Found);
