using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.App.Commands;

/// <summary><c>aurum scenario run</c>, <c>runs</c>, <c>rerun</c> and <c>cancel</c>.</summary>
internal static class ScenarioRunCommands
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("id", false), ("status", false), ("priority", false), ("scenario_version", true), ("progress_percent", true),
        ("retry_count", true), ("output_rows", true), ("duration_seconds", true), ("created_at", false), ("error_message", false),
    ];

    public static IEnumerable<Command> Create(ScenarioContext context) =>
        [CreateRun(context), CreateRuns(context), CreateRerun(context), CreateCancel(context)];

    private static Command CreateRun(ScenarioContext context)
    {
        var id = new Argument<string?>("ID") { Description = "id of the scenario", Arity = ArgumentArity.ZeroOrOne };
        var manifest = new Option<string?>("--manifest")
        {
            Description = "compute what a manifest is of in place of a scenario, and keep nothing", HelpName = "FILE",
        };
        var options = RunOptions();
        var noWait = new Option<bool>("--no-wait") { Description = "do not wait until it has ended; a server works on it" };
        var format = FormatOption.Create();
        var command = new Command("run", "Run a scenario and wait for its outputs; prints the run.") { id, manifest, noWait, format };
        options.ForEach(o => command.Add(o.Option));
        context.Act(command, async (parsed, client, cancel) =>
        {
            if (parsed.GetValue(manifest) is { } file)
            {
                var written = await ScenarioCommand.ReadFile(file, context.Console, cancel);
                return await Verify(context, client, written, null, cancel);
            }

            var scenario = parsed.GetValue(id)
                ?? throw new CommandException(ExitCodes.BadInput, "expected the id of a scenario, or --manifest FILE; found neither");
            var body = new JsonObject();
            foreach (var (name, isNumber, option) in options)
            {
                if (parsed.GetValue(option) is { } text)
                {
                    body[name] = isNumber && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : text;
                }
            }

            var run = await client.Data(
                HttpMethod.Post, $"/v1/scenarios/{Uri.EscapeDataString(scenario)}/run", body.ToJsonString(), cancel);
            if (!parsed.GetValue(noWait))
            {
                run = await Wait(context, client, run, cancel);
            }

            context.Print([run], Columns, parsed.GetValue(format));
            Tell(context, run);
            return run.GetProperty("status").GetString() is "failed" or "timeout" or "cancelled" ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Options of a run, by their names in the body.</summary>
    private static List<(string Name, bool IsNumber, Option<string?> Option)> RunOptions()
    {
        static (string, bool, Option<string?>) Of(string name, string option, string what, string help, bool isNumber) =>
            (name, isNumber, new Option<string?>(option) { Description = what, HelpName = help });
        return
        [
            Of("priority", "--priority", "which comes first", "low|normal|high|critical", false),
            Of("seed", "--seed", "seed of ensembles (default 1)", "N", true),
            Of("timeout_minutes", "--timeout-minutes", "1 to 1440 (default 60)", "N", true),
            Of("max_memory_mb", "--max-memory-mb", "256 to 16384 MiB (default 1024)", "N", true),
            Of("max_retries", "--max-retries", "0 to 10 (default 3)", "N", true),
            Of("idempotency_key", "--key", "name of the order: the same again is one run", "TEXT", false),
        ];
    }

    private static Command CreateRuns(ScenarioContext context)
    {
        var id = new Argument<string>("ID") { Description = "id of the scenario" };
        var state = new Option<string?>("--state")
        {
            Description = "where they stand", HelpName = "queued|running|succeeded|failed|cancelled|timeout",
        };
        var format = FormatOption.Create();
        var command = new Command("runs", "List the runs of a scenario, newest first.") { id, state, format };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var query = ScenarioContext.Query(("state", parsed.GetValue(state)));
            var rows = await client.Rows($"/v1/scenarios/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/runs{query}", cancel);
            context.Print(rows, Columns, parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRerun(ScenarioContext context)
    {
        var id = new Argument<string>("SCENARIO") { Description = "id of the scenario" };
        var run = new Argument<string>("RUN") { Description = "id of the run" };
        var command = new Command("rerun", "Compute a run once more from its manifest and compare the hash of the outputs.") { id, run };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var name = Uri.EscapeDataString(parsed.GetRequiredValue(run));
            var then = await client.Data(
                HttpMethod.Get, $"/v1/scenarios/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/runs/{name}", null, cancel);
            var manifest = await client.Data(HttpMethod.Get, $"/v1/scenarios/runs/{name}/manifest", null, cancel);
            return await Verify(context, client, manifest.GetRawText(), then.GetProperty("output_hash").GetString(), cancel);
        });
        return command;
    }

    private static Command CreateCancel(ScenarioContext context)
    {
        var run = new Argument<string>("RUN") { Description = "id of the run" };
        var command = new Command("cancel", "Cancel a run that has not come to its end.") { run };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var ended = await client.Data(
                HttpMethod.Post, $"/v1/scenarios/runs/{Uri.EscapeDataString(parsed.GetRequiredValue(run))}/cancel", "{}", cancel);
            context.Console.WriteLine($"{ended.GetProperty("id").GetString()} {ended.GetProperty("status").GetString()}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<int> Verify(
        ScenarioContext context, ScenarioClient client, string manifest, string? hash, CancellationToken cancel)
    {
        JsonNode? written;
        try
        {
            written = JsonNode.Parse(manifest);
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCodes.BadInput, $"expected a manifest as a run has written it: {e.Message}");
        }

        var body = new JsonObject { ["manifest"] = written };
        if (hash is not null)
        {
            body["output_hash"] = hash;
        }

        var told = await client.Data(HttpMethod.Post, "/v1/scenarios/verify", body.ToJsonString(), cancel);
        foreach (var change in told.GetProperty("changes").EnumerateArray())
        {
            context.Console.Note(change.GetString()!);
        }

        context.Console.WriteLine(told.GetProperty("output_hash").GetString()!);
        if (hash is null)
        {
            return ExitCodes.Done;
        }

        var isSame = told.GetProperty("is_same").GetBoolean();
        context.Console.Note(isSame ? "the outputs are the same to the byte" : $"the outputs are not the same: {hash} then");
        return isSame ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<JsonElement> Wait(
        ScenarioContext context, ScenarioClient client, JsonElement run, CancellationToken cancel)
    {
        var path = $"/v1/scenarios/{run.GetProperty("scenario_id").GetString()}/runs/{run.GetProperty("id").GetString()}";
        var told = "";
        while (run.GetProperty("status").GetString() is "queued" or "running")
        {
            var text = $"{run.GetProperty("status").GetString()} {Percent(run)}";
            if (context.Console.ShowsProgress && text != told)
            {
                context.Console.Note(told = text);
            }

            await Task.Delay(BetweenLooks, context.Console.Time, cancel);
            run = await client.Data(HttpMethod.Get, path, null, cancel);
        }

        return run;
    }

    private static string Percent(JsonElement run) => run.GetProperty("progress_percent") is { ValueKind: JsonValueKind.Number } percent
        ? string.Create(CultureInfo.InvariantCulture, $"{percent.GetDouble():0} %")
        : "";

    private static void Tell(ScenarioContext context, JsonElement run)
    {
        foreach (var sentence in run.GetProperty("explanation").EnumerateArray())
        {
            context.Console.Note(sentence.GetString()!);
        }
    }
}
