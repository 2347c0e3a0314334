using System.CommandLine;
using System.Globalization;
using Aurum.App.Simulation;
using Aurum.Benchmarks;

namespace Aurum.App.Commands;

/// <summary><c>aurum bench full-day</c>: one operating day of every publisher of the sandbox at real size, taken in with everything that
/// the product does, in a data directory that is deleted afterwards.</summary>
internal static class FullDayCommand
{
    /// <summary>What a full day may take on two processors, seconds.</summary>
    private const double MostSeconds = 300;

    /// <summary>What it may take of memory, MiB.</summary>
    private const double MostMiB = 2048;

    /// <summary>What the process may take for objects; the store's engine has its own limit beside it. With room, the collector would let
    /// garbage of large answers lie.</summary>
    private const ulong ObjectBytes = 1024UL << 20;

    public static Command Create(CommandConsole console, Option<bool> json)
    {
        var share = new Option<double>("--share")
        {
            Description = "share of the real number of places, above 0 and up to 1",
            HelpName = "S",
            DefaultValueFactory = static _ => 1.0,
        };
        var command = new Command("full-day", "Take in one day of all publishers at real size: at least 20 million prices.")
        {
            share, json,
        };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(share), parsed.GetValue(json), console, cancel));
        return command;
    }

    public static async Task<int> Run(double share, bool isJson, CommandConsole console, CancellationToken cancel)
    {
        if (share is not (> 0 and <= 1))
        {
            throw new CommandException(
                ExitCodes.BadInput, string.Create(CultureInfo.InvariantCulture, $"expected --share above 0 and up to 1, found {share}"));
        }

        AppContext.SetData("GCHeapHardLimit", ObjectBytes);
        GC.RefreshMemoryLimit();
        var folder = Directory.CreateTempSubdirectory("aurum-full-day-").FullName;
        try
        {
            var day = new FullDay(share, folder, console.Time);
            var result = await day.Run(report => console.Error.WriteLine($"aurum: {report}"), cancel);
            if (isJson)
            {
                console.WriteLine(BenchReport.Json(Rows(result, share)));
            }
            else
            {
                console.Write(Text(result));
            }

            return ExitCodes.Done;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IReadOnlyList<BenchResult> Rows(FullDayResult result, double share)
    {
        var notes = string.Create(
            CultureInfo.InvariantCulture,
            $"share {share}: {result.Prices:N0} prices, {result.Rows:N0} rows of {result.FeedsWithRows} feeds");
        var peak = Math.Round(result.PeakResidentBytes / 1048576.0);
        return
        [
            new("full-day/wall", Math.Round(result.Wall.TotalSeconds, 1), "seconds", "allowed", MostSeconds,
                Math.Round(result.Wall.TotalSeconds / MostSeconds, 2), 0, notes),
            new("full-day/memory", peak, "MiB resident at most", "allowed", MostMiB, Math.Round(peak / MostMiB, 2), 0, notes),
            new("full-day/prices", Math.Round(result.Prices / result.Cpu.TotalSeconds), "prices per CPU-second, sandbox included",
                "20,000,000 in 600 CPU-seconds", Math.Round(20e6 / 600),
                Math.Round(result.Prices / result.Cpu.TotalSeconds / (20e6 / 600), 2), 0, notes),
        ];
    }

    private static string Text(FullDayResult result)
    {
        var meter = result.Meter;
        var rest = result.Cpu - meter.Sandbox - meter.Parse - meter.Output;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            prices stored     {result.Prices,14:N0}
            rows stored       {result.Rows,14:N0}  of {result.FeedsWithRows} feeds ({result.Feeds} asked for)
            answers archived  {result.Files,14:N0}  {result.Bytes / 1e6:N0} MB
            wall clock        {result.Wall.TotalSeconds,14:N1}  s
            CPU               {result.Cpu.TotalSeconds,14:N1}  s
              sandbox         {meter.Sandbox.TotalSeconds,14:N1}  s
              unpack, parse   {meter.Parse.TotalSeconds,14:N1}  s
              gate, stage     {meter.Output.TotalSeconds,14:N1}  s
              fetch, archive, commit and the rest {rest.TotalSeconds,-8:N1} s
            memory at most    {result.PeakResidentBytes / 1048576.0,14:N0}  MiB resident

            """);
    }
}
