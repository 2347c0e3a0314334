using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.App.Configuration;
using Aurum.Cluster.Lineage;
using Aurum.Market.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum lineage</c>: what a dataset is made of, and what is made of it, by the file of events.</summary>
internal static class LineageCommand
{
    private const int UsualDepth = 20;
    private const int MostNames = 20;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var dataset = new Argument<string?>("dataset")
        {
            Description = "its name, with or without namespace, or the end of it; none: all datasets", HelpName = "DATASET",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<string[]>("--file")
        {
            Description = "file of events to read, may be repeated (default: those of Lineage:File)", HelpName = "PATH",
        };
        var depth = new Option<int>("--depth")
        {
            Description = "jobs between at most, 1 to 1000", HelpName = "N", DefaultValueFactory = static _ => UsualDepth,
        };
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var show = new Command("show", "Show what a dataset is made of, and what is made of it.") { dataset, file, depth, json };
        show.SetAction(parsed => Show(
            new ShowArguments(
                parsed.GetRequiredValue(data), parsed.GetValue(dataset), parsed.GetValue(file) ?? [], parsed.GetValue(depth),
                parsed.GetValue(json)),
            console));
        return new NotedCommand("lineage", """
            Where data comes from and where it goes, as OpenLineage events say that were written to a file (setting Lineage:File).

            Examples:
              aurum lineage show
              aurum lineage show store.iso_lmp
              aurum lineage show aurum/store.curve_observation --json

            Exit code 0: shown. 1: there is no file. 2: there is no such dataset.
            """) { show };
    }

    internal static int Show(ShowArguments arguments, CommandConsole console)
    {
        if (arguments.Depth is < 1 or > 1_000)
        {
            throw new CommandException(ExitCodes.BadInput, $"--depth: expected 1 to 1000, found {arguments.Depth}");
        }

        var graph = LineageGraph.Read(FilesOf(arguments).SelectMany(File.ReadLines));
        if (graph.Damaged > 0)
        {
            console.Note(string.Create(CultureInfo.InvariantCulture, $"{graph.Damaged:N0} lines are no events, and are left out"));
        }

        if (arguments.Dataset is not { } text)
        {
            console.Write(arguments.IsJson
                ? Json(new JsonArray([.. graph.Datasets.Select(static d => (JsonNode)JsonOf(d))]))
                : string.Concat(graph.Datasets.Select(static d => $"{d}\n")));
            return ExitCodes.Done;
        }

        var dataset = Named(graph, text);
        var upstream = graph.Upstream(dataset, arguments.Depth);
        var downstream = graph.Downstream(dataset, arguments.Depth);
        console.Write(arguments.IsJson
            ? Json(new JsonObject { ["dataset"] = JsonOf(dataset), ["upstream"] = JsonOf(upstream), ["downstream"] = JsonOf(downstream) })
            : $"{dataset}\nis made of\n{TextOf(upstream)}goes to\n{TextOf(downstream)}");
        return ExitCodes.Done;
    }

    private static LineageNode Named(LineageGraph graph, string text)
    {
        var found = graph.Find(text);
        if (found is [var only])
        {
            return only;
        }

        var why = found.Count > 1
            ? "found several: " + string.Join(", ", found.Take(MostNames))
            : NearestName.To(text, graph.Datasets.Select(static d => d.Name)) is { } near ? $"found none; did you mean {near}?"
            : "found none; 'aurum lineage show' names all";
        throw new CommandException(ExitCodes.BadInput, $"expected one dataset for '{text}', {why}");
    }

    private static IReadOnlyList<string> FilesOf(ShowArguments arguments)
    {
        if (arguments.Files.Count > 0)
        {
            return arguments.Files.FirstOrDefault(static f => !File.Exists(f)) is { } missing
                ? throw new CommandException(ExitCodes.Failed, $"--file: expected a file of events, found none at {missing}")
                : arguments.Files;
        }

        var options = OptionsReader.Read(arguments.DataDirectory).Lineage;
        if (options?.File is not { } file)
        {
            throw new CommandException(
                ExitCodes.Failed,
                "Lineage:File: expected a file that takes events, found none; set it, or say --file (docs/engines/openlineage.md)");
        }

        var path = Path.Combine(arguments.DataDirectory, file);
        var present = new LineageFile(path, (long)options.FileMiB << 20, options.Files).Present();
        return present.Count > 0 ? present : throw new CommandException(ExitCodes.Failed, $"{path}: no event was written yet");
    }

    private static string TextOf(IReadOnlyList<LineageStep> steps) => steps.Count == 0 ? "  nothing that is told of\n"
        : string.Concat(steps.Select(static s => $"{new string(' ', 2 * s.Depth)}{s.Dataset}  ({s.Job}, {s.State} {s.At})\n"));

    private static JsonArray JsonOf(IReadOnlyList<LineageStep> steps) =>
    [
        .. steps.Select(static s => new JsonObject
        {
            ["depth"] = s.Depth, ["namespace"] = s.Dataset.Namespace, ["name"] = s.Dataset.Name, ["job"] = s.Job, ["state"] = s.State,
            ["at"] = s.At,
        }),
    ];

    private static JsonObject JsonOf(LineageNode node) => new() { ["namespace"] = node.Namespace, ["name"] = node.Name };

    private static string Json(JsonNode node) => node.ToJsonString(Indented) + "\n";
}

/// <summary>What <c>aurum lineage show</c> was asked.</summary>
/// <param name="DataDirectory">Whose settings name the file.</param>
/// <param name="Dataset">Which; null: all are named.</param>
/// <param name="Files">Files to read; none: those of the settings.</param>
/// <param name="Depth">Jobs between at most.</param>
/// <param name="IsJson">Whether JSON is printed.</param>
internal sealed record ShowArguments(string DataDirectory, string? Dataset, IReadOnlyList<string> Files, int Depth, bool IsJson);
