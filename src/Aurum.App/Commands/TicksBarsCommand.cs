using System.CommandLine;
using Aurum.App.Output;
using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks bars --from FILE</c>: the bars of a file of messages, without a store.</summary>
internal static class TicksBarsCommand
{
    private const int MostLettersShown = 10;

    private static readonly Dictionary<string, TickFormat> Inputs = new()
    {
        ["json"] = TickFormat.JsonLines,
        ["csv"] = TickFormat.Csv,
        ["binary"] = TickFormat.Binary,
    };

    public static Command Create(CommandConsole console)
    {
        var from = new Option<string>("--from") { Description = "file of messages", HelpName = "FILE", Required = true };
        var input = new Option<string?>("--input")
        {
            Description = "how the file is written (default: by its ending, .csv or .bin, else json)",
            HelpName = "json|csv|binary",
        };
        input.AcceptOnlyFromAmong([.. Inputs.Keys]);
        var market = new Option<string>("--market")
        {
            Description = "market of CSV rows without a market column, whose column names and clock then count: NYISO, ERCOT, ...",
            HelpName = "CODE",
            DefaultValueFactory = static _ => "",
        };
        var interval = new Option<string[]>("--interval") { Description = "only these intervals", HelpName = "1m|5m|15m|1h|1d" };
        interval.AcceptOnlyFromAmong([.. BarIntervals.All.Select(i => i.Name())]);
        var tenant = new Option<string?>("--tenant") { Description = "only this tenant's bars", HelpName = "NAME" };
        var delay = Seconds("--delay", "how far ticks may come out of order without being late", new AggregateOptions().DelaySeconds);
        var lateness = Seconds("--lateness", "how long after its end a bar still takes late ticks", new AggregateOptions().LatenessSeconds);
        var revisions = new Option<bool>("--revisions") { Description = "print all revisions of a bar rather than the last" };
        var format = FormatOption.Create();
        var command = new Command("bars", "Print the bars of a file of real-time prices.")
        {
            from, input, market, interval, tenant, delay, lateness, revisions, format,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(
            new TicksBarsArguments(
                parsed.GetRequiredValue(from),
                FormatOf(parsed.GetRequiredValue(from), parsed.GetValue(input)),
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
        using var pipeline = new TickPipeline(OptionsOf(arguments), InstrumentBook.Empty);
        using var file = File.OpenRead(arguments.File);
        var bars = new BarCollector(pipeline.Instruments, arguments.AllRevisions);
        var letters = new List<DeadLetter>();
        TickFile.Read(file, new TickStreamOptions(arguments.Input) { Market = arguments.Market }, pipeline, output =>
        {
            bars.Add(output.Bars.Items);
            var room = Math.Min(output.DeadLetters.Count, MostLettersShown - letters.Count);
            letters.AddRange(output.DeadLetters.Items[..room]);
        }, cancel);
        var chosen = bars.Sorted(arguments.Tenant, arguments.Intervals);
        BarPrinter.Print(chosen, pipeline.Instruments, arguments.Format ?? console.DefaultFormat, console);
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

    private static TickPipelineOptions OptionsOf(TicksBarsArguments arguments)
    {
        try
        {
            return new TickPipelineOptions
            {
                Aggregate = new AggregateOptions(arguments.DelaySeconds, arguments.LatenessSeconds).Checked(),
            };
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CommandException(ExitCodes.BadInput, $"--delay takes 0 to 3600 seconds, --lateness 0 to 86400: {e.Message}");
        }
    }

    private static TickFormat FormatOf(string file, string? input) => input is not null
        ? Inputs[input]
        : Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".CSV" => TickFormat.Csv,
            ".BIN" => TickFormat.Binary,
            _ => TickFormat.JsonLines,
        };

    private static BarInterval IntervalOf(string name) => BarIntervals.TryParse(name, out var interval)
        ? interval
        : throw new CommandException(ExitCodes.BadInput, $"--interval: expected 1m, 5m, 15m, 1h or 1d, found '{name}'");

    private static Option<int> Seconds(string name, string description, int usual) =>
        new(name) { Description = description, HelpName = "SECONDS", DefaultValueFactory = _ => usual };
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
