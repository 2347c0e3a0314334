using System.Globalization;
using Aurum.Cluster.ClickHouse.Schema;

namespace Aurum.Cluster.ClickHouse;

/// <summary>What <c>aurum doctor</c> finds about ClickHouse: whether it answers, its version, rights, tables and room.</summary>
public static class ClickHouseCheck
{
    private const string Engine = ClickHouseOptions.Engine;

    /// <summary>Share of its disk below which it is told.</summary>
    private const double LeastFree = 0.05;

    /// <summary>Looks; changes nothing.</summary>
    public static async Task<IReadOnlyList<EngineFinding>> Run(ClickHouseOptions options, CancellationToken cancel)
    {
        try
        {
            // One try each: a person waits.
            using var client = new ClickHouseClient(options with { Attempts = 1 }, TimeProvider.System, Chance.New());
            return await Look(client, cancel);
        }
        catch (ArgumentException wrong)
        {
            return [new(Engine, EngineState.Failed, wrong.Message, "mend the setting in aurum.json or its environment variable")];
        }
        catch (ClickHouseException e)
        {
            return [new(Engine, EngineState.Failed, e.Message, ToDo(e, options))];
        }
    }

    private static async Task<IReadOnlyList<EngineFinding>> Look(ClickHouseClient client, CancellationToken cancel)
    {
        var options = client.Options;
        var version = await client.Version(cancel);
        List<EngineFinding> found = [Version(version, options)];
        found.AddRange(await Rights(client, cancel));
        found.AddRange(await Tables(client, cancel));
        found.AddRange(await Room(client, version, cancel));
        return found;
    }

    private static EngineFinding Version(ClickHouseVersion version, ClickHouseOptions options) => version.Major switch
    {
        < ClickHouseVersion.Eldest => new(
            Engine, EngineState.Failed, $"version {version.Text}", $"bring it to {ClickHouseVersion.Eldest}.16 or later"),
        < ClickHouseVersion.FirstModern => new(
            Engine,
            EngineState.Warned,
            $"ClickHouse {version.Text} at {options.Url}: old dialect, without TTL and codecs; old partitions are dropped by Aurum",
            "bring it to a version of today when you can; tables stay readable"),
        _ => new(Engine, EngineState.Well, $"ClickHouse {version.Text} at {options.Url}"),
    };

    private static async Task<IReadOnlyList<EngineFinding>> Rights(ClickHouseClient client, CancellationToken cancel)
    {
        var only = await client.Rows(
            "SELECT value FROM system.settings WHERE name = 'readonly'", static (r, i) => ClickHouseClient.Text(r, 0, i), cancel);
        return only is ["0"] or []
            ? []
            :
            [
                new(
                    Engine,
                    EngineState.Failed,
                    $"user {client.Options.User} may only read (readonly = {only[0]})",
                    "give it a profile with readonly = 0, or set ClickHouse:User to another one"),
            ];
    }

    private static async Task<IReadOnlyList<EngineFinding>> Tables(ClickHouseClient client, CancellationToken cancel)
    {
        var steps = await new ClickHouseMigrator(client).Status(cancel);
        var changed = steps.FirstOrDefault(static s => s.State == MigrationState.Changed);
        if (changed is not null)
        {
            return
            [
                new(
                    Engine,
                    EngineState.Failed,
                    $"step {changed.Version} of its tables ({changed.Name}) has another checksum than this version of Aurum",
                    "use the version of Aurum that made them, or an empty database"),
            ];
        }

        var waiting = steps.Count(static s => s.State == MigrationState.Waiting);
        return waiting == 0
            ?
            [
                new(
                    Engine,
                    EngineState.Well,
                    $"databases {client.Options.Database} and {client.Options.OpsDatabase}, step {steps[^1].Version}"),
            ]
            :
            [
                new(
                    Engine,
                    EngineState.Warned,
                    $"{waiting} of {steps.Count} steps of its tables are left to run",
                    "aurum clickhouse migrate, or start the server, which does it"),
            ];
    }

    private static async Task<IReadOnlyList<EngineFinding>> Room(
        ClickHouseClient client, ClickHouseVersion version, CancellationToken cancel)
    {
        if (version.Dialect == ClickHouseDialect.Legacy)
        {
            return [];
        }

        var disks = await client.Rows(
            "SELECT name, toFloat64(free_space), toFloat64(total_space) FROM system.disks WHERE total_space > 0",
            static (r, i) => (Name: ClickHouseClient.Text(r, 0, i), Free: r[1].Number(i), Total: r[2].Number(i)),
            cancel);
        return
        [
            .. disks.Where(static d => d.Free < LeastFree * d.Total).Select(static d => new EngineFinding(
                Engine,
                EngineState.Warned,
                string.Create(
                    CultureInfo.InvariantCulture, $"disk {d.Name} has {d.Free / (1 << 30):F1} GiB free of {d.Total / (1 << 30):F1}"),
                "make room, or drop old partitions: aurum clickhouse retain")),
        ];
    }

    private static string ToDo(ClickHouseException e, ClickHouseOptions options) => e switch
    {
        { IsRefused: true } => $"look at ClickHouse:User ({options.User}), its password, profile and quota",
        { Code: 0 } => $"look whether the server runs and ClickHouse:Url ({options.Url}) is its HTTP port",
        _ => "look at the server's log",
    };
}
