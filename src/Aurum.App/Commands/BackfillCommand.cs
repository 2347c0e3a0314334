using System.CommandLine;
using Aurum.App.Output;
using Aurum.App.Running;
using Aurum.Store;

namespace Aurum.App.Commands;

/// <summary><c>aurum backfill FEED --from D --to D</c>: all days of a range that the ledger lacks. Prints the cost first; may be
/// stopped and started again at any time. Goes through the running server where one has the data directory open.</summary>
internal static class BackfillCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var feed = new Argument<string[]>("FEED") { Description = "one or more feed ids", Arity = ArgumentArity.OneOrMore };
        var from = new Option<string>("--from") { Description = "first operating day, YYYY-MM-DD", Required = true };
        var to = new Option<string?>("--to") { Description = "last operating day, YYYY-MM-DD (default: the feed's last one)" };
        var dryRun = new Option<bool>("--dry-run") { Description = "print the cost and stop" };
        var sandbox = SandboxOption.Create();
        var command = new Command("backfill", "Fetch all days of a range that are missing.") { feed, from, to, dryRun, sandbox };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data),
            new BackfillOrder(
                [.. parsed.GetRequiredValue(feed).Select(id => Feeds.Named(id).Id.Text).Distinct()],
                Dates.Parse(parsed.GetRequiredValue(from), "--from"),
                parsed.GetValue(to) is { } last ? Dates.Parse(last, "--to") : null,
                parsed.GetValue(dryRun),
                IsForced: false),
            parsed.GetValue(sandbox),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(
        string dataDirectory, BackfillOrder order, bool usesSandbox, CommandConsole console, CancellationToken cancel)
    {
        if (order.To < order.From)
        {
            throw new CommandException(
                ExitCodes.BadInput, $"--from {order.From:uuuu-MM-dd} is after --to {order.To:uuuu-MM-dd}: give the first day first");
        }

        using var view = new BackfillView(console, isSingleDay: order.IsForced);
        try
        {
            await using var sandbox = await SandboxOption.Start(usesSandbox, console, cancel);
            using var platform = DataOption.Open(dataDirectory, console, "aurum backfill", sandbox);
            return await new BackfillJob(platform).Run(order, view.Show, cancel) ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out var server))
        {
            await console.Error.WriteLineAsync($"aurum: the server at {server} has {dataDirectory} open and does the work");
            return await RemoteBackfill.Run(server, order, view.Show, cancel) ? ExitCodes.Done : ExitCodes.Failed;
        }
    }
}
