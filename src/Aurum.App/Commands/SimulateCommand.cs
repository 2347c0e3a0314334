using System.CommandLine;
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
            seed, days, faults, allFeeds, allPublishers, publishers,
        };
        command.SetAction((parsed, cancel) => Run(
            OptionsOf(
                parsed.GetValue(seed), parsed.GetValue(days), parsed.GetRequiredValue(faults),
                parsed.GetValue(allFeeds), parsed.GetValue(allPublishers)) with
            {
                Publishers = PublishersOf(parsed.GetValue(publishers)),
            },
            console,
            cancel));
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

    private static async Task<int> Run(SimulationOptions options, CommandConsole console, CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"aurum-simulate-{Environment.ProcessId}-{options.Seed}");
        try
        {
            using var life = new SimulatedLife(options, folder);
            await life.Run(cancel);
            using var platform = life.Open();
            var laws = new LawBook(life, platform).Check(cancel);
            console.WriteLine(Json(options, life, platform, laws).ToJsonString(JsonText.Indented));
            return laws.All(l => l.Broken == 0) ? ExitCodes.Done : ExitCodes.Failed;
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static JsonObject Json(
        SimulationOptions options, SimulatedLife life, Platform platform, IReadOnlyList<LawResult> laws) => new()
    {
        ["seed"] = options.Seed,
        ["days"] = options.Days,
        ["faults"] = options.HasFaults ? "heavy" : "none",
        ["start_utc"] = life.Start.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null),
        ["end_utc"] = life.Now.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null),
        ["feeds"] = life.Feeds.Count,
        ["requests"] = life.Network.Requests.Values.Sum(r => r.Count),
        ["faults_given"] = life.Sandbox.Log.Records.Count,
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
