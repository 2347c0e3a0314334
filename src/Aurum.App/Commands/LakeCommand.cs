using System.CommandLine;
using System.Globalization;
using Aurum.App.Lake;
using Aurum.App.Output;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Writing;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum lake</c>: the Iceberg tables beside the store: what there is, what is in it, and what keeps it small.</summary>
internal static class LakeCommand
{
    /// <summary>Files that no commit leads to and that are younger may be of one under way.</summary>
    private static readonly Duration OrphanGrace = Duration.FromDays(1);

    public static Command Create(CommandConsole console, Option<string> data) => new(
        "lake", "Iceberg tables of what is stored, for every engine that reads Iceberg. docs/lake.md says how to open them.")
    {
        LakeLists.CreateTables(console, data),
        LakeLists.CreateSnapshots(console, data),
        LakeLists.CreateRefs(console, data),
        CreateRead(console, data),
        CreateSync(console, data),
        CreateVerify(console, data),
        CreateCompact(console, data),
        CreateExpire(console, data),
    };

    private static Command CreateRead(CommandConsole console, Option<string> data)
    {
        var table = LakeLists.TableArgument();
        var name = new Option<string?>("--ref") { Description = "branch or tag (default: main)", HelpName = "NAME" };
        var snapshot = new Option<long?>("--snapshot") { Description = "a snapshot by its id", HelpName = "ID" };
        var at = new Option<string?>("--at") { Description = "as main was at an instant like 2025-09-17T14:30:00Z", HelpName = "INSTANT" };
        var limit = new Option<long?>("--limit") { Description = "rows printed at most", HelpName = "N" };
        var format = FormatOption.Create();
        var command = new Command("read", "Print the rows of a table, of today or of an earlier time.")
        {
            table, name, snapshot, at, limit, format,
        };
        command.SetAction((parsed, cancel) =>
        {
            var chosen = new object?[] { parsed.GetValue(name), parsed.GetValue(snapshot), parsed.GetValue(at) }.Count(o => o is not null);
            if (chosen > 1)
            {
                throw new CommandException(ExitCodes.BadInput, "expected one of --ref, --snapshot and --at, found several");
            }

            var read = new LakeRead
            {
                Ref = parsed.GetValue(name) ?? "main",
                SnapshotId = parsed.GetValue(snapshot),
                At = parsed.GetValue(at) is { } text ? InstantOf(text) : null,
                Limit = parsed.GetValue(limit) ?? long.MaxValue,
            };
            var printed = LakeSource.Use(parsed.GetRequiredValue(data), console, (lake, _) =>
            {
                using var rows = lake.Table(LakeName.Parse(parsed.GetRequiredValue(table))).Read(read, cancel);
                ResultPrinter.Print(rows, console.Out, parsed.GetValue(format) ?? console.DefaultFormat);
                return ExitCodes.Done;
            });
            return Task.FromResult(printed);
        });
        return command;
    }

    private static Command CreateSync(CommandConsole console, Option<string> data)
    {
        var command = new Command("sync", "Write what is stored and not in the lake yet. A running server does this by itself.");
        command.SetAction((parsed, cancel) => Task.FromResult(LakeSource.Follow(parsed.GetRequiredValue(data), console, (follower, _) =>
        {
            var done = follower.Sync(commit => LakeSource.Tell(commit, console), cancel);
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.Rows:N0} rows in {done.Commits:N0} commits"));
            return ExitCodes.Done;
        })));
        return command;
    }

    private static Command CreateVerify(CommandConsole console, Option<string> data)
    {
        var command = new Command("verify", "Compare each table with the rows of the store, after bringing it up to date.");
        command.SetAction((parsed, cancel) => Task.FromResult(LakeSource.Follow(parsed.GetRequiredValue(data), console, (follower, _) =>
        {
            follower.Sync(commit => LakeSource.Tell(commit, console), cancel);
            var checks = follower.Verify();
            var table = new TextTable([("table", false), ("store_rows", true), ("lake_rows", true), ("", false)]);
            foreach (var check in checks)
            {
                table.Add(
                    check.Table.ToString(),
                    check.StoreRows.ToString("N0", CultureInfo.InvariantCulture),
                    check.LakeRows.ToString("N0", CultureInfo.InvariantCulture),
                    check.IsSame ? "equal" : $"DIFFERENT: {check.Missing:N0} missing, {check.Unknown:N0} unknown");
            }

            console.Write(checks.Count == 0 ? ResultPrinter.NoRows : table.ToString());
            return checks.All(c => c.IsSame) ? ExitCodes.Done : ExitCodes.Failed;
        })));
        return command;
    }

    private static Command CreateCompact(CommandConsole console, Option<string> data)
    {
        var table = LakeLists.OptionalTable();
        var command = new Command("compact", "Put small files of a partition together, and take deleted rows out.") { table };
        command.SetAction(parsed => LakeSource.Use(parsed.GetRequiredValue(data), console, (lake, options) =>
        {
            foreach (var each in LakeLists.Chosen(lake, parsed.GetValue(table)))
            {
                var before = each.Metadata.Current;
                var after = each.Compact(
                    CompactionOptions.Everything with { TargetBytes = LakeFolder.Compaction(options.Lake).TargetBytes });
                console.WriteLine(after is null
                    ? $"{each.Name}: nothing to put together"
                    : $"{each.Name}: {before!.Total("total-data-files"):N0} files became {after.Total("total-data-files"):N0}");
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command CreateExpire(CommandConsole console, Option<string> data)
    {
        var table = LakeLists.OptionalTable();
        var command = new Command(
            "expire",
            "Drop snapshots older than Lake:KeptDays, with their files. The last Lake:KeptSnapshots stay, and what a branch or tag names.")
        {
            table,
        };
        command.SetAction(parsed => LakeSource.Use(parsed.GetRequiredValue(data), console, (lake, options) =>
        {
            foreach (var each in LakeLists.Chosen(lake, parsed.GetValue(table)))
            {
                var expired = each.Expire(LakeFolder.Expiry(options.Lake));
                var orphans = each.RemoveOrphans(OrphanGrace);
                console.WriteLine(
                    $"{each.Name}: {expired.Snapshots:N0} snapshots with {expired.Files:N0} files, {orphans:N0} files of no commit");
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static Instant InstantOf(string text) => InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed
        ? parsed.Value
        : throw new CommandException(ExitCodes.BadInput, $"--at: expected an instant like 2025-09-17T14:30:00Z, found '{text}'");
}
