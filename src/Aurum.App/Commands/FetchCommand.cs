using System.CommandLine;
using Aurum.App.Running;

namespace Aurum.App.Commands;

/// <summary><c>aurum fetch FEED --day D</c>: one operating day of one feed, now.</summary>
internal static class FetchCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var feed = new Argument<string>("FEED") { Description = "feed id, for example caiso/day-ahead-lmp" };
        var day = new Option<string?>("--day") { Description = "operating day, YYYY-MM-DD (default: the feed's last one)" };
        var sandbox = SandboxOption.Create();
        var command = new Command("fetch", "Fetch one operating day of a feed, archive it and store its rows.")
        {
            feed, day, sandbox,
        };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(feed),
            parsed.GetValue(day),
            parsed.GetValue(sandbox),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(
        string dataDirectory, string feedId, string? day, bool usesSandbox, CommandConsole console, CancellationToken cancel)
    {
        var feed = Feeds.Named(feedId);
        var date = day is null ? Ingest.Planner.LastDay(feed, console.Now).Date : Dates.Parse(day, "--day");
        return await BackfillCommand.Run(
            dataDirectory,
            new BackfillOrder([feed.Id.Text], date, date, IsDryRun: false, IsForced: true),
            new BackfillWay(usesSandbox),
            console,
            cancel);
    }
}
