using System.CommandLine;
using System.Globalization;
using Aurum.App.Ingest;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary><c>aurum replay --verify</c>: rebuilds every row from the archived bytes and compares the hashes.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var verify = new Option<bool>("--verify")
        {
            Description = "rebuild the rows in a temporary store and compare; changes nothing",
            Required = true,
        };
        var command = new Command("replay", "Rebuild the rows from the archive.") { verify };
        command.SetAction((parsed, cancel) => Run(parsed.GetRequiredValue(data), console, cancel));
        return command;
    }

    public static Task<int> Run(string dataDirectory, CommandConsole console, CancellationToken cancel)
    {
        using var platform = DataOption.Open(dataDirectory, console, "aurum replay");
        var check = platform.Store.Archive.Verify(cancel);
        var state = check.IsSound ? "every hash holds" : "DAMAGED";
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"archive: {check.Blobs:N0} files, {check.Bytes / 1048576.0:N1} MiB, {state}"));
        WriteAll("damaged", check.Damaged, console);
        WriteAll("missing", check.Missing, console);
        WriteAll("unreadable", check.Unreadable, console);

        var comparison = Replay.Verify(platform, cancel);
        var table = new TextTable([("table", false), ("rows", true), ("stored", false), ("replayed", false), ("", false)]);
        foreach (var line in comparison)
        {
            var rows = line.Rows.ToString("N0", CultureInfo.InvariantCulture);
            table.Add(line.Table, rows, line.StoredHash[..16], line.ReplayedHash[..16], line.IsEqual ? "equal" : "DIFFERENT");
        }

        console.Write(table.ToString());
        return Task.FromResult(check.IsSound && comparison.All(c => c.IsEqual) ? ExitCodes.Done : ExitCodes.Failed);
    }

    private static void WriteAll<T>(string what, IEnumerable<T> names, CommandConsole console)
    {
        foreach (var name in names)
        {
            console.WriteLine($"{what}: {name}");
        }
    }
}
