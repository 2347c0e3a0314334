using System.CommandLine;
using System.Globalization;
using Aurum.App.Ingest;
using Aurum.App.Output;
using Aurum.App.Running;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum backfill FEED --from D --to D</c>: all days of a range that the ledger lacks. Prints the cost first; may be
/// stopped and started again at any time.</summary>
internal static class BackfillCommand
{
    /// <summary>How often a day is asked for again before it is left as a gap.</summary>
    private const int Passes = 5;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var feed = new Argument<string[]>("FEED") { Description = "one or more feed ids", Arity = ArgumentArity.OneOrMore };
        var from = new Option<string>("--from") { Description = "first operating day, YYYY-MM-DD", Required = true };
        var to = new Option<string?>("--to") { Description = "last operating day, YYYY-MM-DD (default: the feed's last one)" };
        var dryRun = new Option<bool>("--dry-run") { Description = "print the cost and stop" };
        var sandbox = SandboxOption.Create();
        var command = new Command("backfill", "Fetch all days of a range that are missing.") { feed, from, to, dryRun, sandbox };
        command.SetAction((parsed, cancel) => Run(
            new BackfillArguments(
                parsed.GetRequiredValue(data),
                parsed.GetRequiredValue(feed),
                Dates.Parse(parsed.GetRequiredValue(from), "--from"),
                parsed.GetValue(to) is { } last ? Dates.Parse(last, "--to") : null,
                parsed.GetValue(dryRun),
                parsed.GetValue(sandbox)),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(BackfillArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        await using var sandbox = await SandboxOption.Start(arguments.UsesSandbox, console, cancel);
        using var platform = DataOption.Open(arguments.DataDirectory, console, "aurum backfill", sandbox);
        var wanted = arguments.Feeds.SelectMany(id => Days(Feeds.Named(id), arguments, console.Now)).ToList();
        var items = wanted.Where(platform.Collector.IsOpen).ToList();
        var cost = BackfillCost.Of(items, platform.Sites, platform.Store, console.Now);
        await console.Error.WriteLineAsync($"aurum: {wanted.Count:N0} days asked for, {wanted.Count - items.Count:N0} already there; {cost}");
        if (arguments.IsDryRun || items.Count == 0)
        {
            return ExitCodes.Done;
        }

        var totals = new BackfillTotals();
        using var progress = new ProgressLine(console, "days", items.Count);
        var open = await platform.Collector.RunBackfill(
            items,
            Passes,
            report =>
            {
                totals.Add(report);
                progress.Step(report.Outcome.IsSettled() ? 1 : 0, report.ToString());
            },
            cancel);
        progress.End();
        console.WriteLine(totals.ToString());
        foreach (var item in open)
        {
            var entry = platform.Store.Ledger.Find(item.Feed.Id, item.Day.Date);
            console.WriteLine($"gap: {item} {entry?.Outcome} {entry?.Why}".TrimEnd());
        }

        return open.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static IEnumerable<WorkItem> Days(Feed feed, BackfillArguments arguments, Instant now)
    {
        var last = Planner.LastDay(feed, now).Date;
        var to = arguments.To is { } asked && asked < last ? asked : last;
        for (var date = to; date >= arguments.From; date = date.PlusDays(-1))
        {
            yield return new WorkItem(feed, feed.Day(date));
        }
    }

    /// <summary>What a backfill did, added up.</summary>
    private sealed class BackfillTotals
    {
        private readonly Lock _lock = new();
        private long _new;
        private long _changed;
        private long _identical;
        private long _quarantined;
        private long _bytes;
        private int _files;

        public void Add(DayReport report)
        {
            lock (_lock)
            {
                _new += report.Receipt.New;
                _changed += report.Receipt.Changed;
                _identical += report.Receipt.Identical + report.Receipt.Duplicate;
                _quarantined += report.Receipt.Quarantined;
                _bytes += report.Bytes;
                _files += report.Files;
            }
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{_new:N0} rows new, {_changed:N0} changed, {_identical:N0} identical, {_quarantined:N0} quarantined; {_files:N0} files, {_bytes / 1048576.0:N1} MiB");
    }
}

internal sealed record BackfillArguments(
    string DataDirectory, IReadOnlyList<string> Feeds, LocalDate From, LocalDate? To, bool IsDryRun, bool UsesSandbox);
