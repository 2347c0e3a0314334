using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.App.Commands;

/// <summary>Flags of <c>aurum ppa value</c> that say on which prices and how; together they are the body of a request.</summary>
internal sealed class PpaOrderFlags
{
    private const int MostThreads = 64;

    private readonly Option<string?> _asOf = Text("--as-of", "as-of date of the curves (default: the newest)", "DAY");
    private readonly Option<string?> _knownAt = Text("--known-at", "as known then: an instant or a date", "TIME");
    private readonly Option<string?> _scenario = Text("--scenario", "take the prices of a scenario: of its newest run", "ID");
    private readonly Option<string?> _run = Text("--run", "take the prices of a run of a scenario", "ID");
    private readonly Option<int?> _version = new("--contract-version") { Description = "version of the stored contract", HelpName = "N" };

    private readonly Option<string?> _options = Text(
        "--options", "JSON file of options: shape, basis, generation_days, cannibalisation, simulation.model ... (docs/ppa.md)", "FILE");

    private readonly Option<string?> _shape = Text(
        "--shape", "stored prices that give hours their shape, for example ercot/day-ahead-spp@HB_WEST", "FEED@PLACE");

    private readonly Option<string?> _shapeKind = Text("--shape-kind", "difference or ratio", "KIND");
    private readonly Option<int?> _shapeDays = new("--shape-days") { Description = "days of history of the shape", HelpName = "N" };

    private readonly Option<double?> _beyond = new("--beyond")
    {
        Description = "take months after the last quoted one as that of the same calendar month, and so many percent a year more",
        HelpName = "PERCENT",
    };

    private readonly Option<double?> _discount = new("--discount")
    {
        Description = "percent a year, in place of the contract's", HelpName = "PERCENT",
    };

    private readonly Option<int?> _paths = new("--paths")
    {
        Description = "simulate so many paths: value and cash flow at risk", HelpName = "N",
    };

    private readonly Option<int?> _seed = new("--seed") { Description = "seed of the paths (default: 1)", HelpName = "N" };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "threads of the simulation; they change the time alone (default: all processors)", HelpName = "N",
    };

    /// <summary>Adds the flags to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="ofOneDate">Whether it values on one date: dates, scenarios and paths make sense.</param>
    public PpaOrderFlags(Command command, bool ofOneDate)
    {
        foreach (var option in ofOneDate ? (Option[])[_asOf, _scenario, _run, _paths, _seed, _threads] : [])
        {
            command.Add(option);
        }

        foreach (var option in (Option[])[_knownAt, _version, _shape, _shapeKind, _shapeDays, _beyond, _discount, _options])
        {
            command.Add(option);
        }
    }

    /// <summary>The body of a request.</summary>
    /// <exception cref="CommandException">A flag that does not fit.</exception>
    public async Task<JsonObject> Body(ParseResult parsed, CommandConsole console, CancellationToken cancel)
    {
        var body = new JsonObject();
        Set(body, "asof_date", parsed.GetValue(_asOf));
        Set(body, "known_at", parsed.GetValue(_knownAt));
        Set(body, "scenario_id", parsed.GetValue(_scenario));
        Set(body, "run_id", parsed.GetValue(_run));
        Set(body, "contract_version", parsed.GetValue(_version));
        var options = parsed.GetValue(_options) is { } file ? Read(file, await PpaFile.Read(file, console, cancel)) : [];
        AddShape(options, parsed);
        if (parsed.GetValue(_beyond) is { } growth)
        {
            options["beyond"] = "extend";
            options["beyond_growth_percent"] = growth;
        }

        Set(options, "discount_percent", parsed.GetValue(_discount));
        AddSimulation(options, parsed);
        body["options"] = options;
        return body;
    }

    private void AddShape(JsonObject options, ParseResult parsed)
    {
        if (parsed.GetValue(_shape) is not { } text)
        {
            return;
        }

        if (text.Split('@', 2) is not [var feed, var place])
        {
            throw new CommandException(
                ExitCodes.BadInput, $"--shape: expected a feed, @ and a place such as ercot/day-ahead-spp@HB_WEST, found '{text}'");
        }

        var shape = new JsonObject { ["feed"] = feed, ["location"] = place };
        Set(shape, "kind", parsed.GetValue(_shapeKind));
        Set(shape, "days", parsed.GetValue(_shapeDays));
        options["shape"] = shape;
    }

    private void AddSimulation(JsonObject options, ParseResult parsed)
    {
        var simulation = options["simulation"] as JsonObject;
        if (simulation is null && parsed.GetValue(_paths) is null)
        {
            return;
        }

        simulation ??= [];
        Set(simulation, "paths", parsed.GetValue(_paths));
        Set(simulation, "seed", parsed.GetValue(_seed));
        var usual = Math.Min(Environment.ProcessorCount, MostThreads);
        Set(simulation, "threads", parsed.GetValue(_threads) ?? (int?)simulation["threads"] ?? usual);
        options["simulation"] = simulation;
    }

    private static JsonObject Read(string file, string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject
                ?? throw new CommandException(ExitCodes.BadInput, $"{file}: expected a JSON object of options");
        }
        catch (JsonException mistake)
        {
            throw new CommandException(ExitCodes.BadInput, $"{file}: expected JSON, found none: {mistake.Message}");
        }
    }

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static void Set<T>(JsonObject to, string name, T? value)
    {
        if (value is not null)
        {
            to[name] = JsonSerializer.SerializeToNode(value);
        }
    }
}
