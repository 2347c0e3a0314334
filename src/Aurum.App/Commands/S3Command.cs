using System.CommandLine;
using System.Globalization;
using Aurum.App.Configuration;
using Aurum.App.Output;
using Aurum.Cluster;
using Aurum.Cluster.S3;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum s3</c>: what writers that were killed have left in the buckets.</summary>
internal static class S3Command
{
    public static Command Create(CommandConsole console, Option<string> data) => new NotedCommand("s3", """
        The buckets of archive, lake and exports.

        Large files are sent in parts. A process that is killed in between leaves parts that nobody sees and that are paid for: 'uploads' lists
        them, 'uploads --abort' gives them up. A rule of the bucket does so too (docs/engines/s3.md).

        Examples:
          aurum s3 uploads
          aurum s3 uploads --abort --older-hours 6

        Exit code 0: done. 1: the server did not answer. 2: S3 is not configured.
        """) { CreateUploads(console, data) };

    private static Command CreateUploads(CommandConsole console, Option<string> data)
    {
        var abort = new Option<bool>("--abort") { Description = "give them up, so that their parts go" };
        var older = new Option<double>("--older-hours")
        {
            Description = "begun so many hours ago or more: later ones may be under way",
            HelpName = "H",
            DefaultValueFactory = static _ => 24,
        };
        var command = new Command("uploads", "List uploads in parts that were begun and never ended.") { abort, older };
        command.SetAction((parsed, cancel) => Uploads(
            parsed.GetRequiredValue(data), parsed.GetValue(abort), parsed.GetValue(older), console, cancel));
        return command;
    }

    private static async Task<int> Uploads(
        string dataDirectory, bool aborts, double olderHours, CommandConsole console, CancellationToken cancel)
    {
        if (!(olderHours is >= 0 and <= 87_840))
        {
            throw new CommandException(ExitCodes.BadInput, string.Create(
                CultureInfo.InvariantCulture, $"--older-hours: expected 0 to 87,840 hours, found {olderHours}"));
        }

        using var connection = Connect(dataDirectory, console);
        var unfinished = new S3Unfinished(connection, console.Time);
        var found = await unfinished.List(console.Now - Duration.FromSeconds(olderHours * 3_600), cancel);
        var table = new TextTable([("begun_at", false), ("upload", false), ("id", false), ("", false)]);
        foreach (var upload in found)
        {
            if (aborts)
            {
                await unfinished.Abort(upload, cancel);
            }

            table.Add(InstantPattern.General.Format(upload.BegunAt), upload.Address, upload.Id, aborts ? "given up" : "");
        }

        console.Write(found.Count == 0 ? ResultPrinter.NoRows : table.ToString());
        return ExitCodes.Done;
    }

    /// <summary>A connection to the server of the settings.</summary>
    /// <exception cref="CommandException">None is configured.</exception>
    public static S3Connection Connect(string dataDirectory, CommandConsole console) =>
        OptionsReader.Read(dataDirectory).S3 is { } options
            ? new S3Connection(options, console.Time, Chance.Token)
            : throw new CommandException(ExitCodes.BadInput, "S3: expected the server's settings (docs/engines/s3.md), found none");
}
