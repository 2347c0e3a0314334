using Aurum.App.Commands;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Scenarios.Computing;
using Aurum.App.Scenarios.Requests;
using Aurum.Cluster.Postgres;
using Aurum.Cluster.Registry;
using Aurum.Store;
using Aurum.Tests.Engines.Kafka.Workers;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Scenarios.Requests;

/// <summary>A worker on runs in a process of its own, over PostgreSQL: what tests start in order to kill it. Says which run it
/// computes.</summary>
internal static class RequestWorkerProcess
{
    public const string Verb = "request-worker";

    /// <summary>Before the id of a run that begins.</summary>
    public const string Computes = "computes ";

    /// <summary>Time that a run takes beside its computation, so that a kill is in the middle of one.</summary>
    private const int RunMilliseconds = 300;

    public static Task<ServerProcess> Start(RequestRig rig, PostgresOptions postgres, string folder, string name) => ServerProcess.Start(
        "dotnet",
        "dotnet-sdk-10.0",
        [
            "exec", typeof(RequestWorkerProcess).Assembly.Location, Verb, rig.Kafka.BootstrapServers, rig.Kafka.Environment,
            rig.Registry.Url, postgres.Dsn, postgres.OwnerDsn ?? "", postgres.Schema, Path.Combine(folder, name), name,
        ],
        static _ => Task.FromResult(true));

    /// <summary>The process: works until it is asked to stop, or killed.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        if (arguments is not [var servers, var environment, var registry, var dsn, var owner, var schema, var folder, var name])
        {
            return 2;
        }

        using var stop = new StopSignals(TimeProvider.System);
        using var store = Open(
            new PostgresOptions { Dsn = dsn, OwnerDsn = owner, Schema = schema, AppRole = "aurum_app", MaxConnections = 20 }, folder);
        using var metrics = new AurumMetrics();
        var kafka = TickWorkerProcess.KafkaOf(servers, environment);
        var schemas = new RegistryOptions { Url = registry };
        void Tell(string text) => Console.Error.WriteLine($"{name}: {text}");
        using var publisher = new RequestPublisher(store, kafka, schemas, name, TimeProvider.System, Tell);
        using var events = new RequestEvents(schemas, new Random(1), TimeProvider.System);
        var computer = new ScenarioComputer(store.Read, 1);
        var options = new RequestWorkerOptions { Holder = name, Workers = 2, TenantConcurrency = 2, LeaseSeconds = 3, InHand = 4 };
        var world = new RequestWorld(
            options, kafka, store, events,
            (run, progress, cancel) =>
            {
                Console.WriteLine(Computes + run.Id);
                cancel.WaitHandle.WaitOne(RunMilliseconds);
                return computer.Compute(run, progress, cancel);
            },
            metrics, TimeProvider.System, Tell);
        using var worker = new RequestWorker(world, publisher);
        await worker.Run(null, stop.Token);
        return 0;
    }

    /// <summary>The store as each process opens it.</summary>
    public static AurumStore Open(PostgresOptions postgres, string folder) => PostgresStore.Open(
        new StoreOptions(folder), postgres, StoredFeeds.All, new StoppedClock(Instant.FromUtc(2026, 3, 2, 0, 0)), TimeProvider.System);
}
