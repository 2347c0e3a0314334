using Aurum.Store;
using Aurum.Store.Engines;
using Aurum.Store.Models;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Postgres;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Scenarios.Running;
using Aurum.Tests.Store;

namespace Aurum.Tests.Scenarios.Requests;

/// <summary>Workers on runs whose database goes away (a server of the test's own), or that are asked to stop.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class RequestFaultTests(KafkaMockServer kafka) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_run_that_is_computed_while_the_database_is_away_ends_once_when_it_is_back()
    {
        using var server = new PostgresServer();
        using var stores = new PostgresStores(server, isNew: true);
        using var store = stores.Open();
        using var theirs = stores.Open(process: "b");
        await using var rig = await RequestRig.Make(kafka, _folder);
        using var begun = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        await using var service = rig.Serve(store);
        await using var worker = rig.Worker(theirs, (run, _, cancel) =>
        {
            begun.Release();
            goOn.Wait(cancel);
            return TestRuns.Outputs(run);
        });
        var id = service.Submit(Draft(store)).Run.Id;
        Assert.True(await begun.WaitAsync(TimeSpan.FromSeconds(120)));

        server.Process.Kill();
        goOn.Set();
        await server.StartAgain();

        await KafkaWait.Until(() => IsEnded(store, id), KafkaWorld.Limit());
        Assert.Equal(RunState.Succeeded, store.Runs.Find(RequestRig.Tenant, id)!.State);
        Assert.Equal(1, TestRuns.CheckEnded(store, 1)[RunState.Succeeded]);
        await KafkaWait.Until(() => store.Requests.CountNews() == 0, KafkaWorld.Limit());
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_stop_puts_its_run_back_and_no_attempt_counts()
    {
        using var store = DuckDbStores.Open(Path.Combine(_folder.Path, "store"));
        await using var rig = await RequestRig.Make(kafka, _folder);
        using var begun = new SemaphoreSlim(0);
        await using var service = rig.Serve(store);
        var worker = rig.Worker(store, (_, _, cancel) =>
        {
            begun.Release();
            cancel.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancel);
        });
        var id = service.Submit(Draft(store)).Run.Id;
        Assert.True(await begun.WaitAsync(TimeSpan.FromSeconds(120)));
        await worker.DisposeAsync();
        Assert.Equal((RunState.Queued, 0), Of(store, id));

        await using var next = rig.Worker(store, static (run, _, _) => TestRuns.Outputs(run), "two");
        Assert.Equal((RunState.Succeeded, 0), ((await RequestRig.Ended(store, id)).State, Of(store, id).Attempts));
    }

    private static RunRecord Draft(AurumStore store) =>
        TestRuns.Draft(1) with { ScenarioId = RequestRig.Scenario(store).Id, Priority = RunPriority.Normal, MaxRetries = 3 };

    private static (RunState State, int Attempts) Of(AurumStore store, string id) =>
        store.Runs.Find(RequestRig.Tenant, id) is { } run ? (run.State, run.RetryCount) : default;

    /// <summary>Connections that broke with the server fail once more.</summary>
    private static bool IsEnded(AurumStore store, string run)
    {
        try
        {
            return store.Runs.Find(RequestRig.Tenant, run)!.State.IsFinal();
        }
        catch (EngineException)
        {
            return false;
        }
    }
}
