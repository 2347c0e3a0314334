using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.App.Scenarios.Running;
using Aurum.Store;
using Aurum.Store.Models;
using Aurum.Store.Work;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Postgres;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Scenarios.Running;
using NodaTime;

namespace Aurum.Tests.Scenarios.Requests;

/// <summary>Servers that compute runs of one PostgreSQL database.</summary>
[Collection("PostgreSQL")]
public sealed class SharedRunTests(PostgresServer server) : IDisposable
{
    private readonly PostgresStores _stores = new(server);
    private readonly AurumMetrics _metrics = new();

    public void Dispose()
    {
        _metrics.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public async Task A_run_that_a_process_left_is_taken_over_and_one_that_another_computes_is_not()
    {
        using var store = _stores.Open();
        var now = Instant.FromUtc(2026, 6, 20, 20, 0);
        var left = store.Runs.Submit(TestRuns.Draft(1), 10, now).Run.Id;
        var held = store.Runs.Submit(TestRuns.Draft(2), 10, now).Run.Id;
        Assert.True(store.Runs.Start(left, now) && store.Runs.Start(held, now));
        await using var lease = await Leases(store, "another", TimeProvider.System).TryTake(held);
        var time = new HastyTime(now);
        await using var service = new ScenarioService(
            store.Runs, new ScenarioSettings { StopSeconds = 600 }, time, _metrics, static (run, _, _) => TestRuns.Outputs(run))
        {
            Leases = Leases(store, "this", time),
        };
        service.Start();
        await KafkaWait.Until(() => store.Runs.Find("acme", left)!.State == RunState.Succeeded, KafkaWorld.Limit());
        Assert.Equal(1, store.Runs.Find("acme", left)!.RetryCount);
        Assert.Equal((RunState.Running, 0), Of(store.Runs.Find("acme", held)!));
        Assert.Throws<LeaseLostException>(() => store.Runs.End(
            held, RunState.Failed, "late", now, new RunStep { Lease = lease!.Lease! with { Number = lease.Lease.Number - 1 } }));
        Assert.True(store.Runs.End(held, RunState.Cancelled, "enough", now, new RunStep { Lease = lease!.Lease }));
    }

    private static (RunState State, int Retries) Of(RunRecord run) => (run.State, run.RetryCount);

    private static RunLeases Leases(AurumStore store, string holder, TimeProvider time) =>
        new(store.Work, holder, Duration.FromHours(10), time);
}
