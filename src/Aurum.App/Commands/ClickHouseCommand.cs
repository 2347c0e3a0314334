using System.CommandLine;
using System.Globalization;
using Aurum.App.Configuration;
using Aurum.App.Output;
using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Following;
using Aurum.Cluster.ClickHouse.Schema;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum clickhouse</c>: its tables, what is in them, what is copied to them, and what is too old.</summary>
internal static class ClickHouseCommand
{
    private const string Holder = "aurum clickhouse";

    public static Command Create(CommandConsole console, Option<string> data) => new NotedCommand("clickhouse", """
        ClickHouse as a copy of prices, bars and curves for analysis: its tables, what is copied, what is too old.

        It is there when ClickHouse:Url is set in aurum.json, or AURUM__ClickHouse__Url (docs/engines/clickhouse.md). A running server
        makes the tables, copies, and drops old partitions by itself.

        Examples:
          aurum clickhouse status
          aurum clickhouse migrate
          aurum clickhouse ddl --dialect modern

        Exit code 0: done. 1: ClickHouse can't be reached or refuses, or the copy differs. 2: it is not configured.
        """)
    {
        CreateMigrate(console, data),
        CreateStatus(console, data),
        CreateRetain(console, data),
        CreateSync(console, data),
        CreateVerify(console, data),
        CreateDdl(console, data),
    };

    private static Command CreateMigrate(CommandConsole console, Option<string> data)
    {
        var command = new Command("migrate", "Make the tables and views that are left to make. May be run again, and by two at once.");
        command.SetAction((parsed, cancel) => Use(parsed.GetRequiredValue(data), console, async client =>
        {
            var steps = await new ClickHouseMigrator(client).Migrate(Now(console), cancel);
            foreach (var step in steps)
            {
                console.WriteLine($"{step.Version}: {step.Name}");
            }

            console.WriteLine(steps.Count == 0 ? "nothing to do" : $"{steps.Count} steps were run");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateStatus(CommandConsole console, Option<string> data)
    {
        var command = new Command("status", "Show version, steps of the tables, and rows and bytes of each table. Changes nothing.");
        command.SetAction((parsed, cancel) => Use(parsed.GetRequiredValue(data), console, async client =>
        {
            var version = await client.Version(cancel);
            console.WriteLine($"ClickHouse {version.Text} at {client.Options.Url}, dialect {version.Dialect}");
            var steps = new TextTable([("step", true), ("name", false), ("state", false)]);
            foreach (var step in await new ClickHouseMigrator(client).Status(cancel))
            {
                steps.Add(step.Version.ToString(CultureInfo.InvariantCulture), step.Name, step.State.ToString().ToLowerInvariant());
            }

            console.Write(steps.ToString());
            var tables = new TextTable([("table", false), ("rows", true), ("bytes", true), ("partitions", true)]);
            foreach (var size in await ClickHouseSizes.Of(client, cancel))
            {
                tables.Add(size.Table, Text(size.Rows), Text(size.Bytes), Text(size.Partitions));
            }

            console.Write(tables.ToString());
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateRetain(CommandConsole console, Option<string> data)
    {
        var dry = new Option<bool>("--dry-run") { Description = "show what is too old, and drop nothing" };
        var command = new Command("retain", "Drop partitions all of whose rows are older than their table keeps them.") { dry };
        command.SetAction((parsed, cancel) => Use(parsed.GetRequiredValue(data), console, async client =>
        {
            var retention = new ClickHouseRetention(client);
            var isDry = parsed.GetValue(dry);
            var old = isDry ? await retention.Find(Now(console), cancel) : await retention.Run(Now(console), cancel);
            foreach (var partition in old)
            {
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{partition.Database}.{partition.Table}: partition {partition.Partition} with {partition.Rows:N0} rows"));
            }

            console.WriteLine($"{old.Count} partitions {(isDry ? "are too old" : "were dropped")}");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateSync(CommandConsole console, Option<string> data)
    {
        var from = new Option<long?>("--from-frame")
        {
            Description = "copy this frame and all after it again; what is there stays as it is (default: what is not there)",
            HelpName = "N",
        };
        var command = new Command("sync", "Copy real-time prices that are not in ClickHouse yet. A running server does this by itself.")
        {
            from,
        };
        command.SetAction((parsed, cancel) => Follow(parsed.GetRequiredValue(data), console, async (follower, _, _) =>
        {
            if (parsed.GetValue(from) is { } frame)
            {
                if (frame < 1)
                {
                    throw new CommandException(ExitCodes.BadInput, $"--from-frame: expected 1 or more, found {frame}");
                }

                await follower.SendBack(frame - 1, cancel);
            }

            var rows = await follower.Sync(cancel);
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, through frame {follower.Position}"));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateVerify(CommandConsole console, Option<string> data)
    {
        var command = new Command("verify", "Compare ticks and bars with the store day by day, after copying what is not there.");
        command.SetAction((parsed, cancel) => Follow(parsed.GetRequiredValue(data), console, async (follower, platform, client) =>
        {
            await follower.Sync(cancel);
            var days = await new TickComparison(platform.Store, client).Run(follower.Position ?? 0, Now(console), cancel);
            var table = new TextTable([("kind", false), ("day", false), ("store_rows", true), ("clickhouse_rows", true), ("", false)]);
            foreach (var day in days)
            {
                table.Add(day.Kind, day.Day, Text(day.StoreRows), Text(day.ClickHouseRows), day.IsSame ? "equal" : "DIFFERENT");
            }

            console.Write(days.Count == 0 ? ResultPrinter.NoRows : table.ToString());
            return days.All(static d => d.IsSame) ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    private static Command CreateDdl(CommandConsole console, Option<string> data)
    {
        var dialect = new Option<ClickHouseDialect>("--dialect")
        {
            Description = "legacy (18 to 21) or modern (22 and later)",
            DefaultValueFactory = static _ => ClickHouseDialect.Modern,
        };
        var command = new Command("ddl", "Print the statements that make the tables and views.") { dialect };
        command.SetAction(parsed =>
        {
            var options = OptionsReader.Read(parsed.GetRequiredValue(data)).ClickHouse ?? new ClickHouseOptions();
            foreach (var sql in ClickHouseStatements.Of(parsed.GetValue(dialect), options))
            {
                console.WriteLine(sql + ";\n");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Works with the server of the settings.</summary>
    private static async Task<int> Use(string dataDirectory, CommandConsole console, Func<ClickHouseClient, Task<int>> work)
    {
        using var client = Client(OptionsReader.Read(dataDirectory), console);
        return await work(client);
    }

    /// <summary>Works with the store and the server.</summary>
    private static async Task<int> Follow(
        string dataDirectory, CommandConsole console, Func<TickFollower, Platform, ClickHouseClient, Task<int>> work)
    {
        using var platform = DataOption.Open(dataDirectory, console, Holder);
        using var client = Client(platform.Options, console);
        using var schema = new ClickHouseSchema(client, console.Time);
        using var follower = new TickFollower(platform.Store.Ticks, client, schema, console.Time);
        return await work(follower, platform, client);
    }

    private static ClickHouseClient Client(AurumOptions options, CommandConsole console) => options.ClickHouse is { } settings
        ? new ClickHouseClient(settings, console.Time, Chance.New())
        : throw new CommandException(
            ExitCodes.BadInput,
            "ClickHouse is not configured: set ClickHouse:Url in aurum.json, or AURUM__ClickHouse__Url (docs/engines/clickhouse.md)");

    private static Instant Now(CommandConsole console) => Instant.FromDateTimeOffset(console.Time.GetUtcNow());

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
