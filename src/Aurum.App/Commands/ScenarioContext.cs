using System.CommandLine;
using System.Text.Json;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary>What the commands about scenarios share: console, data directory, tenant.</summary>
internal sealed class ScenarioContext(CommandConsole console, Option<string> data, Option<string> tenant)
{
    public CommandConsole Console => console;

    /// <summary>Gives a command what it does, with somebody to ask.</summary>
    public void Act(Command command, Func<System.CommandLine.ParseResult, ScenarioClient, CancellationToken, Task<int>> act) =>
        command.SetAction(async (parsed, cancel) =>
        {
            await using var client = await ScenarioClient.Open(
                parsed.GetRequiredValue(data), parsed.GetRequiredValue(tenant), console, cancel);
            return await act(parsed, client, cancel);
        });

    /// <summary>Prints chosen members of rows.</summary>
    public void Print(IReadOnlyList<JsonElement> rows, IReadOnlyList<(string Name, bool IsNumber)> columns, RowFormat? format)
    {
        var form = format ?? console.DefaultFormat;
        AdminSource.Print(
            [.. rows.Select(row => columns.Select(c => Cell(row, c.Name, form == RowFormat.Table)).ToArray())], columns, form, console);
    }

    /// <summary>The query of what is given; it begins with a question mark and takes more behind it.</summary>
    public static string Query(params IReadOnlyList<(string Name, string? Value)> parts) => "?" + string.Join(
        '&', parts.Where(static p => p.Value is not null).Select(static p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));

    /// <summary>Texts of a list in one cell, in tables for people attributions in words; all else as it is.</summary>
    private static JsonElement Cell(JsonElement row, string name, bool isTable)
    {
        var cell = row.TryGetProperty(name, out var value) ? value : default;
        if (isTable && name == "attribution" && cell.ValueKind == JsonValueKind.Array)
        {
            return JsonSerializer.SerializeToElement(string.Join(", ", cell.EnumerateArray()
                .Select(static p => (Name: p.GetProperty("component").GetString(), Delta: p.GetProperty("delta").GetDouble()))
                .Where(static p => p.Delta != 0)
                .Select(static p => FormattableString.Invariant($"{p.Name} {p.Delta:+0.######;-0.######}"))));
        }

        return cell.ValueKind == JsonValueKind.Array && cell.EnumerateArray().All(static v => v.ValueKind == JsonValueKind.String)
            ? JsonSerializer.SerializeToElement(string.Join(' ', cell.EnumerateArray().Select(static v => v.GetString())))
            : cell;
    }
}
