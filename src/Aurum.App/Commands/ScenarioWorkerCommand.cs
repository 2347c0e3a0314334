using System.CommandLine;
using System.Globalization;
using Aurum.App.Api;
using Aurum.App.Configuration;
using Aurum.App.Lineage;
using Aurum.App.Running;
using Aurum.App.Scenarios.Computing;
using Aurum.App.Scenarios.Requests;
using Aurum.Cluster;
using Aurum.Cluster.Kafka;

namespace Aurum.App.Commands;

/// <summary><c>aurum scenario worker</c> and <c>redrive</c>: runs that are ordered as messages.</summary>
internal static class ScenarioWorkerCommand
{
    private const string StartingHolder = "aurum scenario worker";
    private const int UsualStatusSeconds = 10;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var usual = new RequestWorkerOptions();
        var group = new Option<string>("--group")
        {
            Description = "consumer group", HelpName = "NAME", DefaultValueFactory = _ => usual.Group,
        };
        var workers = new Option<int?>("--workers")
        {
            Description = "runs that are computed at once, 1 to 64 (default: Scenarios:Workers)", HelpName = "N",
        };
        var inHand = Number("--in-hand", "requests taken in hand, among which priorities decide, 1 to 10000", usual.InHand);
        var lease = new Option<int?>("--lease-seconds")
        {
            Description = "time after which runs of a worker that died are taken over, 2 to 3600 (default: Worker:LeaseSeconds)",
            HelpName = "N",
        };
        var status = Number("--status-seconds", "time between two lines of status, 0 (none) to 3600", UsualStatusSeconds);
        var probe = WorkerCommand.CreateProbePort();
        var command = new NotedCommand("worker", """
            Compute runs that are ordered as messages of Kafka, as a member of a consumer group.

            Takes requests from aurum.scenario.request.v1, computes them as the server does, and stores outputs, success and the position of
            the request in one transaction. Outputs go to aurum.scenario.output.v1, ends to aurum.alert.v1, requests that are tried again
            to ...request.retry.v1, those that are given up to ...request.dlq.v1. Start as many as there are partitions, on one PostgreSQL
            database; with DuckDB one process has the folder. One that is killed is taken over by the others (docs/scenarios.md).

            Examples:
              aurum scenario worker
              aurum scenario worker --workers 4 --lease-seconds 20

            Ctrl+C or SIGTERM: puts back what it computes, leaves the group, ends. Exit code 0: it was asked to stop. 2: wrong settings.
            """) { group, workers, inHand, lease, status, probe };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data),
            options => new RequestWorkerOptions
            {
                Group = parsed.GetRequiredValue(group),
                Workers = parsed.GetValue(workers) ?? options.Scenarios.Workers,
                TenantConcurrency = options.Scenarios.TenantConcurrency,
                QueueLength = options.Scenarios.QueueLength,
                InHand = parsed.GetValue(inHand),
                LeaseSeconds = parsed.GetValue(lease) ?? options.Worker.LeaseSeconds,
                Holder = $"{Environment.MachineName}/{Environment.ProcessId}",
            },
            parsed.GetValue(status),
            parsed.GetValue(probe),
            console,
            cancel));
        return command;
    }

    /// <summary><c>aurum scenario redrive</c>.</summary>
    public static Command CreateRedrive(CommandConsole console, Option<string> data)
    {
        var reason = new Option<string?>("--reason")
        {
            Description = "only requests that were given up for this reason, such as failed or version", HelpName = "REASON",
        };
        var command = new NotedCommand("redrive", """
            Send requests that workers gave up to them again, as they came.

            Those in aurum.scenario.request.dlq.v1 that were not sent again before by the same command: all of them, and each --reason, have
            a place in the topic of their own. A run that failed is ordered anew: it ended once, and the new run has the same input.

            Examples:
              aurum scenario redrive --reason failed

            Exit code 0: brokers have all of it. 1: they did not answer, or did not take it. 2: wrong settings.
            """) { reason };
        command.SetAction((parsed, cancel) => Redrive(parsed.GetRequiredValue(data), parsed.GetValue(reason), console, cancel));
        return command;
    }

    public static async Task<int> Run(
        string data, Func<AurumOptions, RequestWorkerOptions> choose, int statusSeconds, int? probePort, CommandConsole console,
        CancellationToken cancel)
    {
        var read = OptionsReader.Read(data);
        TicksWorkerCommand.KafkaOf(read);
        if (read.Registry is null)
        {
            throw new CommandException(
                ExitCodes.BadInput, "Registry:Url: expected a schema registry in aurum.json or SCHEMA_REGISTRY_URL, found none");
        }

        var options = Checked(choose(read));
        Platform? platform = null;
        var watch = new DatabaseWatch(
            () => (platform ??= DataOption.Open(data, console, StartingHolder)).Store.Requests.CountNews(), read.Worker, console.Time,
            Chance.New(), console.Note);
        await using var probes = probePort is { } port ? ProbeHost.Build(read.Bind, port, watch.WhyNotReady) : null;
        await (probes?.StartAsync(cancel) ?? Task.CompletedTask);
        try
        {
            await watch.Reach(cancel);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var watching = watch.Run(stop.Token);
            var working = Work(platform!, options, statusSeconds, console, stop.Token);

            // Neither ends by itself unless it fails.
            await Task.WhenAny(watching, working);
            await stop.CancelAsync();
            await working;
            await watching;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked.
        }
        finally
        {
            platform?.Dispose();
        }

        return ExitCodes.Done;
    }

    private static async Task Work(
        Platform platform, RequestWorkerOptions options, int statusSeconds, CommandConsole console, CancellationToken cancel)
    {
        var (kafka, registry) = (platform.Options.Kafka!, platform.Options.Registry!);
        await using var lineage = platform.Options.Lineage is null ? null : new JobLineage(
            platform.Options, LineageSenders.Open(platform.Options, console.Time), console.Time, console.Note);
        using var publisher = new RequestPublisher(platform.Store, kafka, registry, options.Holder, console.Time, console.Note);
        using var events = new RequestEvents(registry, Chance.New(), console.Time);
        var computer = new ScenarioComputer(platform.Store.Read, platform.Options.Scenarios.Threads);
        var world = new RequestWorld(
            options, kafka, platform.Store, events, computer.Compute, platform.Metrics, console.Time, console.Note)
        {
            Ended = lineage is null ? static (_, _, _) => { } : lineage.Ended,
        };
        using var worker = new RequestWorker(world, publisher);
        using var metrics = new KafkaMetrics();
        using var own = new RequestMetrics(worker);
        console.Note($"scenarios: member of {kafka.GroupOf(options.Group)} at {kafka.BootstrapServers}, {options.Workers} runs at once");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var telling = TicksWorkerCommand.TellAsync(() => Line(worker), statusSeconds, console, done.Token);
        await worker.Run(metrics, cancel);
        await done.CancelAsync();
        await telling;
        console.Note(Line(worker));
    }

    private static async Task<int> Redrive(string data, string? reason, CommandConsole console, CancellationToken cancel)
    {
        var kafka = TicksWorkerCommand.KafkaOf(OptionsReader.Read(data));
        var group = kafka.GroupOf(reason is null ? RequestRedrive.Group : $"{RequestRedrive.Group}-{reason}");
        var subscription = new KafkaSubscription(group, [kafka.TopicOf(RequestTopics.Letters)]) { WithHeaders = true };
        try
        {
            using var producer = new KafkaProducer(kafka, console.Time, console.Note);

            // What lies there is older than the group, whatever is set for groups that follow a topic.
            using var letters = new KafkaConsumer(
                kafka with { FromBeginning = true }, subscription, positions: null, console.Time, told: console.Note);
            var redrive = new RequestRedrive(letters, producer, kafka, reason, console.Time);
            await redrive.Run(cancel);
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{redrive.Sent:N0} requests sent again, {redrive.Others:N0} of other reasons"));
            return ExitCodes.Done;
        }
        catch (BrokerException failed)
        {
            throw new CommandException(ExitCodes.Failed, failed.Message);
        }
    }

    private static RequestWorkerOptions Checked(RequestWorkerOptions options)
    {
        try
        {
            return options.Checked();
        }
        catch (OptionsException wrong)
        {
            throw new CommandException(ExitCodes.BadInput, wrong.Message);
        }
    }

    private static string Line(RequestWorker worker)
    {
        var figures = worker.Figures;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"scenarios: {worker.Lanes} partitions, {worker.Running} runs computed now, {worker.Waiting} requests wait; {figures.Runs:N0} "
            + $"runs ended, {figures.Again:N0} attempts again, {figures.TakenOver:N0} taken over, {figures.Letters:N0} given up");
    }

    private static Option<int> Number(string name, string description, int usual) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
}
