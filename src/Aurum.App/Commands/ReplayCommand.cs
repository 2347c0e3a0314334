using System.CommandLine;
using Aurum.App.Ingest;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary><c>aurum replay --verify</c>: rebuilds every row from the archived bytes and compares the hashes.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var verify = new Option<bool>("--verify") { Description = "rebuild the rows in a temporary store and compare; changes nothing", Required = true };
        var command = new Command("replay", "Rebuild the rows from the archive.") { verify };
        command.SetAction((parsed, cancel) => Run(parsed.GetRequiredValue(data), console, cancel));
        return command;
    }

    public static Task<int> Run(string dataDirectory, CommandConsole console, CancellationToken cancel)
    {
        using var platform = DataOption.Open(dataDirectory, console, "aurum replay");
        var check = platform.Store.Archive.Verify(cancel);
        console.WriteLine($"archive: {check.Blobs:N0} files, {check.Bytes / 1048576.0:N1} MiB, {(check.IsSound ? "every hash holds" : "DAMAGED")}");
        foreach (var problem in check.Damaged.Select(d => "damaged: " + d).Concat(check.Missing.Select(m => "missing: " + m)).Concat(check.Unreadable.Select(u => "unreadable: " + u)))
        {
            console.WriteLine(problem);
        }

        var comparison = Replay.Verify(platform, cancel);
        var table = new TextTable([("table", false), ("rows", true), ("stored", false), ("replayed", false), ("", false)]);
        foreach (var line in comparison)
        {
            table.Add(line.Table, $"{line.Rows:N0}", line.StoredHash[..16], line.ReplayedHash[..16], line.IsEqual ? "equal" : "DIFFERENT");
        }

        console.Write(table.ToString());
        return Task.FromResult(check.IsSound && comparison.All(c => c.IsEqual) ? ExitCodes.Done : ExitCodes.Failed);
    }
}
