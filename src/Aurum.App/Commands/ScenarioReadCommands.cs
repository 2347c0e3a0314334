using System.CommandLine;
using System.Text.Json;

namespace Aurum.App.Commands;

/// <summary><c>aurum scenario outputs</c>, <c>diff</c> and <c>manifest</c>.</summary>
internal static class ScenarioReadCommands
{
    private static readonly (string Name, bool IsNumber)[] OutputColumns =
    [
        ("asof_date", false), ("curve_name", false), ("tenor_type", false), ("tenor_label", false), ("metric", false), ("base", true),
        ("value", true), ("band_lower", true), ("band_upper", true), ("unit", false), ("attribution", false), ("curve_key", false),
        ("run_id", false),
    ];

    private static readonly (string Name, bool IsNumber)[] DiffColumns =
    [
        ("curve_name", false), ("tenor_type", false), ("tenor_label", false), ("metric", false), ("value_a", true), ("value_b", true),
        ("diff_abs", true), ("diff_pct", true), ("unit", false), ("attribution", false), ("asof_a", false), ("asof_b", false),
        ("curve_key", false),
    ];

    public static IEnumerable<Command> Create(ScenarioContext context) =>
        [CreateOutputs(context), CreateDiff(context), CreateManifest(context)];

    private static Option<string?> Metric() => new("--metric") { Description = "mid or ensemble_median", HelpName = "NAME" };

    private static Option<string?> TenorType() =>
        new("--tenor-type") { Description = "kind of period", HelpName = "monthly|quarter|season|calendar" };

    private static Option<string?> Curve() => new("--curve") { Description = "curve, by its key", HelpName = "KEY" };

    private static Command CreateOutputs(ScenarioContext context)
    {
        var id = new Argument<string>("ID") { Description = "id of the scenario" };
        var run = new Option<string?>("--run") { Description = "of one run (default: the newest with outputs)", HelpName = "RUN" };
        var (metric, tenor, curve, format) = (Metric(), TenorType(), Curve(), FormatOption.Create());
        var command = new Command("outputs", "Print what a scenario came to, with bands and attribution.")
        {
            id, run, metric, tenor, curve, format,
        };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var query = ScenarioContext.Query(
                ("run_id", parsed.GetValue(run)), ("metric", parsed.GetValue(metric)), ("tenor_type", parsed.GetValue(tenor)),
                ("curve_key", parsed.GetValue(curve)));
            var rows = await client.Rows(
                $"/v1/scenarios/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/outputs{query}", cancel);
            context.Print(rows, OutputColumns, parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateDiff(ScenarioContext context)
    {
        var a = new Argument<string>("A") { Description = "scenario or run that is compared" };
        var b = new Argument<string>("B") { Description = "scenario or run that it is compared with" };
        var (metric, tenor, curve, format) = (Metric(), TenorType(), Curve(), FormatOption.Create());
        var command = new Command("diff", "Compare two scenarios or runs, with what makes the difference.")
        {
            a, b, metric, tenor, curve, format,
        };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var query = ScenarioContext.Query(
                ("a", parsed.GetRequiredValue(a)), ("b", parsed.GetRequiredValue(b)), ("metric", parsed.GetValue(metric)),
                ("tenor_type", parsed.GetValue(tenor)), ("curve_key", parsed.GetValue(curve)));
            context.Print(await client.Rows($"/v1/scenarios/diff{query}", cancel), DiffColumns, parsed.GetValue(format));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateManifest(ScenarioContext context)
    {
        var run = new Argument<string>("RUN") { Description = "id of the run" };
        var command = new Command("manifest", "Print what a run's outputs hang on, for 'aurum scenario run --manifest FILE'.") { run };
        context.Act(command, async (parsed, client, cancel) =>
        {
            var manifest = await client.Data(
                HttpMethod.Get, $"/v1/scenarios/runs/{Uri.EscapeDataString(parsed.GetRequiredValue(run))}/manifest", null, cancel);
            context.Console.WriteLine(JsonSerializer.Serialize(manifest, ScenarioCommand.Indented));
            return ExitCodes.Done;
        });
        return command;
    }
}
