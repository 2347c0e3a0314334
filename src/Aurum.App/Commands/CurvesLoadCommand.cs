using System.CommandLine;
using System.Text.Json;
using Aurum.App.Curves;
using Aurum.App.Output;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum curves load FILE...</c>: vendors' workbooks, archived, judged, put on their branch, and merged when all on it
/// passes.</summary>
internal static class CurvesLoadCommand
{
    private static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("file", false), ("vendor", false), ("asof_date", false), ("branch", false), ("tag", false), ("state", false), ("rows", true),
        ("new", true), ("changed", true), ("identical", true), ("withdrawn", true), ("quarantined", true), ("gate", false),
    ];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var files = new Argument<string[]>("FILE") { Description = "vendors' workbooks (.xlsx)", Arity = ArgumentArity.OneOrMore };
        var asOf = new Option<string?>("--as-of") { Description = "as-of date in place of the workbook's", HelpName = "DAY" };
        var branch = new Option<string?>("--branch")
        {
            Description = "branch in place of eod_YYYYMMDD, for example hotfix_eugp", HelpName = "NAME",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "read and judge, and store nothing" };
        var noMerge = new Option<bool>("--no-merge") { Description = "leave the branch open" };
        var passing = new Option<bool>("--merge-passing")
        {
            Description = "merge the vendors that pass where another one is stopped; the branch stays open for that one",
        };
        var format = FormatOption.Create();
        var command = new Command("load", "Load vendors' workbooks: archive, check, merge what passes.")
        {
            files, asOf, branch, dryRun, noMerge, passing, format,
        };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(files),
            new LoadOptions(
                parsed.GetValue(asOf) is { } day ? Dates.Parse(day, "--as-of") : (LocalDate?)null,
                parsed.GetValue(branch),
                parsed.GetValue(dryRun)),
            parsed.GetValue(noMerge) || parsed.GetValue(dryRun)
                ? null
                : MergeOptions.Plain with { PassingOnly = parsed.GetValue(passing) },
            parsed.GetValue(format) ?? console.DefaultFormat,
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(
        string dataDirectory, IReadOnlyList<string> files, LoadOptions options, MergeOptions? merge, RowFormat format,
        CommandConsole console, CancellationToken cancel)
    {
        if (files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            throw new CommandException(ExitCodes.BadInput, $"{missing}: there is no such file");
        }

        using var desk = CurveDesk.Open(dataDirectory, console);
        var loads = new List<JsonElement>();
        var reasons = new List<string>();

        // The as-of dates in their order: each is held against the one before.
        foreach (var day in files.GroupBy(CurveFile.DateInName).OrderBy(g => g.Key ?? LocalDate.MaxIsoValue))
        {
            var of = new List<JsonElement>();
            foreach (var file in day)
            {
                of.Add(await desk.Load(file, options, cancel));
            }

            if (merge is not null)
            {
                await Merge(desk, of, merge, reasons, cancel);
            }

            loads.AddRange(of);
        }

        Print(loads, format, console);
        reasons.ForEach(r => console.Error.WriteLine($"aurum: {r}"));
        var isDone = loads.TrueForAll(l => Text(l, "gate") == "pass" && (merge is null || Text(l, "state") == "merged"));
        return isDone ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task Merge(
        ICurveDesk desk, List<JsonElement> loads, MergeOptions options, List<string> reasons, CancellationToken cancel)
    {
        foreach (var branch in loads.Where(l => Text(l, "state") == "landed").Select(l => Text(l, "branch")).Distinct().ToList())
        {
            var merged = await desk.Merge(branch, options, cancel);
            Take(loads, merged);
            if (Text(merged, "state") == "open" && Text(merged, "why") is { Length: > 0 } why)
            {
                reasons.Add($"{branch} stays open: {why}");
            }
        }
    }

    /// <summary>Puts what became of loads in the place of what they were.</summary>
    private static void Take(List<JsonElement> loads, JsonElement branch)
    {
        foreach (var load in branch.GetProperty("loads").EnumerateArray())
        {
            var at = loads.FindLastIndex(l => Text(l, "sha256") == Text(load, "sha256") && Text(l, "branch") == Text(load, "branch"));
            if (at >= 0)
            {
                loads[at] = load;
            }
        }
    }

    private static void Print(List<JsonElement> loads, RowFormat format, CommandConsole console)
    {
        if (format == RowFormat.Json)
        {
            console.WriteLine(JsonSerializer.Serialize(loads, JsonText.Indented));
            return;
        }

        var rows = loads.Select(load => (JsonElement[])[.. Columns.Select(c => c.Name == "quarantined"
            ? JsonSerializer.SerializeToElement(load.GetProperty("quarantined").EnumerateObject().Sum(r => r.Value.GetInt64()))
            : load.GetProperty(c.Name))]).ToList();
        AdminSource.Print(rows, Columns, format, console);
        foreach (var load in loads)
        {
            Tell(load, format == RowFormat.Table ? console.WriteLine : line => console.Error.WriteLine($"aurum: {line}"));
        }
    }

    private static void Tell(JsonElement load, Action<string> say)
    {
        var file = Text(load, "file");
        foreach (var reason in load.GetProperty("quarantined").EnumerateObject())
        {
            say($"{file}: {reason.Value} quotes held back: {reason.Name}");
        }

        foreach (var check in load.GetProperty("checks").EnumerateArray())
        {
            var example = check.GetProperty("examples").EnumerateArray().Select(e => e.GetString()).FirstOrDefault();
            say($"{file}: {Text(check, "status").ToUpperInvariant()} {Text(check, "suite")}/{Text(check, "name")}: "
                + $"{check.GetProperty("failed")} of {check.GetProperty("checked")}{(example is null ? "" : $"; {example}")}");
        }

        if (Text(load, "gate") == "unreadable")
        {
            say($"{file}: can't be read: {Text(load, "why")}");
        }

        foreach (var message in load.GetProperty("messages").EnumerateArray())
        {
            say($"{file}: {message.GetString()}");
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
}
