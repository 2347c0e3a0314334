using System.CommandLine;
using Aurum.App.Api;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Lineage;
using Aurum.App.Running;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster;
using Aurum.Cluster.Kafka;
using Aurum.Store;
using Aurum.Ticks;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks worker</c>: one stage, or all, as a member of a consumer group.</summary>
internal static class TicksWorkerCommand
{
    private const string Holder = "aurum ticks worker";
    private const int UsualStatusSeconds = 10;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var usual = new TickWorkerOptions(LaneStages.Fused);
        var stage = new Option<string>("--stage")
        {
            Description = "stage to run; fused: all four in one", HelpName = "NAME", DefaultValueFactory = static _ => LaneStages.Fused,
        };
        stage.AcceptOnlyFromAmong([.. LaneStages.All]);
        var group = new Option<string?>("--group") { Description = "consumer group (default: aurum-ticks-STAGE)", HelpName = "NAME" };
        var commit = Number("--commit-ms", "time over which messages are gathered for a commit, 1 to 60000", usual.CommitMilliseconds);
        var size = Number("--commit-kib", "size of messages at which they are committed at the latest, 64 to 1048576", usual.CommitKiB);
        var state = Number("--state-seconds", "time after which a lane's state is stored again, 0 to 3600", usual.StateSeconds);
        var quiet = Number(
            "--quiet-seconds", "time without messages after which the clock closes bars, 0 (never) to 86400", usual.QuietSeconds);
        var stop = Number(
            "--stop-seconds", "time that a store which does not answer is waited for when asked to stop, 0 to 300", usual.StopSeconds);
        var threads = Number("--threads", "partitions that are worked on at once, 1 to 256", usual.Threads);
        var status = Number("--status-seconds", "time between two lines of status, 0 (none) to 3600", UsualStatusSeconds);
        var probe = WorkerCommand.CreateProbePort();
        var delay = TickInput.CreateDelayOption();
        var lateness = TickInput.CreateLatenessOption();
        var command = new NotedCommand("worker", """
            Take real-time prices from Kafka: one stage, or all, as a member of a consumer group.

            fused reads aurum.market.tick.raw.v1 and stores ticks, bars, latest prices, curve points and dead letters. normalize, enrich,
            aggregate and project are the same in processes of their own, with topics between them. Start as many of each as there are
            partitions; one that ends or is killed is taken over by the others. What came of a partition's messages is stored together with
            how far it has come, so nothing is lost or double. With DuckDB one process has the folder; several need PostgreSQL
            (docs/engines/kafka-ticks.md).

            Examples:
              aurum ticks worker
              aurum ticks worker --stage aggregate --group bars-blue --threads 4

            Ctrl+C or SIGTERM: commits what it has, leaves the group, ends. Exit code 0: it was asked to stop. 2: wrong settings.
            """) { stage, group, commit, size, state, quiet, stop, threads, status, probe, delay, lateness };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data),
            new TickWorkerOptions(parsed.GetRequiredValue(stage))
            {
                Group = parsed.GetValue(group),
                CommitMilliseconds = parsed.GetValue(commit),
                CommitKiB = parsed.GetValue(size),
                StateSeconds = parsed.GetValue(state),
                QuietSeconds = parsed.GetValue(quiet),
                StopSeconds = parsed.GetValue(stop),
                Threads = parsed.GetValue(threads),
                Holder = $"{Environment.MachineName}/{Environment.ProcessId}",
                Pipeline = new TickPipelineOptions
                {
                    Aggregate = TickInput.AggregateOf(parsed.GetValue(delay), parsed.GetValue(lateness)),
                },
            },
            parsed.GetValue(status),
            parsed.GetValue(probe),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(
        string data, TickWorkerOptions worker, int statusSeconds, int? probePort, CommandConsole console, CancellationToken cancel)
    {
        var read = OptionsReader.Read(data);
        using var vault = VaultFollower.Open(read, withCredentials: false, console.World, console.Note);
        var options = vault?.Live(read) ?? read;
        var kafka = KafkaOf(options);
        try
        {
            worker = worker.Checked();
        }
        catch (ArgumentException wrong)
        {
            throw new CommandException(ExitCodes.BadInput, wrong.Message);
        }

        using var store = Open(options, console.Time);
        using var book = InstrumentWatch.Open(Path.Combine(options.DataDirectory, options.Ticks.InstrumentsFile));
        var world = new LaneWorld(worker, kafka, store.TickLanes, book.Book, console.Time, console.Note) { Work = store.Work };
        var member = new TickWorker(world, Chance.New());
        var status = new WorkerStatus(member, worker.Stage, console.Time);
        using var metrics = new KafkaMetrics();
        using var own = new WorkerMetrics(member, worker.Stage);
        await using var probes = probePort is { } port ? ProbeHost.Build(options.Bind, port, static () => null) : null;
        await (probes?.StartAsync(cancel) ?? Task.CompletedTask);
        console.Note($"{worker.Stage}: member of {world.Group} at {kafka.BootstrapServers}");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var telling = TellAsync(status.Line, statusSeconds, console, done.Token);
        await using var lineage = options.Lineage is null ? null
            : new JobLineage(options, LineageSenders.Open(options, console.Time), console.Time, console.Note);
        await using (lineage?.Begin(
            worker.Holder, TickLineage.OfWorker(options, worker, kafka.TopicOf, member.Figures)))
        {
            await member.Run(metrics, cancel);
        }

        await done.CancelAsync();
        await telling;
        console.Note(status.Total());
        return ExitCodes.Done;
    }

    /// <exception cref="CommandException">Kafka is not configured.</exception>
    internal static KafkaOptions KafkaOf(AurumOptions options) => options.Kafka
        ?? throw new CommandException(
            ExitCodes.BadInput,
            "Kafka:BootstrapServers: expected brokers in aurum.json or KAFKA_BOOTSTRAP_SERVERS, found none (docs/configuration.md)");

    /// <summary>The store for real-time prices alone.</summary>
    private static AurumStore Open(AurumOptions options, TimeProvider time) => StoreOpening.Open(
        options,
        new StoreOptions(options.DataDirectory)
        {
            MemoryLimitMiB = options.StoreMemoryMiB,
            Threads = options.StoreThreads,
            TickDays = options.StoreTickDays,
            DeadLetterDays = options.StoreDeadLetterDays,
            CurvePointDays = options.StoreCurvePointDays,
            Holder = Holder,
        },
        StoredFeeds.All,
        new ProviderClock(time),
        time);

    /// <summary>Notes a line of status now and then; seconds 0: never.</summary>
    internal static async Task TellAsync(Func<string> line, int seconds, CommandConsole console, CancellationToken cancel)
    {
        if (seconds <= 0)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(seconds), console.Time);
            while (await timer.WaitForNextTickAsync(cancel))
            {
                console.Note(line());
            }
        }
        catch (OperationCanceledException)
        {
            // The worker has ended.
        }
    }

    private static Option<int> Number(string name, string description, int usual) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
}
