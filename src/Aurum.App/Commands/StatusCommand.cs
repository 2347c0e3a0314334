using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.Market.Feeds;
using Aurum.Market.Ticks;

namespace Aurum.App.Commands;

/// <summary><c>aurum status</c>: each feed's watermark, last outcome and holes. <c>aurum gaps</c>: the holes, day by
/// day. <c>aurum drift</c>: how the publishers' files change. <c>aurum warnings</c>: what was noticed about stored rows.</summary>
internal static class StatusCommand
{
    /// <summary>Operating days of a feed, its newest included, whose warnings are counted.</summary>
    private const int WarnedDays = 7;

    private static readonly string Status = $"""
        with latest as (
          select feed, max(last_tried_at) as last_tried, sum(rows_stored) as rows,
            count(*) filter (where is_complete) as complete_days,
            count(*) filter (where outcome not in (1, 2)) as missing_days,
            arg_max(last_outcome, last_tried_at) as last_outcome, arg_max(last_why, last_tried_at) as last_why
          from ledger group by feed),
        warned as (
          select w.feed, count(*) as warnings
          from warnings w join (select feed, max(day) as newest from ledger group by feed) l on l.feed = w.feed
          where w.day > l.newest - {WarnedDays} group by w.feed)
        select f.feed, w.through_day as watermark, l.complete_days, l.missing_days, l.rows,
          case when l.feed is not null then coalesce(n.warnings, 0) end as warnings,
          {OutcomeText("l.last_outcome")} as last_outcome, date_trunc('second', l.last_tried) as last_tried_utc, l.last_why as why
        from feeds f left join latest l on l.feed = f.feed left join watermarks w on w.feed = f.feed
          left join warned n on n.feed = f.feed
        order by l.feed is null, f.feed
        """;

    private static readonly string Gaps = $"""
        select feed, day, {OutcomeText("outcome")} as outcome, attempts, date_trunc('second', last_tried_at) as last_tried_utc,
          date_trunc('second', next_due) as next_try_utc, why
        from ledger where outcome not in (1, 2) or (not is_complete and why <> '')
        order by feed, day
        """;

    private const int MaxRows = 1_000_000;

    private static readonly string AllDays = $"""
        select feed, day, {OutcomeText("outcome")} as outcome, is_complete, rows_stored as rows, attempts,
          {OutcomeText("last_outcome")} as last_outcome, date_trunc('second', last_tried_at) as last_tried_utc,
          date_trunc('second', next_due) as next_try_utc, coalesce(nullif(why, ''), last_why) as why
        from ledger order by feed, day
        """;

    private const string Warnings = """
        select feed, day, expectation, place, strftime(at_utc, '%Y-%m-%dT%H:%MZ') as at_utc, round(found, 2) as found,
          round(least, 2) as least, round(most, 2) as most, unit, date_trunc('second', known_at) as known_at_utc, reason
        from warnings order by warning_id desc
        """;

    private const string Drift = """
        select feed, day, kind, subject, expected, found, date_trunc('second', known_at) as known_at_utc
        from drift order by drift_id desc
        """;

    public static Command CreateStatus(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var publishers = new Option<bool>("--publishers")
        {
            Description = "how it goes with each publisher: breaker, errors, last outcome, lag behind its schedule",
        };
        var command = new Command("status", "Show each feed's watermark, last outcome and holes.") { format, publishers };
        command.SetAction((parsed, cancel) => parsed.GetValue(publishers)
            ? LimitsCommand.PrintPublishers(parsed.GetRequiredValue(data), parsed.GetValue(format), console, cancel)
            : PrintStatus(parsed.GetRequiredValue(data), parsed.GetValue(format), console, cancel));
        return command;
    }

    public static Command CreateGaps(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var all = new Option<bool>("--all") { Description = "the whole ledger, settled days included" };
        var command = new Command("gaps", "List the days that are missing, and why.") { format, all };
        command.SetAction((parsed, cancel) =>
            Print(parsed.GetRequiredValue(data), parsed.GetValue(all) ? AllDays : Gaps, parsed.GetValue(format), console, cancel));
        return command;
    }

    public static Command CreateWarnings(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var command = new Command(
            "warnings", "List what was noticed about stored rows: balances that do not hold, values that their history does not let expect.")
        {
            format,
        };
        command.SetAction((parsed, cancel) =>
            Print(parsed.GetRequiredValue(data), Warnings, parsed.GetValue(format), console, cancel));
        return command;
    }

    public static Command CreateDrift(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var command = new Command("drift", "List how the publishers' files and values changed.") { format };
        command.SetAction((parsed, cancel) =>
            Print(parsed.GetRequiredValue(data), Drift, parsed.GetValue(format), console, cancel));
        return command;
    }

    /// <summary>The stored number of an outcome as its name.</summary>
    private static string OutcomeText(string column) =>
        $"case {column} {string.Join(' ', Enum.GetValues<Outcome>().Select(o => $"when {(int)o} then '{o}'"))} end";

    private static async Task<int> PrintStatus(
        string dataDirectory, RowFormat? format, CommandConsole console, CancellationToken cancel)
    {
        await Print(dataDirectory, Status, format, console, cancel);
        if (Directory.Exists(Path.Combine(dataDirectory, "ticks")) && await TicksLine(dataDirectory, console, cancel) is { } line)
        {
            console.Note(line);
        }

        foreach (var behind in await LakeLines(dataDirectory, console, cancel))
        {
            console.Note(behind);
        }

        return ExitCodes.Done;
    }

    /// <summary>Which tables of the lake are behind the store.</summary>
    private static Task<IReadOnlyList<string>> LakeLines(string dataDirectory, CommandConsole console, CancellationToken cancel) =>
        SqlSource.Ask(
            dataDirectory,
            store => LakeSource.Behind(dataDirectory, store, console),
            async server => (await AdminSource.Ask(server, "/v1/status", cancel)).GetProperty("data").GetProperty("lake")
                is { ValueKind: JsonValueKind.Array } lags
                ? [.. lags.EnumerateArray().Select(LakeSource.Behind).OfType<string>()]
                : [],
            console,
            cancel);

    /// <summary>What became of the messages of real-time prices; null where none came.</summary>
    private static async Task<string?> TicksLine(string dataDirectory, CommandConsole console, CancellationToken cancel)
    {
        var (counters, more) = await SqlSource.Ask(
            dataDirectory,
            static store => (store.Ticks.Progress.Counters, ""),
            async server =>
            {
                var status = (await AdminSource.Ask(server, "/v1/ticks/status", cancel)).GetProperty("data");
                long Of(string name) => status.GetProperty(name).GetInt64();
                var counters = new TickCounters(
                    Of("received"), Of("accepted"), Of("duplicate"), Of("late_amended"), Of("dead_lettered"));
                return (counters, string.Create(
                    CultureInfo.InvariantCulture, $"; {status.GetProperty("messages_per_second").GetDouble():0} a second now"));
            },
            console,
            cancel);
        return counters.Received == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"real-time prices: {counters.Received} messages = {counters.Accepted} accepted + {counters.Duplicate} duplicate + "
            + $"{counters.LateAmended} late + {counters.DeadLettered} dead letters{more}");
    }

    private static async Task<int> Print(
        string dataDirectory, string sql, RowFormat? format, CommandConsole console, CancellationToken cancel)
    {
        await SqlSource.Print(dataDirectory, sql, MaxRows, format ?? console.DefaultFormat, console, cancel);
        return ExitCodes.Done;
    }
}
