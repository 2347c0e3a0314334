using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.App.Output;
using Aurum.App.Simulation;
using Aurum.Market.Text;
using Aurum.Sources;

namespace Aurum.App.Commands;

/// <summary><c>aurum simulate</c>: days of a made-up world in seconds, with faults and kills, then every law checked against the
/// truth.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandConsole console)
    {
        var seed = SandboxOption.CreateSeed("seed of world, faults and kills");
        var days = new Option<int>("--days")
        {
            Description = "virtual days, 1 to 366",
            HelpName = "D",
            DefaultValueFactory = static _ => 3,
        };
        var faults = new Option<string>("--faults")
        {
            Description = "how often publishers and the process fail",
            HelpName = "heavy|none",
            DefaultValueFactory = static _ => "heavy",
        };
        var lives = new Option<int>("--lives")
        {
            Description = "lives, one after the other, with this seed and the next ones; more than one: a line each. 1 to 10,000",
            HelpName = "N",
            DefaultValueFactory = static _ => 1,
        };
        var months = new Option<int?>("--virtual-months")
        {
            Description = "instead of a short life with kills: months in one process, all publishers unless some are named, another group "
                + "of feeds each week; fails where memory grows. 1 to 24",
            HelpName = "M",
        };
        var allFeeds = new Option<bool>("--all-feeds")
        {
            Description = $"all feeds of the publishers, not the seed's choice of {SimulationOptions.ChosenFeeds}",
        };
        var allPublishers = new Option<bool>("--all-publishers")
        {
            Description = "all feeds of all publishers, not only those of CAISO, NYISO, ERCOT and EIA",
        };
        var publishers = new Option<string>("--publishers")
        {
            Description = "all feeds of these publishers, for example nyiso,eia",
            HelpName = "LIST",
        };
        var command = new Command("simulate", "Run days of a made-up world in seconds and check every law.")
        {
            seed, days, faults, lives, months, allFeeds, allPublishers, publishers,
        };
        command.SetAction((parsed, cancel) =>
        {
            var options = OptionsOf(
                parsed.GetValue(seed), parsed.GetValue(days), parsed.GetRequiredValue(faults),
                parsed.GetValue(allFeeds), parsed.GetValue(allPublishers)) with
            {
                Publishers = PublishersOf(parsed.GetValue(publishers)),
            };
            return parsed.GetValue(months) is { } virtualMonths
                ? SimulatedMonths.Run(options, virtualMonths, console, cancel)
                : Run(options, parsed.GetValue(lives), console, cancel);
        });
        return command;
    }

    private static SimulationOptions OptionsOf(ulong seed, int days, string faults, bool allFeeds, bool allPublishers) =>
        days is >= 1 and <= 366 && faults is ("heavy" or "none")
            ? new SimulationOptions(seed, days, faults == "heavy", allFeeds || allPublishers, allPublishers)
            : throw new CommandException(
                ExitCodes.BadInput, $"expected --days 1 to 366 and --faults heavy or none, found {days} and '{faults}'");

    /// <exception cref="CommandException">A publisher that the sandbox does not play; names the nearest.</exception>
    private static string[]? PublishersOf(string? list)
    {
        var named = list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var known = FeedCatalog.All.Select(f => f.Id.Publisher).Distinct().ToList();
        return named?.FirstOrDefault(n => !known.Contains(n)) is not { } wrong
            ? named
            : throw new CommandException(ExitCodes.BadInput, $"no publisher '{wrong}'"
                + (NearestName.To(wrong, known) is { } near ? $": did you mean {near}?" : ""));
    }

    private static async Task<int> Run(SimulationOptions options, int lives, CommandConsole console, CancellationToken cancel)
    {
        if (lives is < 1 or > 10_000)
        {
            throw new CommandException(ExitCodes.BadInput, $"expected --lives 1 to 10000, found {lives}");
        }

        var allHold = true;
        for (var life = 0; life < lives; life++)
        {
            allHold &= await Live(
                options with { Seed = options.Seed + (ulong)life }, lives == 1 ? JsonText.Indented : null, console, cancel);
        }

        return allHold ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<bool> Live(
        SimulationOptions options, JsonSerializerOptions? layout, CommandConsole console, CancellationToken cancel)
    {
        using var folder = new SimulationFolder(options.Seed);
        using var life = new SimulatedLife(options, folder.Path);
        await life.Run(cancel);
        using var platform = life.Open();
        var laws = new LawBook(life, platform).Check(cancel);
        console.WriteLine(Json(options, life, platform, laws).ToJsonString(layout));
        return laws.All(l => l.Broken == 0);
    }

    /// <summary>What a life was, and how the laws fared.</summary>
    internal static JsonObject Json(
        SimulationOptions options, SimulatedLife life, Platform platform, IReadOnlyList<LawResult> laws) => new()
    {
        ["seed"] = options.Seed,
        ["days"] = options.Days,
        ["faults"] = options.HasFaults ? "heavy" : "none",
        ["start_utc"] = life.Start.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null),
        ["end_utc"] = life.Now.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null),
        ["feeds"] = life.Feeds.Count,
        ["requests"] = life.Network.Requests.Values.Sum(r => r.Count),
        ["faults_given"] = life.Sandbox.Log.Given,
        ["kills"] = life.Kills,
        ["deliveries"] = life.Deliveries,
        ["rows"] = platform.Store.Read.RowCounts().Values.Sum(),
        ["named_holes"] = platform.Store.Ledger.Entries().Count(e => !e.IsSettled),
        ["holds"] = laws.All(l => l.Broken == 0),
        ["laws"] = new JsonObject(laws.Select(l => KeyValuePair.Create<string, JsonNode?>(l.Law, new JsonObject
        {
            ["checked"] = l.Checked,
            ["broken"] = l.Broken,
            ["examples"] = new JsonArray([.. l.Examples.Select(e => JsonValue.Create(e))]),
        }))),
    };
}
