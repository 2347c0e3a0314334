using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.App.Ticks.Letters;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks redrive</c>: sends dead letters through the pipeline again.</summary>
internal static class TicksRedriveCommand
{
    /// <summary>Letters of one request.</summary>
    private const int RequestLetters = 500;

    private static readonly (string Name, bool IsNumber)[] Columns =
        [("id", false), ("outcome", false), ("frame", true), ("reason", false), ("what is wrong", false)];

    private static readonly string[] Failures = ["dead-lettered", "needs-body"];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var ids = new Argument<string[]>("ids")
        {
            Description = "ids of dead letters, as 'aurum ticks dlq' lists them",
            HelpName = "ID",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var letters = new LetterOptions();
        var all = new Option<bool>("--all") { Description = "all that were not sent again" };
        var mended = new Option<string?>("--mended") { Description = "file with a message in place of the letter's", HelpName = "FILE" };
        var market = TickInput.CreateMarketOption();
        var dryRun = new Option<bool>("--dry-run") { Description = "only say which would be sent" };
        var format = FormatOption.Create();
        var command = new NotedCommand("redrive", """
            Send dead letters through the pipeline again.

            As they came, or one of them mended. They keep the time of their event. Each is sent again once, whoever asks how often; one
            that fails again is another dead letter. Where workers fill the store from Kafka, letters are published there, and workers tell
            what becomes of them.

            Examples:
              aurum ticks redrive --reason MarketMismatch --dry-run
              aurum ticks redrive 12.0 12.3
              aurum ticks dlq show 12.0 --raw > message.json && vi message.json && aurum ticks redrive 12.0 --mended message.json

            Exit code 0: all that were sent are ticks, were there, or are in Kafka. 1: one failed again, or was not taken. 2: no such one.
            """) { ids, all, mended, market, dryRun, format };
        letters.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var arguments = new TicksRedriveArguments(
                parsed.GetValue(ids) ?? [],
                letters.FilterOf(parsed) with { PendingOnly = true },
                parsed.GetValue(all),
                parsed.GetValue(mended),
                parsed.GetRequiredValue(market),
                parsed.GetValue(dryRun),
                parsed.GetValue(format));
            Check(arguments);
            await using var desk = await letters.Open(parsed, parsed.GetRequiredValue(data), console, cancel);
            return await Run(arguments, desk, console, cancel);
        });
        return command;
    }

    public static async Task<int> Run(
        TicksRedriveArguments arguments, ILetterDesk desk, CommandConsole console, CancellationToken cancel)
    {
        var format = arguments.Format ?? console.DefaultFormat;
        if (arguments.IsDryRun)
        {
            return await TicksDlqCommand.Print(desk, arguments.Filter, int.MaxValue - 1, format, console, cancel);
        }

        var done = new List<JsonElement>();
        if (arguments.Mended is { } file)
        {
            var text = await File.ReadAllTextAsync(file, cancel);
            if (string.IsNullOrWhiteSpace(text))
            {
                throw new CommandException(ExitCodes.BadInput, $"{file}: expected a message, found none");
            }

            var form = TickInput.FormatOf(file, null) == TickFormat.Csv ? "csv" : "json";
            done.Add(await desk.MendAsync(arguments.Ids[0], new MendedMessage(text, form, arguments.Market), cancel));
        }
        else
        {
            var ids = arguments.Ids.Count > 0
                ? arguments.Ids
                : [.. (await TicksDlqCommand.TakeAsync(desk, arguments.Filter, long.MaxValue, cancel))
                    .Select(static l => TicksDlqCommand.Text(l, "id"))];
            foreach (var some in ids.Chunk(RequestLetters))
            {
                done.AddRange(await desk.RedriveAsync(some, cancel));
            }
        }

        AdminSource.Print([.. done.Select(RowOf)], Columns, format, console);
        var byOutcome = done.GroupBy(static d => TicksDlqCommand.Text(d, "outcome")).OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}"));
        console.Note(string.Create(CultureInfo.InvariantCulture, $"{done.Count} dead letters: ") + string.Join(", ", byOutcome));
        return done.Any(static d => Failures.Contains(TicksDlqCommand.Text(d, "outcome"))) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Check(TicksRedriveArguments arguments)
    {
        var isFiltered = !arguments.Filter.IsOpen;
        if ((arguments.Ids.Count > 0 ? 1 : 0) + (isFiltered ? 1 : 0) + (arguments.All ? 1 : 0) != 1)
        {
            throw new CommandException(
                ExitCodes.BadInput,
                "expected ids of dead letters, or a filter such as --reason, or --all for all that were not sent again");
        }

        if (arguments.Mended is not null && arguments.Ids.Count != 1)
        {
            throw new CommandException(ExitCodes.BadInput, $"--mended: expected one id, found {arguments.Ids.Count}");
        }

        if (arguments.IsDryRun && arguments.Ids.Count > 0)
        {
            throw new CommandException(
                ExitCodes.BadInput, "--dry-run: expected a filter or --all; 'aurum ticks dlq show ID' shows one letter");
        }
    }

    private static JsonElement[] RowOf(JsonElement done)
    {
        var letter = done.GetProperty("dead_letter");
        var hasFailed = letter.ValueKind == JsonValueKind.Object;
        return
        [
            done.GetProperty("id"),
            done.GetProperty("outcome"),
            done.GetProperty("frame"),
            hasFailed ? letter.GetProperty("reason") : default,
            hasFailed ? JsonSerializer.SerializeToElement(TicksDlqCommand.MessageOf(letter)) : default,
        ];
    }
}

internal sealed record TicksRedriveArguments(
    IReadOnlyList<string> Ids,
    LetterFilter Filter,
    bool All,
    string? Mended,
    string Market,
    bool IsDryRun,
    RowFormat? Format);
