using Aurum.App.Commands;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>A worker in a process of its own, over PostgreSQL: what tests start in order to kill it.</summary>
internal static class TickWorkerProcess
{
    public const string Verb = "tick-worker";

    /// <summary>Of all workers of tests: everything happens soon, and states are stored seldom enough that messages are read
    /// again.</summary>
    public static TickWorkerOptions Options(string stage) => new(stage)
    {
        CommitMilliseconds = 50,
        StateSeconds = 1,
        QuietSeconds = 0,
        Pipeline = new TickPipelineOptions { Normalize = new NormalizeOptions { DuplicateMessages = 4_096 } },
    };

    public static Task<ServerProcess> Start(KafkaOptions kafka, PostgresOptions postgres, string folder, string stage, string name) =>
        ServerProcess.Start(
            "dotnet",
            "dotnet-sdk-10.0",
            [
                "exec", typeof(TickWorkerProcess).Assembly.Location, Verb, kafka.BootstrapServers, kafka.Environment, postgres.Dsn,
                postgres.OwnerDsn ?? "", postgres.Schema, Path.Combine(folder, name), stage, name,
            ],
            static _ => Task.FromResult(true));

    /// <summary>The process: works until it is asked to stop, or killed.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        if (arguments is not [var servers, var environment, var dsn, var owner, var schema, var folder, var stage, var name])
        {
            return 2;
        }

        using var stop = new StopSignals(TimeProvider.System);
        using var store = Open(
            new PostgresOptions { Dsn = dsn, OwnerDsn = owner, Schema = schema, AppRole = "aurum_app", MaxConnections = 20 }, folder);
        var world = new LaneWorld(
            Options(stage) with { Holder = name },
            KafkaOf(servers, environment),
            store.TickLanes,
            InstrumentBook.Empty,
            TimeProvider.System,
            text => Console.Error.WriteLine($"{name}: {text}")) { Work = store.Work };
        var worker = new TickWorker(world, new Random(1));
        await worker.Run(null, stop.Token);
        Console.WriteLine(new WorkerStatus(worker, stage, TimeProvider.System).Total());
        return 0;
    }

    /// <summary>The store as each process opens it.</summary>
    public static AurumStore Open(PostgresOptions postgres, string folder) => PostgresStore.Open(
        new StoreOptions(folder), postgres, StoreFeeds.All, new StoppedClock(Instant.FromUtc(2026, 3, 2, 0, 0)), TimeProvider.System);

    public static KafkaOptions KafkaOf(string servers, string environment) => new()
    {
        BootstrapServers = servers,
        Environment = environment,
        LingerMilliseconds = 2,
        SessionSeconds = 3,
        HeartbeatMilliseconds = 500,
        DeliverySeconds = 20,
        FetchWaitMilliseconds = 20,
        Compression = "none",
    };
}
