using System.CommandLine;
using Aurum.App.Ticks.Load;
using Aurum.Benchmarks;

namespace Aurum.App.Commands;

/// <summary><c>aurum bench NAME</c>: a figure, its baseline's and their ratio, measured in the same run.</summary>
internal static class BenchCommand
{
    /// <summary>Inputs lie in memory.</summary>
    private const int MaxCount = 2_000_000;

    private const double MaxRate = 10_000_000;
    private const int MaxSoakSeconds = 86_400;

    /// <summary>Messages a second of a soak.</summary>
    private const double SoakRate = 200_000;

    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = $"{string.Join(", ", BenchmarkCatalog.All.Select(b => b.Name))}, or all; of parse also one form: parse/pjm-json",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = new Option<bool>("--json") { Description = "print a JSON array of results" };
        var all = new Option<bool>("--all") { Description = "every form of input where a benchmark knows several: parse" };
        var count = new Option<int>("--count") { Description = "items to measure on: messages of ticks", HelpName = "N" };
        var file = new Option<string?>("--file")
        {
            Description = "file to measure on; of workbook, an .xlsx of a vendor",
            HelpName = "FILE",
        };
        var durable = new Option<bool>("--durable") { Description = "of ticks also the way to disk and into the tables" };
        var rate = new Option<double>("--rate")
        {
            Description = "messages of ticks a second at which times are measured (default: half of what was durable)",
            HelpName = "R",
        };
        var soak = new Option<int>("--soak-seconds")
        {
            Description = "of ticks: a steady load, whose memory must not grow",
            HelpName = "S",
        };
        var command = new Command("bench", "Measure, beside a named baseline.") { name, json, all, count, file, durable, rate, soak };
        command.Subcommands.Add(FullDayCommand.Create(console, json));
        command.SetAction(parsed => parsed.GetValue(durable) || parsed.GetValue(rate) > 0 || parsed.GetValue(soak) > 0
            ? RunTicks(
                parsed.GetValue(name),
                new TickBenchOptions(CountOf(parsed.GetValue(count)), RateOf(parsed.GetValue(rate)), SoakOf(parsed.GetValue(soak))),
                parsed.GetValue(json),
                console)
            : Task.FromResult(Run(
            parsed.GetValue(name) ?? "all",
            parsed.GetValue(json),
            BenchOptions.Full with
            {
                EveryFormat = parsed.GetValue(all),
                Count = CountOf(parsed.GetValue(count)),
                File = Existing(parsed.GetValue(file)),
            },
            console)));
        return command;
    }

    private static string Existing(string? file) => file is null || File.Exists(file)
        ? file ?? ""
        : throw new CommandException(ExitCodes.BadInput, $"--file: expected a file, found none at '{file}'");

    private static int CountOf(int count) => count is >= 0 and <= MaxCount
        ? count
        : throw new CommandException(ExitCodes.BadInput, $"--count: expected 1 to {MaxCount}, found {count}");

    public static int Run(string name, bool isJson, BenchOptions options, CommandConsole console)
    {
        var (family, form) = name.Split('/', 2) is [var first, var second] ? (first, second) : (name, "");
        var chosen = family == "all" ? BenchmarkCatalog.All : [Named(family)];
        var results = new List<BenchResult>();
        foreach (var benchmark in chosen)
        {
            console.Error.WriteLine($"aurum: {benchmark.Name}: {benchmark.Title} ...");
            results.AddRange(Measured(benchmark, options with { Format = form }));
        }

        Print(results, isJson, console);
        return ExitCodes.Done;
    }

    /// <summary>Real-time prices in memory, and on their way to disk and tables.</summary>
    private static async Task<int> RunTicks(string? name, TickBenchOptions options, bool isJson, CommandConsole console)
    {
        if (name != "ticks")
        {
            throw new CommandException(
                ExitCodes.BadInput, $"--durable, --rate and --soak-seconds: expected the benchmark ticks, found '{name ?? "all"}'");
        }

        if (options.SoakSeconds > 0)
        {
            Print(await TickSoak.Run(
                options.SoakSeconds,
                options.Rate > 0 ? options.Rate : SoakRate,
                sample => console.Error.WriteLine($"aurum: {sample}")), isJson, console);
            return ExitCodes.Done;
        }

        console.Error.WriteLine("aurum: ticks: in memory ...");
        var memory = Measured(Named("ticks"), BenchOptions.Full with { Count = options.Count });
        console.Error.WriteLine("aurum: ticks: to disk and tables ...");
        Print([.. memory, .. await DurableTicks.Run(options.Count, options.Rate)], isJson, console);
        return ExitCodes.Done;
    }

    private static void Print(IReadOnlyList<BenchResult> results, bool isJson, CommandConsole console)
    {
        if (isJson)
        {
            console.WriteLine(BenchReport.Json(results));
        }
        else
        {
            using var text = new StringWriter();
            BenchReport.WriteTable(text, results);
            console.Write(text.ToString());
        }
    }

    private static double RateOf(double rate) => rate is >= 0 and <= MaxRate
        ? rate
        : throw new CommandException(ExitCodes.BadInput, $"--rate: expected up to {MaxRate}, found {rate}");

    private static int SoakOf(int seconds) => seconds is >= 0 and <= MaxSoakSeconds
        ? seconds
        : throw new CommandException(ExitCodes.BadInput, $"--soak-seconds: expected 1 to {MaxSoakSeconds}, found {seconds}");

    private static IReadOnlyList<BenchResult> Measured(IBenchmark benchmark, BenchOptions options)
    {
        try
        {
            return benchmark.Run(options);
        }
        catch (ArgumentException e) when (options.Format.Length > 0)
        {
            throw new CommandException(ExitCodes.BadInput, e.Message);
        }
    }

    private static IBenchmark Named(string name) => BenchmarkCatalog.Find(name) ?? throw new CommandException(
        ExitCodes.BadInput,
        $"there is no benchmark '{name}': {string.Join(", ", BenchmarkCatalog.All.Select(b => b.Name))}, or all");
}

internal sealed record TickBenchOptions(int Count, double Rate, int SoakSeconds);
