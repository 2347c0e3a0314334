using System.Collections.Concurrent;
using System.Text;
using Aurum.App.Scenarios.Requests;
using Aurum.Cluster.Kafka;
using Aurum.Store;
using Aurum.Store.Models;
using Aurum.Tests.Engines.Interop;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Scenarios.Running;
using Aurum.Tests.Store;

namespace Aurum.Tests.Scenarios.Requests;

/// <summary>Runs that are ordered as messages, over one DuckDB store and brokers for tests.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class RequestWorkerTests : IAsyncLifetime, IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly KafkaMockServer _kafka;
    private readonly AurumStore _store;
    private readonly ScenarioRecord _scenario;
    private readonly ConcurrentQueue<string> _computed = [];
    private RequestRig _rig = null!;

    public RequestWorkerTests(KafkaMockServer kafka)
    {
        _kafka = kafka;
        _store = DuckDbStores.Open(Path.Combine(_folder.Path, "store"));
        _scenario = RequestRig.Scenario(_store);
    }

    public async Task InitializeAsync() => _rig = await RequestRig.Make(_kafka, _folder);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_is_computed_once_however_often_it_is_asked_for_and_others_read_its_outputs()
    {
        await using var service = _rig.Serve(_store);
        var run = service.Submit(Draft(1)).Run;
        var copy = await _rig.Event(run, _scenario);
        await _rig.Send((copy, RequestRig.Tenant), (copy, null));
        await using var worker = _rig.Worker(_store, Compute);
        Assert.Equal(RunState.Succeeded, (await RequestRig.Ended(_store, run.Id)).State);
        await KafkaWait.Until(
            () => worker.Worker.Figures.Known == 2 && _store.Requests.CountNews() == 0, KafkaWorld.Limit());

        Assert.Equal([run.Id], _computed);
        var told = Assert.Single(worker.Told);
        Assert.Equal((run.Id, "{}"), (told.Id, told.Manifest));
        Assert.NotNull(told.StartedAt);
        Assert.Equal(1, TestRuns.CheckEnded(_store, 1)[RunState.Succeeded]);
        var alert = Assert.Single(await _rig.Read(RequestTopics.Alerts, 1));
        Assert.Equal($"scenario-run:{run.Id}:succeeded", Encoding.UTF8.GetString(alert.Key!));
        var topic = _rig.Kafka.TopicOf(RequestTopics.Outputs);
        var read = await EngineScript.Run("events.mjs", [_kafka.BootstrapServers, topic, $"{TestRuns.Rows}", _rig.Registry.Url]);
        Assert.Equal(
            Enumerable.Range(1, TestRuns.Rows).Select(m => (run.Id, $"2027-{m:00}", 51.5, $"{m - 1}", $"{TestRuns.Rows}", "acme")),
            read.Select(static m => (
                m.GetProperty("value").GetProperty("run_id").GetString()!, m.GetProperty("value").GetProperty("tenor_label").GetString()!,
                m.GetProperty("value").GetProperty("value").GetDouble(), m.GetProperty("headers").GetProperty("aurum-row").GetString()!,
                m.GetProperty("headers").GetProperty(RequestTopics.Rows).GetString()!,
                m.GetProperty("headers").GetProperty(KafkaHeaders.Tenant).GetString()!)));
    }

    [Fact]
    public async Task What_may_pass_goes_through_the_topic_of_retries_with_attempt_and_delay()
    {
        await using var service = _rig.Serve(_store);
        await using var worker = _rig.Worker(_store, (run, _, _) =>
        {
            _computed.Enqueue(run.Id);
            return _computed.Count < 3 ? throw new IOException("the disk is busy") : TestRuns.Outputs(run);
        });
        var run = await RequestRig.Ended(_store, service.Submit(Draft(1)).Run.Id);
        Assert.Equal((RunState.Succeeded, 2, 3), (run.State, run.RetryCount, _computed.Count));
        var retries = (await _rig.Read(RequestTopics.Retries, 2)).OrderBy(static m => m.Headers[RequestTopics.Attempt]).ToList();
        Assert.Equal(["1", "2"], retries.Select(static m => m.Headers[RequestTopics.Attempt]));
        Assert.All(retries, m =>
        {
            Assert.Equal(run.Id, m.Headers[RequestTopics.Run]);
            Assert.InRange(double.Parse(m.Headers[RequestTopics.Delay], System.Globalization.CultureInfo.InvariantCulture), 0.3, 1.3);
            Assert.NotNull(m.NotBefore);
        });
    }

    [Fact]
    public async Task Requests_that_can_never_be_worked_on_are_given_up_with_a_reason_and_stop_nobody()
    {
        var known = _store.Runs.Submit(Draft(1), 100, default).Run;
        var alien = known with { Id = "", ScenarioId = "none" };
        byte[] nobodys = [0, 0, 0, 3, 231, 1, 2, 3];
        await _rig.Send(
            ("not Avro"u8.ToArray(), null),
            (nobodys, null),
            (await _rig.Event(alien, _scenario), null),
            (await _rig.Event(known with { ScenarioVersion = 7 }, _scenario), null),
            (await _rig.Event(known, _scenario), "umbra"),
            (await _rig.Event(known with { Id = "", IdempotencyKey = "two words" }, _scenario), null),
            (await _rig.Event(known with { Id = "" }, _scenario with { Assumptions = """[{"driver_type": "policy"}]""" }), null),
            (await _rig.Event(known, _scenario), null));
        await using var worker = _rig.Worker(_store, Compute);
        Assert.Equal(RunState.Succeeded, (await RequestRig.Ended(_store, known.Id)).State);
        var letters = await _rig.Read(RequestTopics.Letters, 7);
        Assert.Equal(
            [
                (0, "unreadable"), (1, "unreadable"), (2, "scenario"), (3, "version"), (4, "tenant"), (5, "invalid"), (6, "assumptions"),
            ],
            letters.Select(static l => (int.Parse(l.Headers[RequestTopics.Source].Split('@')[1]), l.Headers[RequestTopics.Reason]))
                .OrderBy(static l => l.Item1));
        Assert.Equal("not Avro"u8.ToArray(), letters.Single(static l => l.Headers[RequestTopics.Source].EndsWith("@0")).Value!);
        await KafkaWait.Until(() => _store.Requests.Lanes().Any(static l => l.Next == 8), KafkaWorld.Limit());
    }

    [Fact]
    public async Task A_run_of_which_nothing_can_be_told_keeps_no_other_from_being_told()
    {
        await using var service = _rig.Serve(_store);
        await using var worker = _rig.Worker(_store, Compute);
        service.Submit(Draft(1) with { Inputs = "damaged" });
        var run = await RequestRig.Ended(_store, service.Submit(Draft(2)).Run.Id);
        Assert.Equal(RunState.Succeeded, run.State);
        await KafkaWait.Until(() => _store.Requests.CountNews() == 1, KafkaWorld.Limit());
    }

    [Fact]
    public void What_cannot_be_told_is_tried_again_with_growing_waits_however_much_was_told_before()
    {
        var (full, few, most) = (200, 3, TimeSpan.FromSeconds(30));
        var afterFull = RequestPublisher.WaitAfter(full, most);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(1)), (afterFull, RequestPublisher.WaitAfter(few, most)));
        var waits = new List<TimeSpan> { RequestPublisher.WaitAfter(null, afterFull) };
        for (var i = 0; i < 6; i++)
        {
            waits.Add(RequestPublisher.WaitAfter(null, waits[^1]));
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits.Select(static w => w.TotalSeconds));
    }

    [Fact]
    public void A_request_of_curves_that_are_not_merged_is_refused()
    {
        var request = new RunRequest(
            RequestRig.Tenant, _scenario.Id,
            new Dictionary<string, string> { ["curve_branch"] = "ingest-2026-06-19", ["run_id"] = "none" });
        var message = new RequestMessage(new KafkaPartition("t", 0), 3, null, null, new Dictionary<string, string>());
        var intake = new RequestIntake(_store, 10);
        string Reason(RunRequest of) =>
            Assert.Throws<RequestRefusedException>(() => intake.Take(of, message, default)).Reason;
        Assert.Equal("branch", Reason(request));
        Assert.Equal(
            "run",
            Reason(request with { Metadata = new Dictionary<string, string> { ["curve_branch"] = "main", ["run_id"] = "none" } }));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_a_worker_computes_it_ends_there()
    {
        using var begun = new SemaphoreSlim(0);
        await using var service = _rig.Serve(_store);
        await using var worker = _rig.Worker(_store, (run, _, cancel) =>
        {
            begun.Release();
            cancel.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancel);
        });
        var run = service.Submit(Draft(1)).Run;
        Assert.True(await begun.WaitAsync(TimeSpan.FromSeconds(120)));
        Assert.True(service.End(run.Id, RunState.Cancelled, "enough"));
        await KafkaWait.Until(() => worker.Worker is { Running: 0, Figures.Known: 1 }, KafkaWorld.Limit());
        var ended = _store.Runs.Find(RequestRig.Tenant, run.Id)!;
        Assert.Equal((RunState.Cancelled, "enough"), (ended.State, ended.Error));
        Assert.Equal($"scenario-run:{run.Id}:cancelled", Encoding.UTF8.GetString((await _rig.Read(RequestTopics.Alerts, 1))[0].Key!));
        Assert.Equal(1, TestRuns.CheckEnded(_store, 1)[RunState.Cancelled]);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Orders_are_taken_while_brokers_are_away_and_what_a_worker_has_in_hand_is_told_when_they_are_back()
    {
        var own = await KafkaMockServer.StartOwn();
        using var folder = new TestFolder();
        await using var rig = await RequestRig.Make(own, folder);
        try
        {
            using var begun = new SemaphoreSlim(0);
            using var goOn = new ManualResetEventSlim();
            await using var service = rig.Serve(_store);
            await using var worker = rig.Worker(_store, (run, _, cancel) =>
            {
                begun.Release();
                goOn.Wait(cancel);
                return TestRuns.Outputs(run);
            });
            var first = service.Submit(Draft(1)).Run;
            Assert.True(await begun.WaitAsync(TimeSpan.FromSeconds(120)));
            await own.Do("down 1");
            var second = service.Submit(Draft(2)).Run;
            goOn.Set();
            Assert.Equal(RunState.Succeeded, (await RequestRig.Ended(_store, first.Id)).State);
            Assert.Equal(RunState.Queued, _store.Runs.Find(RequestRig.Tenant, second.Id)!.State);
            await own.Do("up 1");
            Assert.Equal(RunState.Succeeded, (await RequestRig.Ended(_store, second.Id)).State);
            await KafkaWait.Until(() => _store.Requests.CountNews() == 0, KafkaWorld.Limit());
            Assert.Equal(2, (await rig.Read(RequestTopics.Alerts, 2)).Select(static a => a.Headers[RequestTopics.Run]).Distinct().Count());
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Orders_of_others_are_one_run_by_their_key_and_one_that_failed_is_ordered_anew_by_a_redrive()
    {
        var order = await _rig.Event(Draft(1) with { IdempotencyKey = "monday" }, _scenario);
        await _rig.Send((order, RequestRig.Tenant), (order, RequestRig.Tenant));
        var fails = true;
        await using var worker = _rig.Worker(_store, (run, progress, cancel) => Volatile.Read(ref fails)
            ? throw new Aurum.Curves.Documents.DocumentException([new("$.parameters.curves[0]", "a curve", "none")])
            : Compute(run, progress, cancel));
        await KafkaWait.Until(() => _store.Requests.Lanes().Any(static l => l.Next == 2), KafkaWorld.Limit());
        var failed = Assert.Single(_store.Runs.List(new RunQuery(RequestRig.Tenant, 10)));
        Assert.Equal((RunState.Failed, "monday"), (failed.State, failed.IdempotencyKey));
        var letter = Assert.Single(await _rig.Read(RequestTopics.Letters, 1));
        Assert.Equal("failed", letter.Headers[RequestTopics.Reason]);

        Volatile.Write(ref fails, false);
        using var letters = new KafkaConsumer(
            _rig.Kafka, new KafkaSubscription("redrive", [_rig.Kafka.TopicOf(RequestTopics.Letters)]) { WithHeaders = true }, null,
            TimeProvider.System);
        var redrive = new RequestRedrive(letters, _rig.Producer, _rig.Kafka, "failed", TimeProvider.System);
        await redrive.Run(KafkaWorld.Limit());
        Assert.Equal((1, 0), (redrive.Sent, redrive.Others));
        await KafkaWait.Until(() => _store.Runs.Counts().GetValueOrDefault(RunState.Succeeded) == 1, KafkaWorld.Limit());
        var again = Assert.Single(_store.Runs.List(new RunQuery(RequestRig.Tenant, 10) { State = RunState.Succeeded }));
        Assert.Equal((failed.InputHash, _scenario.Id, 2L), (again.InputHash, again.ScenarioId, _store.Runs.Counts().Values.Sum()));
    }

    private RunRecord Draft(int number) =>
        TestRuns.Draft(number) with { ScenarioId = _scenario.Id, Priority = RunPriority.Normal, MaxRetries = 3 };

    private RunOutputs Compute(RunRecord run, IProgress<double>? progress, CancellationToken cancel)
    {
        _computed.Enqueue(run.Id);
        return TestRuns.Outputs(run);
    }
}
