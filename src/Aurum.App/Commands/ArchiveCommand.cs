using System.CommandLine;
using System.Globalization;
using Aurum.App.Output;
using Aurum.Store.Archive;

namespace Aurum.App.Commands;

/// <summary><c>aurum archive</c>: the raw archive's folder beside its bucket.</summary>
internal static class ArchiveCommand
{
    private const string Unit = "files";

    public static Command Create(CommandConsole console, Option<string> data) => new NotedCommand("archive", """
        The raw archive in its bucket: bring it there, check it, compare it with the folder.

        With S3:RawBucket set, whatever is fetched is in the bucket before it is parsed; 'push' brings there what was archived before. It may be
        stopped at any time, goes on from what is there, and may run beside a server. A file whose bytes do not have the hash that is its
        name is not sent. 'verify' reads every object; 'aurum replay --verify' rebuilds the rows from them.

        Examples:
          aurum archive status
          aurum archive push --parallel 8
          aurum archive verify

        Exit code 0: the bucket has all of it, whole. 1: it has not, or did not answer. 2: no bucket is configured.
        """)
    {
        CreatePush(console, data),
        CreateVerify(console, data),
        CreateStatus(console, data),
    };

    private static Command CreatePush(CommandConsole console, Option<string> data)
    {
        var parallel = Parallel();
        var command = new Command("push", "Send what the bucket lacks. Doing it again sends nothing.") { parallel };
        command.SetAction((parsed, cancel) => Use(parsed.GetRequiredValue(data), parsed.GetValue(parallel), console, async copy =>
        {
            var done = await Shown(copy.Standing(cancel).Unsent, tell => copy.Push(tell, cancel), console);
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{done.Bodies:N0} files and {done.Records:N0} records sent, {Text(done.Bytes)}"));
            Name("damaged, not sent", done.Damaged, console);
            Name("missing, its records were not sent", done.Missing, console);
            Name("unreadable record, not sent", done.Unreadable, console);
            return done.IsWhole ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    private static Command CreateVerify(CommandConsole console, Option<string> data)
    {
        var parallel = Parallel();
        var command = new Command("verify", "Read every object of the bucket and compare its bytes with the hash that is its name.")
        {
            parallel,
        };
        command.SetAction((parsed, cancel) => Use(parsed.GetRequiredValue(data), parsed.GetValue(parallel), console, async copy =>
        {
            var work = Path.Combine(parsed.GetRequiredValue(data), "tmp", "archive");
            var check = await Shown(copy.Standing(cancel).There, tell => copy.Verify(work, tell, cancel), console);
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{check.Blobs:N0} files and {check.Records:N0} records, {Text(check.Bytes)}, {check.Orphans.Count:N0} without a record: "
                + $"{(check.IsSound ? "every hash holds" : "DAMAGED")}"));
            Name("damaged", check.Damaged, console);
            Name("missing", check.Missing, console);
            Name("unreadable", check.Unreadable, console);
            return check.IsSound ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    private static Command CreateStatus(CommandConsole console, Option<string> data)
    {
        var command = new Command("status", "Compare folder and bucket by names and lengths.");
        command.SetAction((parsed, cancel) => Use(parsed.GetRequiredValue(data), null, console, copy =>
        {
            var standing = copy.Standing(cancel);
            var table = new TextTable([("archive", false), (Unit, true), ("size", true), ("records", true)]);
            (string Name, ArchiveAmount Amount)[] lines =
            [
                ("folder", standing.Here), ("bucket", standing.There), ("not in the bucket", standing.Unsent),
                ("in the bucket alone", standing.Elsewhere),
            ];
            foreach (var (name, amount) in lines)
            {
                table.Add(name, Text(amount.Bodies), Text(amount.Bytes), Text(amount.Records));
            }

            console.Write(table.ToString());
            Name("unreadable", standing.Unreadable, console);
            var isWhole = standing.Unsent is { Bodies: 0, Records: 0 } && standing.Unreadable.Count == 0;
            return Task.FromResult(isWhole ? ExitCodes.Done : ExitCodes.Failed);
        }));
        return command;
    }

    private static Option<int?> Parallel() => new("--parallel") { Description = "files at once, 1 to 64 (default: 4)", HelpName = "N" };

    private static async Task<int> Use(string dataDirectory, int? parallel, CommandConsole console, Func<ArchiveCopy, Task<int>> work)
    {
        if (parallel is < 1 or > 64)
        {
            throw new CommandException(ExitCodes.BadInput, string.Create(
                CultureInfo.InvariantCulture, $"--parallel: expected 1 to 64 files, found {parallel}"));
        }

        using var connection = S3Command.Connect(dataDirectory, console);
        var objects = connection.Archive()
            ?? throw new CommandException(
                ExitCodes.BadInput, "S3:RawBucket: expected the archive's bucket (docs/engines/s3.md), found none");
        return await work(new ArchiveCopy(Path.Combine(dataDirectory, "archive"), objects) { Parallel = parallel ?? 4 });
    }

    /// <summary>Does something with each file, and shows how far it is.</summary>
    private static async Task<T> Shown<T>(ArchiveAmount all, Func<Action<ArchiveProgress>, Task<T>> work, CommandConsole console)
    {
        using var line = new ProgressLine(console, Unit, all.Bodies);
        var done = await work(p => line.Step(1, $"{Text(p.Bytes)} of {Text(p.TotalBytes)}"));
        line.End();
        return done;
    }

    private static void Name(string what, IEnumerable<string> names, CommandConsole console)
    {
        foreach (var name in names)
        {
            console.WriteLine($"{what}: {name}");
        }
    }

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N1} MiB");
}
