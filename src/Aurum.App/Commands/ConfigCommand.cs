using System.CommandLine;
using System.Text.Json;
using Aurum.App.Configuration;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary><c>aurum config show|check</c>: what is set, by whom, and whether it can be used.</summary>
internal static class ConfigCommand
{
    private static readonly (string Name, bool IsNumber)[] Columns =
        [("setting", false), ("value", false), ("from", false), ("default", false), ("range", false), ("unit", false)];

    private static readonly (string Name, bool IsNumber)[] JsonColumns = [.. Columns, ("variables", false), ("what", false)];

    public static Command Create(CommandConsole console, Option<string> data) =>
        new("config", "See the settings: value, who set it, default, range, unit; check them.")
        {
            CreateShow(console, data),
            CreateCheck(console, data),
        };

    private static Command CreateShow(CommandConsole console, Option<string> data)
    {
        var name = new Argument<string?>("PART")
        {
            Description = "part of names, such as kafka: only settings that have it", Arity = ArgumentArity.ZeroOrOne,
        };
        var set = new Option<bool>("--set") { Description = "only what somebody has set" };
        var all = new Option<bool>("--all") { Description = "also the settings of engines that are not used" };
        var format = FormatOption.Create();
        var command = new Command("show", "Show settings with secrets hidden. Engines that are not used are left out.")
            { name, set, all, format };
        command.SetAction(parsed =>
        {
            var form = parsed.GetValue(format) ?? console.DefaultFormat;
            var rows = SettingRow.All(parsed.GetRequiredValue(data), console.World, parsed.GetValue(all))
                .Where(r => parsed.GetValue(name) is not { } part || r.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
                .Where(r => !parsed.GetValue(set) || r.From != SettingRow.DefaultOrigin);
            var isTable = form == RowFormat.Table;
            AdminSource.Print([.. rows.Select(r => Cells(r, isTable))], isTable ? Columns : JsonColumns, form, console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateCheck(CommandConsole console, Option<string> data)
    {
        var command = new Command("check", "Read all settings as a start would, and say what is wrong.");
        command.SetAction(parsed => Check(parsed.GetRequiredValue(data), console));
        return command;
    }

    private static int Check(string dataDirectory, CommandConsole console)
    {
        var layers = OptionsReader.Layers(dataDirectory, console.World);
        var options = OptionsReader.Read(dataDirectory, world: console.World);
        var doubts = VariableNames.Doubts(console.World.Variables, console.Now);
        foreach (var doubt in doubts)
        {
            console.Note(doubt);
        }

        var open = OpenSecrets(dataDirectory, layers);
        if (open is not null)
        {
            console.Note(open);
        }

        var used = EngineChecks.All.Where(c => c.IsUsed(options)).Select(static c => c.Engine).ToList();
        console.WriteLine($"{layers.Values.Count} values are set and can be read; engines that are used: "
            + $"{(used.Count == 0 ? "none" : string.Join(", ", used))}; 'aurum doctor' asks them");
        return doubts.Count == 0 && open is null ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>What to say where a file that others may read holds secrets; null: nothing.</summary>
    private static string? OpenSecrets(string dataDirectory, SettingLayers layers)
    {
        var file = Path.Combine(dataDirectory, SettingLayers.FileName);
        var held = layers.Values.Values
            .Where(static v => v.Origin == SettingLayers.FileName && SettingCatalog.Shown(v.Key, v.Value) != (v.Value ?? ""))
            .Select(static v => v.Key).ToList();
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        return held.Count > 0 && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0
            ? $"{file} holds secrets ({string.Join(", ", held)}) but others may read it: run chmod 600 {file}"
            : null;
    }

    private static JsonElement[] Cells(SettingRow row, bool isTable)
    {
        JsonElement[] cells = [Cell(row.Name), Cell(row.Value), Cell(row.From), Cell(row.Default), Cell(row.Range), Cell(row.Unit)];
        return isTable ? cells : [.. cells, Cell(string.Join(' ', row.Variables)), Cell(row.What)];
    }

    private static JsonElement Cell(string text) => JsonSerializer.SerializeToElement(text);
}
