using System.Text;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Scenarios;
using Aurum.App.Scenarios.Reading;
using Aurum.App.Scenarios.Requests;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Models;
using Aurum.Tests.Api;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Kafka.Workers;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Scenarios.Requests;

/// <summary>Workers on runs in processes of their own over PostgreSQL and brokers for tests, killed in the middle of a run.</summary>
[Collection(WorkerCollection.Name)]
[Trait("Category", "Slow")]
public sealed class RequestWorkerProcessTests(KafkaMockServer kafka, PostgresServer postgres) : IDisposable
{
    private const int Runs = 12;
    private const int Scenarios = 4;
    private const string GasUp =
        """[{"driver_type": "fuel_curve", "payload": {"fuel": "natural_gas", "reference_series": "hub_gas", "change_pct": 20}}]""";

    private const string Parameters = """
        {"curves": [{"words": "West power", "block": "ON_PEAK"}], "references": [{"name": "hub_gas", "words": "Hub gas"}]}
        """;

    private static readonly LocalDate AsOf = new(2025, 9, 17);
    private static readonly Instant Known = Instant.FromUtc(2025, 9, 17, 18, 0);

    private readonly TestFolder _folder = new();
    private readonly List<ServerProcess> _processes = [];

    public void Dispose()
    {
        _processes.ForEach(static p => p.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Runs_of_two_workers_of_which_one_is_killed_end_once_with_the_bytes_that_the_server_itself_computes()
    {
        var expected = await OfTheServer();
        var options = postgres.NewDatabase();
        using var store = RequestWorkerProcess.Open(options, Path.Combine(_folder.Path, "test"));
        await using var rig = await RequestRig.Make(kafka, _folder);
        using var metrics = new AurumMetrics();
        await using var desk = new ScenarioDesk(
            store, new ScenarioSettings { OverKafka = true }, TimeProvider.System, metrics, static _ => { });
        rig.Publish(store, desk.Holder, desk.Service);
        desk.Service.Start();
        foreach (var name in (string[])["one", "two"])
        {
            _processes.Add(await RequestWorkerProcess.Start(rig, options, _folder.Path, name));
        }

        var ids = Order(store, desk);
        string? begun = null;
        await KafkaWait.Until(
            () => (begun = _processes.Select(BegunBy).FirstOrDefault(static r => r is not null)) is not null, KafkaWorld.Limit(60));
        _processes.First(p => BegunBy(p) == begun).Kill();
        Assert.Equal(RunState.Running, store.Runs.Find(RequestRig.Tenant, begun!)!.State);
        var ended = new List<RunRecord>();
        foreach (var id in ids)
        {
            ended.Add(await RequestRig.Ended(store, id, 60));
        }

        Assert.All(ended, r => Assert.True(r.State == RunState.Succeeded, $"{r.Error}\n{Tails()}"));
        Assert.Equal(1, ended.Single(r => r.Id == begun).RetryCount);
        var rows = 0;
        for (var i = 0; i < Runs; i++)
        {
            var (run, outputs) = expected[i];
            Assert.Equal((run.InputHash, run.OutputHash, run.Manifest), (ended[i].InputHash, ended[i].OutputHash, ended[i].Manifest));
            Assert.Equal(outputs, store.Runs.Outputs(new OutputQuery(ended[i].Id, int.MaxValue)));
            rows += outputs.Count;
        }

        await KafkaWait.Until(() => store.Requests.CountNews() == 0, KafkaWorld.Limit());
        var events = await rig.Read(RequestTopics.Outputs, rows);
        Assert.Equal(ids.Order(), events.Select(static e => e.Headers[RequestTopics.Run]).Distinct().Order());
    }

    /// <summary>The same orders, computed in the process that takes them, over a store of its own.</summary>
    private async Task<IReadOnlyList<(RunRecord Run, IReadOnlyList<OutputRecord> Outputs)>> OfTheServer()
    {
        using var store = AurumStore.Open(
            new StoreOptions(Path.Combine(_folder.Path, "own")) { MemoryLimitMiB = 512, Threads = 1 }, StoredFeeds.All,
            new StoppedClock(Known));
        using var metrics = new AurumMetrics();
        await using var desk = new ScenarioDesk(store, new ScenarioSettings(), TimeProvider.System, metrics, static _ => { });
        desk.Service.Start();
        var runs = new List<(RunRecord, IReadOnlyList<OutputRecord>)>();
        foreach (var id in Order(store, desk))
        {
            var run = await RequestRig.Ended(store, id);
            Assert.Equal((RunState.Succeeded, null), (run.State, run.Error));
            runs.Add((run, store.Runs.Outputs(new OutputQuery(id, int.MaxValue))));
        }

        return runs;
    }

    private string Tails() => string.Join("\n---\n", _processes.Select(static p => p.Tail));

    /// <summary>The first run that a worker has begun; null: none yet.</summary>
    private static string? BegunBy(ServerProcess worker) => worker.Tail.Split('\n')
        .FirstOrDefault(static l => l.StartsWith(RequestWorkerProcess.Computes, StringComparison.Ordinal))?
        [RequestWorkerProcess.Computes.Length..];

    /// <summary>Runs of several scenarios: those of one lie in one partition.</summary>
    private static IReadOnlyList<string> Order(AurumStore store, ScenarioDesk desk)
    {
        var feed = (Feed<CurveQuote>)CurveFeeds.Vendors.Single(static v => v.Layout.Vendor == "pw").Merged;
        ApiWorld.Deliver(store, feed, AsOf, Known, [.. ScenarioTests.Quotes(60)]);
        var scenarios = Enumerable.Range(1, Scenarios).Select(n => store.Scenarios.Create(
            new ScenarioRecord(
                RequestRig.Tenant, "", 0, $"Gas up {n}", null, ScenarioStatus.Created, GasUp, Parameters, [], default, default),
            Known)).ToList();
        return
        [
            .. Enumerable.Range(0, Runs).Select(n => desk.Order(
                RequestRig.Tenant, scenarios[n % Scenarios].Id,
                RunChoices.Read(Encoding.UTF8.GetBytes(FormattableString.Invariant($$"""{"seed": {{n}}}""")))).Id),
        ];
    }
}
