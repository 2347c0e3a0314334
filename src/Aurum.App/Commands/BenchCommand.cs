using System.CommandLine;
using Aurum.Benchmarks;

namespace Aurum.App.Commands;

/// <summary><c>aurum bench NAME</c>: a figure, its baseline's and their ratio, measured in the same run.</summary>
internal static class BenchCommand
{
    /// <summary>Inputs lie in memory.</summary>
    private const int MaxCount = 2_000_000;

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
        var command = new Command("bench", "Measure, beside a named baseline.") { name, json, all, count, file };
        command.Subcommands.Add(FullDayCommand.Create(console, json));
        command.SetAction(parsed => Run(
            parsed.GetValue(name) ?? "all",
            parsed.GetValue(json),
            BenchOptions.Full with
            {
                EveryFormat = parsed.GetValue(all),
                Count = CountOf(parsed.GetValue(count)),
                File = Existing(parsed.GetValue(file)),
            },
            console));
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

        return ExitCodes.Done;
    }

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
