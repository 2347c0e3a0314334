using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.App.Ticks.Letters;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks dlq</c>: messages that are no ticks, with what is wrong and their original bytes.</summary>
internal static class TicksDlqCommand
{
    private const int UsualLimit = 100;
    private const int ShownLetters = 60;

    private static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("id", false), ("tenant_id", false), ("stream", false), ("position", true), ("length", true), ("reason", false),
        ("error_code", false), ("stage", false), ("field", false), ("expected", false), ("found", false), ("received_at", false),
        ("redriven_at", false), ("redriven_frame", true), ("text", false), ("base64", false),
    ];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var command = new NotedCommand("dlq", """
            List messages that are no ticks: dead letters.

            Of the server that has the data directory open, or of the directory itself.

            Examples:
              aurum ticks dlq --reason MarketMismatch
              aurum ticks dlq show 12.0 --raw > message.json

            Exit code 0: listed. 1: nothing is stored. 2: there is no such letter.
            """) { CreateShow(console, data) };
        var list = CreateList(console, data, command);
        command.Add(list);
        return command;
    }

    /// <summary>The list, which is also what the command does without more words.</summary>
    private static Command CreateList(CommandConsole console, Option<string> data, Command parent)
    {
        var list = new Command("list", "List dead letters, oldest first.");
        foreach (var command in (Command[])[list, parent])
        {
            var letters = new LetterOptions();
            letters.AddTo(command);
            var pending = new Option<bool>("--pending") { Description = "only those that were not sent again" };
            var limit = new Option<int>("--limit")
            {
                Description = "letters at most",
                HelpName = "N",
                DefaultValueFactory = static _ => UsualLimit,
            };
            var format = FormatOption.Create();
            command.Add(pending);
            command.Add(limit);
            command.Add(format);
            command.SetAction(async (parsed, cancel) =>
            {
                await using var desk = await letters.Open(parsed, parsed.GetRequiredValue(data), console, cancel);
                var filter = letters.FilterOf(parsed) with { PendingOnly = parsed.GetValue(pending) };
                return await Print(desk, filter, parsed.GetValue(limit), parsed.GetValue(format) ?? console.DefaultFormat, console, cancel);
            });
        }

        return list;
    }

    private static Command CreateShow(CommandConsole console, Option<string> data)
    {
        var id = new Argument<string>("id") { Description = "id of the dead letter", HelpName = "ID" };
        var raw = new Option<bool>("--raw") { Description = "only the message's bytes, as they came" };
        var letters = new LetterOptions();
        var command = new Command("show", "Show one dead letter whole.") { id, raw };
        letters.AddPlaceTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var desk = await letters.Open(parsed, parsed.GetRequiredValue(data), console, cancel);
            return await Show(desk, parsed.GetRequiredValue(id), parsed.GetValue(raw), console, cancel);
        });
        return command;
    }

    public static async Task<int> Print(
        ILetterDesk desk, LetterFilter filter, int limit, RowFormat format, CommandConsole console, CancellationToken cancel)
    {
        if (limit < 1)
        {
            throw new CommandException(ExitCodes.BadInput, $"--limit: expected a number from 1, found {limit}");
        }

        var found = await TakeAsync(desk, filter, limit + 1, cancel);
        var rows = found.Take(limit).ToList();
        if (format == RowFormat.Table)
        {
            PrintTable(rows, console);
        }
        else
        {
            AdminSource.Print([.. rows.Select(RowOf)], Columns, format, console);
        }

        if (found.Count > limit)
        {
            console.Note(string.Create(CultureInfo.InvariantCulture, $"the first {limit} are shown: --limit N shows more"));
        }

        return ExitCodes.Done;
    }

    /// <summary>Letters, up to a number.</summary>
    public static async Task<IReadOnlyList<JsonElement>> TakeAsync(
        ILetterDesk desk, LetterFilter filter, long most, CancellationToken cancel)
    {
        var letters = new List<JsonElement>();
        await foreach (var page in desk.ListAsync(filter, cancel))
        {
            letters.AddRange(page.Take((int)Math.Min(int.MaxValue, most - letters.Count)));
            if (letters.Count >= most)
            {
                break;
            }
        }

        return letters;
    }

    /// <summary><c>payload.market: expected a text, found 7</c>.</summary>
    public static string MessageOf(JsonElement letter)
    {
        var (field, found) = (Text(letter, "field"), Text(letter, "found"));
        var place = field.Length > 0 ? $"{field}: " : "";
        return $"{place}expected {Text(letter, "expected")}, found {(found.Length > 0 ? found : "nothing")}";
    }

    public static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var cell) && cell.ValueKind != JsonValueKind.Null ? cell.ToString() : "";

    private static void PrintTable(IReadOnlyList<JsonElement> rows, CommandConsole console)
    {
        var table = new TextTable([("id", false), ("received_at", false), ("reason", false), ("what is wrong", false), ("message", false)]);
        foreach (var row in rows)
        {
            var content = Encoding.UTF8.GetString(BytesOf(row));
            var line = new string([.. content.Take(ShownLetters).Select(static c => char.IsControl(c) ? ' ' : c)]);
            table.Add(
                Text(row, "id"),
                Text(row, "received_at"),
                Text(row, "reason") + (Text(row, "redriven_at").Length > 0 ? " (sent again)" : ""),
                MessageOf(row),
                line + (content.Length > ShownLetters ? "..." : ""));
        }

        console.Write(rows.Count == 0 ? ResultPrinter.NoRows : table.ToString());
    }

    private static async Task<int> Show(ILetterDesk desk, string id, bool isRaw, CommandConsole console, CancellationToken cancel)
    {
        var found = await TakeAsync(desk, new LetterFilter { Id = id }, 1, cancel);
        if (found.Count == 0)
        {
            throw new CommandException(ExitCodes.BadInput, $"there is no dead letter {id}: 'aurum ticks dlq' lists them");
        }

        var bytes = BytesOf(found[0]);
        if (!isRaw)
        {
            foreach (var (name, _) in Columns.Where(static c => c.Name is not ("text" or "base64")))
            {
                if (Text(found[0], name) is { Length: > 0 } value)
                {
                    console.WriteLine($"{name,-15} {value}");
                }
            }

            console.WriteLine("");
        }

        console.Out.Write(bytes);
        console.WriteLine("");
        return ExitCodes.Done;
    }

    private static byte[] BytesOf(JsonElement letter) => letter.GetProperty("text").GetString() is { } text
        ? Encoding.UTF8.GetBytes(text)
        : letter.GetProperty("base64").GetBytesFromBase64();

    private static JsonElement[] RowOf(JsonElement letter) =>
        [.. Columns.Select(c => letter.TryGetProperty(c.Name, out var cell) ? cell : default)];
}
