using System.CommandLine;
using System.Runtime.InteropServices;
using Aurum.App.Output;
using Aurum.Market.Curves;
using Aurum.Market.Text;
using Aurum.Sandbox.Workbooks;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum sandbox workbooks</c>: made-up end-of-day workbooks of vendors, with chosen faults.</summary>
internal static class WorkbooksCommand
{
    private const int MaxDays = 2_000;

    public static Command Create(CommandConsole console)
    {
        var asOf = new Option<string>("--as-of") { Description = "day of the prices", HelpName = "DATE", Required = true };
        var vendors = new Option<string[]>("--vendor")
        {
            Description = $"{string.Join(", ", VendorWorkbooks.Vendors)}; all of them where none is named",
            HelpName = "VENDOR",
            AllowMultipleArgumentsPerToken = true,
        };
        var seed = SandboxOption.CreateSeed("seed of the world; the same world on all days");
        var folder = new Option<string>("--out")
        {
            Description = "folder to write to",
            HelpName = "DIR",
            DefaultValueFactory = static _ => ".",
        };
        var days = new Option<int>("--days")
        {
            Description = $"business days that end with --as-of, 1 to {MaxDays}; faults are in the last one's",
            HelpName = "N",
            DefaultValueFactory = static _ => 1,
        };
        var truth = new Option<bool>("--truth") { Description = "write beside each workbook the rows that it must give, as NAME.csv" };
        var faults = new Option<string[]>("--fault")
        {
            Description = "what is wrong:\n" + string.Join("\n", WorkbookFaults.All.Select(f => $"{f.Name}: {f.What} -> {f.Says}")),
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("workbooks", "Write vendors' end-of-day workbooks of a made-up world as .xlsx files.")
        {
            asOf, vendors, seed, folder, days, truth, faults,
        };
        command.SetAction(parsed => Run(
            new WorkbooksArguments(Dates.Parse(parsed.GetRequiredValue(asOf), "--as-of"), parsed.GetRequiredValue(folder))
            {
                Vendors = parsed.GetValue(vendors) is { Length: > 0 } chosen ? chosen : VendorWorkbooks.Vendors,
                Seed = parsed.GetValue(seed),
                Days = parsed.GetValue(days),
                WithTruth = parsed.GetValue(truth),
                Faults = parsed.GetValue(faults) ?? [],
            },
            console));
        return command;
    }

    public static int Run(WorkbooksArguments arguments, CommandConsole console)
    {
        if (arguments.Days is < 1 or > MaxDays)
        {
            throw new CommandException(ExitCodes.BadInput, $"--days: expected 1 to {MaxDays}, found {arguments.Days}");
        }

        var vendors = arguments.Vendors.Select(v => Named(v.ToLowerInvariant(), VendorWorkbooks.Vendors, "--vendor")).ToList();
        var names = WorkbookFaults.All.Select(f => f.Name).ToList();
        var faults = arguments.Faults.Select(f => WorkbookFaults.Find(Named(f.ToLowerInvariant(), names, "--fault"))!).ToList();
        Directory.CreateDirectory(arguments.Folder);
        foreach (var day in VendorWorkbooks.Days(arguments.AsOf, arguments.Days))
        {
            foreach (var vendor in vendors)
            {
                var made = VendorWorkbooks.Make(vendor, day, arguments.Seed, day == arguments.AsOf ? faults : []);
                var path = Path.Combine(arguments.Folder, made.File);
                File.WriteAllBytes(path, made.Bytes);
                console.WriteLine($"{path}  {made.Bytes.Length:N0} bytes, {made.Truth.Count:N0} rows, "
                    + $"{made.Truth.Count(q => q.HeldBack is not null):N0} of them to be held back");
                if (arguments.WithTruth)
                {
                    WriteTruth(Path.ChangeExtension(path, ".csv"), made);
                }
            }
        }

        return ExitCodes.Done;
    }

    private static string Named(string name, IReadOnlyList<string> known, string option) => known.Contains(name)
        ? name
        : throw new CommandException(
            ExitCodes.BadInput,
            $"{option} {name}: expected one such as {NearestName.To(name, known) ?? known[0]}; there are {string.Join(", ", known)}");

    private static void WriteTruth(string path, GeneratedWorkbook made)
    {
        using var file = File.Create(path);
        using var printer = new RowPrinter<CurveQuote>(CurveTables.Observation, feed: null, file, RowFormat.Csv);
        printer.OnRows(CollectionsMarshal.AsSpan(made.Truth.Where(q => q.HeldBack is null).Select(q => q.Quote).ToList()));
        printer.Complete();
    }
}

/// <param name="AsOf">Day of the prices.</param>
/// <param name="Folder">Where the files go.</param>
internal sealed record WorkbooksArguments(LocalDate AsOf, string Folder)
{
    public required IReadOnlyList<string> Vendors { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Business days that end with the day.</summary>
    public required int Days { get; init; }

    /// <summary>Whether the rows that a workbook must give are written beside it.</summary>
    public required bool WithTruth { get; init; }

    /// <summary>Names of faults, which the last day's workbooks have.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}
