using System.CommandLine;
using System.Text.Json;
using Aurum.App.Curves;
using Aurum.App.Output;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum curves list|show|strips|diff|check</c>: merged curves, as of any date and as known at any moment.</summary>
internal static class CurvesReadCommands
{
    private const int MaxRows = 10_000_000;
    private const int LeastKeyLetters = 8;

    private const string ShownColumns = """
        vendor, concat_ws(' ', region, location, product, block, spark_location) as curve, asof_date, tenor_type, tenor_label, bid,
        mid, ask, units_raw, sheet_name || '!' || sheet_cell as cell, revision
        """;

    public static IEnumerable<Command> Create(CommandConsole console, Option<string> data)
    {
        yield return CreateList(console, data);
        yield return CreateShow(console, data, "show", "Print quotes of curves.", isOfStrips: false);
        yield return CreateShow(console, data, "strips", "Print strips of curves.", isOfStrips: true);
        yield return CreateDiff(console, data);
        yield return CreateCheck(console, data);
        yield return CreateErrors(console, data);
    }

    /// <summary>Reads files beside the store, so that it needs neither the store nor the server that has it open.</summary>
    private static Command CreateErrors(CommandConsole console, Option<string> data)
    {
        var asOf = new Option<string?>("--as-of") { Description = "as-of date (default: all)", HelpName = "DAY" };
        var format = FormatOption.Create();
        var command = new Command("errors", "Print what loads were stopped for, and the rows that are held back.") { asOf, format };
        command.SetAction(parsed =>
        {
            var day = parsed.GetValue(asOf) is { } text ? Dates.Parse(text, "--as-of") : (LocalDate?)null;
            string[] names = ["file", "branch", "sheet_name", "sheet_cell"];
            var rows = IngestErrors.Read(parsed.GetRequiredValue(data), day).Select(e => (JsonElement[])
            [
                .. new[] { e.Source, e.Severity }.Concat(names.Select(n => e.Context.GetValueOrDefault(n, "")))
                    .Append(e.ErrorMessage).Append(e.RecommendedAction).Select(t => JsonSerializer.SerializeToElement(t)),
            ]).ToList();
            string[] all = ["source", "severity", .. names, "error_message", "recommended_action"];
            IReadOnlyList<(string, bool)> columns = [.. all.Select(n => (n, false))];
            AdminSource.Print(rows, columns, parsed.GetValue(format) ?? console.DefaultFormat, console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateList(CommandConsole console, Option<string> data)
    {
        var words = Words();
        var (asOf, knownAt, format) = (AsOf(), KnownAt(), FormatOption.Create());
        var command = new Command("list", "List curves and how far they reach.") { words, asOf, knownAt, format };
        command.SetAction((parsed, cancel) => Print(
            parsed.GetRequiredValue(data),
            CurveQueries.Curves(Selection(parsed.GetValue(words), parsed.GetValue(asOf), parsed.GetValue(knownAt))),
            parsed.GetValue(format), console, cancel));
        return command;
    }

    private static Command CreateShow(CommandConsole console, Option<string> data, string name, string description, bool isOfStrips)
    {
        var words = Words();
        var (asOf, knownAt, format) = (AsOf(), KnownAt(), FormatOption.Create());
        var tag = new Option<string?>("--tag") { Description = "a tag: its as-of date, as known then", HelpName = "TAG" };
        var type = new Option<string[]>(isOfStrips ? "--type" : "--tenor-type")
        {
            Description = isOfStrips
                ? "CALENDAR, SEASON or QUARTER (default: all)"
                : "MONTHLY, CALENDAR, SEASON, QUARTER, ...; may be repeated",
            HelpName = "TYPE",
        };
        var command = new Command(name, description) { words, asOf, knownAt, tag, type, format };
        command.SetAction((parsed, cancel) =>
        {
            var types = (parsed.GetValue(type) ?? []).Select(t => t.ToUpperInvariant()).ToList();
            if (isOfStrips && types.Count == 0)
            {
                types = ["CALENDAR", "SEASON", "QUARTER", "STRIP"];
            }

            var quotes = CurveQueries.Quotes(
                Selection(parsed.GetValue(words), parsed.GetValue(asOf), parsed.GetValue(knownAt), parsed.GetValue(tag)) with
                {
                    Filters = [("tenor_type", types)],
                });
            var chosen = parsed.GetValue(format) ?? console.DefaultFormat;
            var sql = chosen == RowFormat.Table ? $"select {ShownColumns} from ({quotes}) as q" : quotes;
            return Print(parsed.GetRequiredValue(data), sql, chosen, console, cancel);
        });
        return command;
    }

    private static Command CreateDiff(CommandConsole console, Option<string> data)
    {
        var a = new Argument<string>("A") { Description = "an as-of date or a tag; DATE@INSTANT is what was known then" };
        var b = new Argument<string>("B") { Description = "the other one" };
        var words = Words();
        var rolls = new Option<bool>("--rolls") { Description = "also periods that only one side has" };
        var all = new Option<bool>("--all") { Description = "also quotes that did not change" };
        var format = FormatOption.Create();
        var command = new Command("diff", "Compare two as-of dates, tags, or states of knowledge.") { a, b, words, rolls, all, format };
        command.SetAction((parsed, cancel) =>
        {
            var curves = Selection(parsed.GetValue(words), null, null);
            var sql = CurveQueries.Difference(
                Side(curves, parsed.GetRequiredValue(a)), Side(curves, parsed.GetRequiredValue(b)), parsed.GetValue(rolls));
            var chosen = parsed.GetValue(format) ?? console.DefaultFormat;
            var columns = chosen == RowFormat.Table
                ? "vendor, concat_ws(' ', region, location, product, nullif(block, '')) as curve, tenor_label, mid_a, mid_b, "
                    + "round(diff_abs, 6) as diff_abs, round(diff_pct, 6) as diff_pct, kind"
                : "*";
            return Print(
                parsed.GetRequiredValue(data),
                $"select {columns} from ({sql}) as q{(parsed.GetValue(all) ? "" : " where kind <> 'unchanged'")}", chosen, console, cancel);
        });
        return command;
    }

    private static Command CreateCheck(CommandConsole console, Option<string> data)
    {
        var asOf = AsOf();
        var format = FormatOption.Create();
        var command = new Command("check", "Show what the suites found in the workbooks of a date, and what stops a branch.")
        {
            asOf, format,
        };
        command.SetAction((parsed, cancel) =>
        {
            var day = parsed.GetValue(asOf) is { } text
                ? CurveQueries.Quoted(LocalDatePattern.Iso.Format(Dates.Parse(text, "--as-of")))
                : "(select max(asof_date) from curve_loads)";
            return Print(parsed.GetRequiredValue(data), Checks(day), parsed.GetValue(format), console, cancel);
        });
        return command;
    }

    /// <summary>The latest load of each vendor and branch, one row a check that did not hold; one without a check where all did.</summary>
    private static string Checks(string day) => $"""
        with newest as (
          select * from (
            select *, row_number() over (partition by vendor, branch order by load_id desc) as nth from curve_loads
            where asof_date = {day}) l
          where nth = 1),
        checks as (select load_id, unnest(from_json(gate_results, '["json"]')) as c from newest)
        select n.vendor, n.file, n.branch, n.state, n.tag, n.gate, n.quarantined, c.c->>'Suite' as suite, c.c->>'Name' as check_name,
          c.c->>'Status' as status, c.c->>'Checked' as checked, c.c->>'Failed' as failed,
          coalesce(c.c->'Examples'->>0, nullif(n.why, '')) as example
        from newest n left join checks c on c.load_id = n.load_id order by n.load_id, status, suite, check_name
        """;

    private static Argument<string[]> Words() => new("CURVE")
    {
        Description = "words that must all stand in vendor, asset class, region, location, product or block; or the beginning of a key",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static Option<string?> AsOf() => new("--as-of")
    {
        Description = "as-of date (default: the newest of each curve and delivery period)", HelpName = "DAY",
    };

    private static Option<string?> KnownAt() => new("--known-at")
    {
        Description = "what was known then: an instant, or a date for its end in UTC", HelpName = "INSTANT",
    };

    private static CurveSelection Selection(string[]? words, string? asOf, string? knownAt, string? tag = null)
    {
        var key = words is [{ Length: >= LeastKeyLetters } only] && only.All(char.IsAsciiHexDigitLower) ? only : null;
        return new CurveSelection
        {
            AsOf = asOf is null ? null : Dates.Parse(asOf, "--as-of"),
            KnownAt = knownAt is null ? null : InstantOf(knownAt, "--known-at"),
            Tag = tag,
            Words = key is null ? words ?? [] : [],
            KeyStart = key,
        };
    }

    private static CurveSelection Side(CurveSelection curves, string text)
    {
        if (text.StartsWith("release/", StringComparison.Ordinal))
        {
            return curves with { Tag = text };
        }

        var parts = text.Split('@', 2);
        return curves with
        {
            AsOf = Dates.Parse(parts[0], "as-of date"),
            KnownAt = parts.Length == 2 ? InstantOf(parts[1], "after @") : null,
        };
    }

    private static Instant InstantOf(string text, string option)
    {
        if (InstantPattern.ExtendedIso.Parse(text).TryGetValue(default, out var instant))
        {
            return instant;
        }

        return LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date)
            ? date.PlusDays(1).AtMidnight().InUtc().ToInstant() - Duration.Epsilon
            : throw new CommandException(
                ExitCodes.BadInput, $"{option}: expected an instant like 2025-09-17T15:00:00Z or a date, found '{text}'");
    }

    private static async Task<int> Print(
        string dataDirectory, string sql, RowFormat? format, CommandConsole console, CancellationToken cancel)
    {
        await SqlSource.Print(dataDirectory, sql, MaxRows, format ?? console.DefaultFormat, console, cancel);
        return ExitCodes.Done;
    }
}
