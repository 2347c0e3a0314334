using System.CommandLine;
using Aurum.App.Output;
using Aurum.App.Running;
using Aurum.Store;
using Aurum.Store.Jobs;

namespace Aurum.App.Commands;

/// <summary><c>aurum backfill FEED --from D --to D</c>: all days of a range that the ledger lacks, as a job. Prints the cost first; may
/// be stopped and started again at any time. Goes through the running server where one has the data directory open.</summary>
internal static class BackfillCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var feed = new Argument<string[]>("FEED") { Description = "one or more feed ids", Arity = ArgumentArity.OneOrMore };
        var from = new Option<string>("--from") { Description = "first operating day, YYYY-MM-DD", Required = true };
        var to = new Option<string?>("--to") { Description = "last operating day, YYYY-MM-DD (default: the feed's last one)" };
        var dryRun = new Option<bool>("--dry-run") { Description = "print the cost and stop" };
        var priority = new Option<int>("--priority")
        {
            Description = "which job goes first where several want the same publisher, 1 (first) to 10 (default 5)",
            HelpName = "N",
            DefaultValueFactory = static _ => BackfillOrder.DefaultPriority,
        };
        var detach = new Option<bool>("--detach")
        {
            Description = "leave the job to the running server or workers, or to the next 'aurum up'; 'aurum jobs' shows how far it is",
        };
        var sandbox = SandboxOption.Create();
        var command = new Command("backfill", "Fetch all days of a range that are missing. The same order is the same job and goes on "
            + "where it stood; Ctrl+C pauses it ('aurum jobs').") { feed, from, to, priority, detach, dryRun, sandbox };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data),
            new BackfillOrder(
                [.. parsed.GetRequiredValue(feed).Select(id => Feeds.Named(id).Id.Text).Distinct()],
                Dates.Parse(parsed.GetRequiredValue(from), "--from"),
                parsed.GetValue(to) is { } last ? Dates.Parse(last, "--to") : null,
                parsed.GetValue(dryRun),
                IsForced: false) { Priority = parsed.GetValue(priority) },
            new BackfillWay(parsed.GetValue(sandbox), parsed.GetValue(detach)),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(
        string dataDirectory, BackfillOrder order, BackfillWay way, CommandConsole console, CancellationToken cancel)
    {
        if (order.To < order.From)
        {
            throw new CommandException(
                ExitCodes.BadInput, $"--from {order.From:uuuu-MM-dd} is after --to {order.To:uuuu-MM-dd}: give the first day first");
        }

        if (way.IsDetached && order.IsDryRun)
        {
            throw new CommandException(ExitCodes.BadInput, "--detach and --dry-run: a dry run leaves no job");
        }

        using var view = new BackfillView(console, isSingleDay: order.IsForced);
        try
        {
            await using var sandbox = await SandboxOption.Start(way.UsesSandbox && !way.IsDetached, console, cancel);
            using var platform = DataOption.Open(dataDirectory, console, "aurum backfill", sandbox);
            var desk = new BackfillDesk(platform, static _ => { });
            if (way.IsDetached)
            {
                var job = desk.Place(order, runs: false, view.Show);
                var runs = platform.Store.Work is null ? "'aurum up' runs it" : "workers take its days, and so does 'aurum up'";
                console.WriteLine($"job {job.Id}: {job.State.Word()}; {runs}, and so does the same order without --detach");
                return ExitCodes.Done;
            }

            return await desk.Run(order, view.Show, cancel) ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out var server))
        {
            await console.Error.WriteLineAsync($"aurum: the server at {server} has {dataDirectory} open and does the work");
            if (way.IsDetached)
            {
                var job = await RemoteBackfill.Place(server, order, cancel);
                console.WriteLine(job.Text);
                return ExitCodes.Done;
            }

            return await RemoteBackfill.Run(server, order, view.Show, cancel) ? ExitCodes.Done : ExitCodes.Failed;
        }
    }
}

/// <summary>How a backfill is run.</summary>
/// <param name="UsesSandbox">Whether the publishers are the sandbox's, where no server does the work.</param>
/// <param name="IsDetached">Whether the command leaves the job to a server.</param>
internal readonly record struct BackfillWay(bool UsesSandbox, bool IsDetached = false);
