using System.CommandLine;
using System.Text.Json;
using Aurum.App.Configuration;
using Aurum.App.Curves;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum curves branches|merge|drop|rollback</c>: what becomes of branches.</summary>
internal static class CurvesBranchCommands
{
    private const int MaxRows = 1_000_000;

    private const string Branches = """
        select b.branch, b.asof_date, b.state, b.tag,
          (select string_agg(l.vendor || ' ' || l.gate, ', ' order by l.load_id) from curve_loads l where l.branch = b.branch
            and (case b.state when 'merged' then l.tag = b.tag when 'open' then l.state = 'landed'
              else l.state in ('dropped', 'superseded') and l.loaded_at >= b.opened_at end)) as loads,
          date_trunc('second', b.opened_at) as opened_utc, date_trunc('second', b.merged_at) as merged_utc, b.why
        from curve_branches b order by b.opened_at, b.branch
        """;

    public static IEnumerable<Command> Create(CommandConsole console, Option<string> data)
    {
        yield return CreateBranches(console, data);
        yield return CreateMerge(console, data);
        yield return CreateDrop(console, data);
        yield return CreateRollback(console, data);
        yield return CreateExport(console, data);
    }

    private static Command CreateExport(CommandConsole console, Option<string> data)
    {
        var asOf = new Option<string>("--as-of") { Description = "as-of date", Required = true, HelpName = "DAY" };
        var tenant = new Option<string?>("--tenant") { Description = "folder below exports (default: default)", HelpName = "NAME" };
        var form = new Option<string[]>("--form") { Description = "csv or parquet (default: both)", HelpName = "csv|parquet" };
        var command = new Command("export", "Write the merged curves of a date to exports/TENANT/asof=DAY.") { asOf, tenant, form };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new CurveExportOptions
            {
                Tenant = parsed.GetValue(tenant) ?? "default", Formats = parsed.GetValue(form) ?? [],
            };
            options.Check();
            using var desk = CurveDesk.Open(parsed.GetRequiredValue(data), console);
            var files = await desk.Export(Dates.Parse(parsed.GetRequiredValue(asOf), "--as-of"), options, cancel);
            foreach (var file in files.EnumerateArray())
            {
                console.WriteLine($"{file.GetProperty("path").GetString()}  {file.GetProperty("bytes")} bytes");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateBranches(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var command = new Command("branches", "List branches and tags: what is merged, and what waits for whom.") { format };
        command.SetAction(async (parsed, cancel) =>
        {
            await SqlSource.Print(
                parsed.GetRequiredValue(data), Branches, MaxRows, parsed.GetValue(format) ?? console.DefaultFormat, console, cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateMerge(CommandConsole console, Option<string> data)
    {
        var branch = new Argument<string>("BRANCH") { Description = "an open branch, as 'aurum curves branches' lists them" };
        var checks = new Option<string[]>("--override") { Description = "a check that may fail; may be repeated", HelpName = "CHECK" };
        var why = new Option<string?>("--why") { Description = "reason for the override; it is kept with the tag", HelpName = "TEXT" };
        var passing = new Option<bool>("--merge-passing") { Description = "merge the vendors that pass, keep the branch for the others" };
        var command = new Command("merge", "Merge a branch, if all that is loaded to it passes.") { branch, checks, why, passing };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new MergeOptions(parsed.GetValue(checks) ?? [], parsed.GetValue(why) ?? "", parsed.GetValue(passing));
            using var desk = CurveDesk.Open(parsed.GetRequiredValue(data), console);
            return Tell(await desk.Merge(parsed.GetRequiredValue(branch), options, cancel), console);
        });
        return command;
    }

    private static Command CreateDrop(CommandConsole console, Option<string> data)
    {
        var branch = new Argument<string>("BRANCH") { Description = "an open branch" };
        var why = Why();
        var command = new Command("drop", "Give a branch up.") { branch, why };
        command.SetAction(async (parsed, cancel) =>
        {
            using var desk = CurveDesk.Open(parsed.GetRequiredValue(data), console);
            var report = await desk.Drop(parsed.GetRequiredValue(branch), parsed.GetRequiredValue(why), cancel);
            Tell(report, console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRollback(CommandConsole console, Option<string> data)
    {
        var tag = new Argument<string?>("TAG") { Description = "a tag, such as release/2025-09-17", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string?>("--to") { Description = "restore what was known then, in place of a tag", HelpName = "INSTANT" };
        var asOf = new Option<string?>("--as-of") { Description = "as-of date to restore, with --to", HelpName = "DAY" };
        var why = Why();
        var command = new Command("rollback", "Restore what was known of an as-of date, as new revisions.") { tag, to, asOf, why };
        command.SetAction(async (parsed, cancel) =>
        {
            var request = new RollbackRequest(
                parsed.GetValue(tag),
                parsed.GetValue(to) is { } instant ? InstantOf(instant) : null,
                parsed.GetValue(asOf) is { } day ? Dates.Parse(day, "--as-of") : null,
                parsed.GetRequiredValue(why));
            using var desk = CurveDesk.Open(parsed.GetRequiredValue(data), console);
            return Tell(await desk.RollBack(request, cancel), console);
        });
        return command;
    }

    private static Option<string> Why() => new("--why") { Description = "reason; it is kept", Required = true, HelpName = "TEXT" };

    private static Instant InstantOf(string text) => InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant
        ? instant.Value
        : throw new CommandException(ExitCodes.BadInput, $"--to: expected an instant like 2025-09-17T15:00:00Z, found '{text}'");

    private static int Tell(JsonElement branch, CommandConsole console)
    {
        static string Text(JsonElement of, string name) =>
            of.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        var state = Text(branch, "state");
        var tag = Text(branch, "tag") is { Length: > 0 } name ? $" as {name}" : "";
        console.WriteLine($"{Text(branch, "branch")} of {Text(branch, "asof_date")}: {state}{tag}"
            + (Text(branch, "why") is { Length: > 0 } why ? $"; {why}" : ""));
        foreach (var load in branch.GetProperty("loads").EnumerateArray())
        {
            console.WriteLine(
                $"  {Text(load, "vendor")} {Text(load, "file")}: {Text(load, "state")}, {load.GetProperty("new")} new, "
                + $"{load.GetProperty("changed")} changed, {load.GetProperty("identical")} identical, "
                + $"{load.GetProperty("withdrawn")} withdrawn");
        }

        return state == "open" ? ExitCodes.Failed : ExitCodes.Done;
    }
}
