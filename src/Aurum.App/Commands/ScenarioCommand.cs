using System.CommandLine;
using System.Text.Json;
using Aurum.App.Api.Requests;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary><c>aurum scenario</c>: what-ifs over stored forward curves. Goes through the running server where one has the data directory
/// open.</summary>
internal static class ScenarioCommand
{
    /// <summary>Curves that are named to a person at most.</summary>
    private const int MostShown = 5;

    /// <summary>Indented, for people.</summary>
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = CellText.JsonOptions.Encoder };

    private static readonly (string Name, bool IsNumber)[] ListColumns =
    [
        ("id", false), ("name", false), ("status", false), ("version", true), ("tags", false), ("created_at", false),
        ("updated_at", false),
    ];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var tenant = new Option<string>("--tenant")
        {
            Description = "whose scenarios",
            HelpName = "NAME",
            DefaultValueFactory = static _ => TenantChoice.Default,
            Recursive = true,
        };
        var command = new NotedCommand("scenario", """
            Ask what-ifs of stored forward curves: create, run, compare.

            A scenario is a JSON document: drivers (assumptions) and the curves that they are asked of (parameters). docs/scenarios.md has
            them all. 'aurum scenario validate FILE' says in words what one would do, and every field that is wrong.

              aurum scenario create gas-up.json
              aurum scenario run ID
              aurum scenario outputs ID --format csv
              aurum scenario diff ID OTHER
            """);
        var context = new ScenarioContext(console, data, tenant);
        foreach (var part in (IEnumerable<Command>)
        [
            CreateCreate(context), CreateValidate(context), CreateList(context), CreateShow(context), CreateDelete(context),
            .. ScenarioRunCommands.Create(context), .. ScenarioReadCommands.Create(context),
        ])
        {
            part.Add(tenant);
            command.Add(part);
        }

        // Requests of all tenants lie in one topic.
        command.Add(ScenarioWorkerCommand.Create(console, data));
        command.Add(ScenarioWorkerCommand.CreateRedrive(console, data));
        return command;
    }

    /// <summary>The text of a file, or of standard input.</summary>
    public static async Task<string> ReadFile(string path, CommandConsole console, CancellationToken cancel)
    {
        if (path != "-")
        {
            return await File.ReadAllTextAsync(path, cancel);
        }

        using var reader = new StreamReader(console.In);
        return await reader.ReadToEndAsync(cancel);
    }

    private static Argument<string> FileArgument() =>
        new("FILE") { Description = "JSON document of the scenario; - reads standard input" };

    private static Command CreateCreate(ScenarioContext context)
    {
        var file = FileArgument();
        var command = new Command("create", "Store a scenario; prints its id.") { file };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var body = await ReadFile(parsed.GetRequiredValue(file), context.Console, cancel);
            var scenario = await client.Data(HttpMethod.Post, "/v1/scenarios", body, cancel);
            context.Console.WriteLine(scenario.GetProperty("id").GetString()!);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateValidate(ScenarioContext context)
    {
        var file = FileArgument();
        var command = new Command("validate", "Say in words what a scenario would do, or every field that is wrong.") { file };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var body = await ReadFile(parsed.GetRequiredValue(file), context.Console, cancel);
            var told = await client.Data(HttpMethod.Post, "/v1/scenarios/validate", body, cancel);
            var curves = told.GetProperty("curves").EnumerateArray().Select(static c => c.GetString()).ToList();
            var more = curves.Count > MostShown ? "; ..." : "";
            var count = curves.Count == 1 ? "1 curve" : $"{curves.Count} curves";
            context.Console.WriteLine(
                $"{count}, {told.GetProperty("months")} months: {string.Join("; ", curves.Take(MostShown))}{more}");
            foreach (var reference in told.GetProperty("references").EnumerateObject())
            {
                context.Console.WriteLine($"{reference.Name} is {reference.Value.GetString()}");
            }

            foreach (var sentence in told.GetProperty("sentences").EnumerateArray())
            {
                context.Console.WriteLine(sentence.GetString()!);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateList(ScenarioContext context)
    {
        var status = new Option<string?>("--status") { Description = "where they stand", HelpName = "created|active|archived" };
        var name = new Option<string?>("--name") { Description = "stands in the name", HelpName = "TEXT" };
        var tag = new Option<string?>("--tag") { Description = "one of their tags", HelpName = "TEXT" };
        var format = FormatOption.Create();
        var command = new Command("list", "List scenarios, newest first.") { status, name, tag, format };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var query = ScenarioContext.Query(
                ("status", parsed.GetValue(status)), ("name", parsed.GetValue(name)), ("tag", parsed.GetValue(tag)));
            context.Print(await client.Rows($"/v1/scenarios{query}", cancel), ListColumns, parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateShow(ScenarioContext context)
    {
        var id = new Argument<string>("ID") { Description = "id of the scenario" };
        var command = new Command("show", "Print a scenario as JSON.") { id };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var scenario = await client.Data(
                HttpMethod.Get, $"/v1/scenarios/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", null, cancel);
            context.Console.WriteLine(JsonSerializer.Serialize(scenario, Indented));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateDelete(ScenarioContext context)
    {
        var id = new Argument<string>("ID") { Description = "id of the scenario" };
        var command = new Command("delete", "Delete a scenario and cancel its runs; outputs stay in the tables.") { id };
        context.Act(command, async (parsed, client, cancel) =>
        {
            await client.Send(
                HttpMethod.Delete, $"/v1/scenarios/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", null, cancel);
            return ExitCodes.Done;
        });
        return command;
    }
}
