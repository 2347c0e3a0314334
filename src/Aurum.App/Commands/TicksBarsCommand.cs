using System.CommandLine;
using Aurum.App.Output;
using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks bars</c>: the bars that are stored, or with <c>--from FILE</c> those of a file, without a
/// store.</summary>
internal static class TicksBarsCommand
{
    private const int MostLettersShown = 10;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var from = new Option<string?>("--from")
        {
            Description = "file of messages, instead of what is stored in the folder of --data",
            HelpName = "FILE",
        };
        var input = TickInput.CreateOption();
        var market = TickInput.CreateMarketOption();
        var interval = new Option<string[]>("--interval") { Description = "only these intervals", HelpName = "1m|5m|15m|1h|1d" };
        interval.AcceptOnlyFromAmong([.. BarIntervals.All.Select(i => i.Name())]);
        var tenant = new Option<string?>("--tenant") { Description = "only this tenant's bars", HelpName = "NAME" };
        var delay = TickInput.CreateDelayOption();
        var lateness = TickInput.CreateLatenessOption();
        var revisions = new Option<bool>("--revisions") { Description = "print all revisions of a bar rather than the last" };
        var start = Time("--start", "only bars that begin then or later");
        var end = Time("--end", "only bars that begin before");
        var asOf = Time("--as-of", "bars as they were stored by then");
        var format = FormatOption.Create();
        var command = new Command("bars", "Print bars of real-time prices: those that are stored, or those of a file.")
        {
            from, input, market, interval, tenant, start, end, asOf, delay, lateness, revisions, format,
        };
        command.SetAction((parsed, cancel) => parsed.GetValue(from) is not { } file
            ? StoredBars.Print(
                parsed.GetRequiredValue(data),
                new StoredBarsArguments(
                    [.. (parsed.GetValue(interval) ?? []).Select(IntervalOf)],
                    parsed.GetValue(tenant),
                    TimeOf(parsed.GetValue(start), "--start"),
                    TimeOf(parsed.GetValue(end), "--end"),
                    TimeOf(parsed.GetValue(asOf), "--as-of"),
                    parsed.GetValue(revisions),
                    parsed.GetValue(format) ?? console.DefaultFormat),
                console,
                cancel)
            : Task.FromResult(Run(
            new TicksBarsArguments(
                file,
                TickInput.FormatOf(file, parsed.GetValue(input)),
                parsed.GetRequiredValue(market),
                [.. (parsed.GetValue(interval) ?? []).Select(IntervalOf)],
                parsed.GetValue(tenant),
                parsed.GetValue(delay),
                parsed.GetValue(lateness),
                parsed.GetValue(revisions),
                parsed.GetValue(format)),
            console,
            cancel)));
        return command;
    }

    public static int Run(TicksBarsArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        using var pipeline = new TickPipeline(
            new TickPipelineOptions { Aggregate = TickInput.AggregateOf(arguments.DelaySeconds, arguments.LatenessSeconds) },
            InstrumentBook.Empty);
        using var file = File.OpenRead(arguments.File);
        var bars = new BarCollector(n => pipeline.Instruments[n], arguments.AllRevisions);
        var letters = new List<DeadLetter>();
        TickFile.Read(file, new TickStreamOptions(arguments.Input) { Market = arguments.Market }, pipeline, output =>
        {
            bars.Add(output.Bars.Items);
            var room = Math.Min(output.DeadLetters.Count, MostLettersShown - letters.Count);
            letters.AddRange(output.DeadLetters.Items[..room]);
        }, cancel);
        var chosen = bars.Sorted(arguments.Tenant, arguments.Intervals);
        BarPrinter.Print(chosen, n => pipeline.Instruments[n], arguments.Format ?? console.DefaultFormat, console);
        Tell(pipeline.Counters, letters, Path.GetFileName(arguments.File), console);
        return ExitCodes.Done;
    }

    private static void Tell(TickCounters counters, List<DeadLetter> letters, string file, CommandConsole console)
    {
        console.Error.WriteLine(FormattableString.Invariant(
            $"aurum: {counters.Received} messages = {counters.Accepted} accepted + {counters.Duplicate} duplicate + ")
            + FormattableString.Invariant($"{counters.LateAmended} late + {counters.DeadLettered} dead letters"));
        foreach (var letter in letters)
        {
            console.Error.WriteLine($"aurum: {file}: {letter}");
        }

        if (counters.DeadLettered > letters.Count)
        {
            console.Error.WriteLine($"aurum: ... {counters.DeadLettered - letters.Count} more dead letters");
        }
    }

    private static Option<string?> Time(string name, string description) => new(name)
    {
        Description = description + "; not with --from",
        HelpName = "UTC",
    };

    private static Instant? TimeOf(string? text, string option) => text is null ? null
        : InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value
        : throw new CommandException(ExitCodes.BadInput, $"{option}: expected a time such as 2026-03-02T15:00:00Z, found '{text}'");

    private static BarInterval IntervalOf(string name) => BarIntervals.TryParse(name, out var interval)
        ? interval
        : throw new CommandException(ExitCodes.BadInput, $"--interval: expected 1m, 5m, 15m, 1h or 1d, found '{name}'");
}

internal sealed record TicksBarsArguments(
    string File,
    TickFormat Input,
    string Market,
    IReadOnlyList<BarInterval> Intervals,
    string? Tenant,
    int DelaySeconds,
    int LatenessSeconds,
    bool AllRevisions,
    RowFormat? Format);
