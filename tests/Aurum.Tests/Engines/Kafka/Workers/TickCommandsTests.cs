using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.App.Commands;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks.Lanes;
using Aurum.Tests.Ticks.Service;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>The commands of docs/engines/kafka-ticks.md as processes: made messages go to Kafka by one of them and through a server by
/// another, four stages take them into one PostgreSQL database, and the server gives the bars.</summary>
[Collection("PostgreSQL")]
[Trait("Category", "Slow")]
public sealed class TickCommandsTests(PostgresServer postgres) : IAsyncLifetime, IDisposable
{
    private const int Messages = 3_000;

    private readonly TestFolder _folder = new();
    private readonly PostgresOptions _options = postgres.NewDatabase();
    private readonly List<AurumProcess> _processes = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Messages_that_are_produced_and_sent_give_the_bars_of_one_machine()
    {
        using var brokers = WorkerBrokers.InProcess();
        var (first, rest) = await Made();
        var expected = BarsOf(Results((await Done("ticks", "run", "--stage", "all", first, rest)).Out));
        Assert.NotEmpty(expected);
        foreach (var stage in LaneStages.All.Skip(1))
        {
            _processes.Add(AurumProcess.Start(
                "ticks", "worker", "--data", DataOf(stage, brokers), "--stage", stage, "--commit-ms", "50", "--status-seconds", "0"));
        }

        var server = AurumProcess.Start("serve", "--data", DataOf("serve", brokers), "--port", "0");
        _processes.Add(server);
        var produced = await Done("ticks", "produce", first, "--data", DataOf("produce", brokers), "--block", "20");
        Assert.EndsWith("to 4 partitions of aurum.market.tick.raw.v1-own\n", produced.Out, StringComparison.Ordinal);
        var sent = await Done("ticks", "send", rest, "--url", (await server.Address()).ToString());
        Assert.Contains("published to Kafka for workers", sent.Error, StringComparison.Ordinal);
        await Stored();

        foreach (var worker in _processes.Take(LaneStages.All.Count - 1))
        {
            var ended = await worker.Signal("TERM");
            Assert.True(ended.Code == ExitCodes.Done, ended.Error);
            Assert.Contains("lanes claimed, 0 restarts", ended.Error, StringComparison.Ordinal);
        }

        var bars = await Done(
            "ticks", "bars", "--data", Path.Combine(_folder.Path, "serve"), "--revisions", "--format", "json");
        TickHome.AssertSame(expected, BarsOf(JsonDocument.Parse(bars.Out).RootElement.EnumerateArray()));
    }

    /// <summary>Two files, the second with a tick of a later day for each lane, that closes all bars.</summary>
    private async Task<(string First, string Second)> Made()
    {
        var made = Path.Combine(_folder.Path, "made.json");
        await Done(
            "ticks", "generate", "--count", Messages.ToString(CultureInfo.InvariantCulture), "--mode", "malformed", "--instruments", "40",
            "--every", "0.1", "--disorder", "20", "--duplicates", "0.05", "--start", "2026-03-02T15:00:07Z", "--seed", "61", "--to", made);
        var lines = await File.ReadAllLinesAsync(made);
        var (first, rest) = (Path.Combine(_folder.Path, "first.json"), Path.Combine(_folder.Path, "rest.json"));
        await File.WriteAllLinesAsync(first, lines.Take(Messages / 2));
        await File.WriteAllLinesAsync(rest, [.. lines.Skip(Messages / 2), .. LaneTruth.Pushes(WorkerBrokers.Lanes)]);
        return (first, rest);
    }

    /// <summary>A data directory whose settings name brokers and database.</summary>
    private string DataOf(string name, WorkerBrokers brokers)
    {
        var folder = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "aurum.json"),
            new JsonObject
            {
                ["Kafka"] = new JsonObject
                {
                    ["BootstrapServers"] = brokers.Options.BootstrapServers,
                    ["Environment"] = brokers.Options.Environment,
                    ["SessionSeconds"] = brokers.Options.SessionSeconds,
                    ["HeartbeatMilliseconds"] = brokers.Options.HeartbeatMilliseconds,
                    ["Compression"] = brokers.Options.Compression,
                },
                ["Postgres"] = new JsonObject
                {
                    ["Dsn"] = _options.Dsn, ["OwnerDsn"] = _options.OwnerDsn, ["AppRole"] = _options.AppRole, ["Schema"] = _options.Schema,
                },
            }.ToJsonString());
        return folder;
    }

    /// <summary>Waits until all that was sent is stored and projected.</summary>
    private async Task Stored()
    {
        using var store = TickWorkerProcess.Open(_options, Path.Combine(_folder.Path, "test"));
        await KafkaWait.Until(() => Projected(store) >= Messages + WorkerBrokers.Lanes);
    }

    private static long Projected(AurumStore store) => store.TickLanes.All()
        .Where(static l => l.Id.Group.Contains(LaneStages.Project, StringComparison.Ordinal)).Sum(static l => l.Counters.Received);

    private static async Task<CommandRun> Done(params string[] arguments)
    {
        var run = await AurumProcess.Run(arguments);
        Assert.True(run.Code == ExitCodes.Done, $"{string.Join(' ', arguments)}: {run.Error}");
        return run;
    }

    /// <summary>Bars that have closed, as lines; those of the last ticks, which close the others, have not.</summary>
    private static List<string> BarsOf(IEnumerable<JsonElement> bars) =>
        [.. bars.Where(static bar => !bar.GetProperty("partial_end").GetBoolean()).Select(LineOf).Order(StringComparer.Ordinal)];

    /// <summary>Bars among the results of <c>ticks run</c>.</summary>
    private static IEnumerable<JsonElement> Results(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => JsonDocument.Parse(line).RootElement).Where(static row => row.GetProperty("event").GetString() == "bar")
        .Select(static row => row.GetProperty("data"));

    private static string LineOf(JsonElement bar) => string.Join(
        ' ',
        ((string[])
        [
            "tenant_id", "instrument_id", "interval", "start_utc", "end_utc", "open", "high", "low", "close", "volume", "vwap", "twap",
            "count", "revision", "partial_start",
        ]).Select(name => bar.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
            ? number.GetDouble().ToString("R", CultureInfo.InvariantCulture)
            : bar.GetProperty(name).ToString()));
}
