using System.CommandLine;
using System.Globalization;
using Aurum.App.Api;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Lineage;
using Aurum.App.Running;
using Aurum.Cluster;

namespace Aurum.App.Commands;

/// <summary><c>aurum worker</c>: one of several processes that collect into one PostgreSQL database and hand over to the
/// engines.</summary>
internal static class WorkerCommand
{
    private const string StartingHolder = "a worker";
    private const int MaxRows = 100_000;

    private const string Leases = """
        select holder as worker, feed as work, nullif(day, date '1970-01-01') as day, leased_until as until_utc
        from work_leases where leased_until > now() order by holder, feed, day
        """;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var probe = CreateProbePort(ProbeHost.UsualPort);
        var command = new NotedCommand("worker", """
            Work beside other workers on one PostgreSQL database.

            Each takes days of feeds that no other one works on, by leases that end by themselves when their worker dies, and asks
            publishers within limits that all of them share. Days of backfill jobs ('aurum backfill --detach') are taken in the same
            way, by all workers together. One of them at a time hands deliveries over to each engine that follows the
            store. The data directory holds what this worker alone has: the archive on its way, temporary files.

            Examples:
              AURUM_APP_DB_DSN=postgresql://aurum_app:...@db/aurum aurum worker --data /data/worker-1
              aurum worker status                 who works on what
              aurum jobs                          what is left of backfills
              aurum status                        what is stored, whoever stored it

            A database that is away is waited for (/ready says so meanwhile), from the start on; a day whose lease was lost is given up.

            Exit code 0: stopped as asked. 1 or 2: the settings are wrong, or the schema is not one that this program knows. On one
            machine 'aurum up' does all of this.
            """) { probe };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data), parsed.GetValue(probe) ?? ProbeHost.UsualPort, console, cancel));
        command.Add(CreateStatus(console, data));
        return command;
    }

    private static Command CreateStatus(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var command = new Command("status", "Show who works on what: leases that are held now.") { format };
        command.SetAction(async (parsed, cancel) =>
        {
            await SqlSource.Print(
                parsed.GetRequiredValue(data), Leases, MaxRows, parsed.GetValue(format) ?? console.DefaultFormat, console, cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary><c>--probe-port N</c>, for a process that serves nothing else.</summary>
    /// <param name="port">What is opened where nothing is said; null: nothing.</param>
    public static Option<int?> CreateProbePort(int? port = null) => new("--probe-port")
    {
        Description = "port of /live, /ready and /metrics, 0: any free one "
            + (port is null ? $"(default: none; {ProbeHost.UsualPort} is usual)" : $"(default: {port})"),
        HelpName = "N",
    };

    public static async Task<int> Run(string dataDirectory, int probePort, CommandConsole console, CancellationToken cancel)
    {
        var options = OptionsReader.Read(dataDirectory).Checked();
        if (options.Postgres is null)
        {
            throw new CommandException(
                ExitCodes.Failed,
                "a worker shares a PostgreSQL database with others: set Postgres:Dsn or AURUM_APP_DB_DSN, then run 'aurum doctor'. "
                + "On one machine 'aurum up' does all that workers do");
        }

        Platform? platform = null;
        var watch = new DatabaseWatch(
            () => (platform ??= DataOption.Open(dataDirectory, console, StartingHolder)).Store.Work!.Prove(),
            options.Worker,
            console.Time,
            Chance.New(),
            text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"));
        await using var probes = ProbeHost.Build(options.Bind, probePort, watch.WhyNotReady);
        await probes.StartAsync(cancel);
        try
        {
            await watch.Reach(cancel);
            await Work(platform!, watch, probes, console, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked, before there was anything to give back.
        }
        finally
        {
            platform?.Dispose();
        }

        await probes.StopAsync(CancellationToken.None);
        return ExitCodes.Done;
    }

    /// <summary>Works until it is stopped, or until a person has to look at the database.</summary>
    private static async Task Work(
        Platform platform, DatabaseWatch watch, WebApplication probes, CommandConsole console, CancellationToken cancel)
    {
        platform.Metrics.Watch(watch);
        await using var sinks = SinksCommand.Fleet(platform, console);
        sinks.Watch(platform.Metrics);
        await using var lineage = platform.Options.Lineage is null ? null
            : new JobLineage(platform.Options, LineageSenders.Open(platform.Options, console.Time), console.Time, Log);
        await using var copies = CopyRuns.Begin(lineage, platform, sinks);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var handingOver = sinks.Run(stop.Token);
        await console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"aurum: worker {platform.Holder} collects {platform.Feeds.Count} feeds; {probes.Urls.First()}/metrics counts; Ctrl+C stops"));
        var watching = watch.Run(stop.Token);
        var days = SharedDays.Of(platform, Log, watch)!;
        await using var jobs = new SharedJobs(platform, days, Log);
        var backfilling = Task.Run(() => jobs.Run(report => Tell(report, console), stop.Token), CancellationToken.None);
        var collecting = LiveCollection.Run(platform, console, report => Tell(report, console), stop.Token, days);

        // None ends by itself unless it fails.
        await Task.WhenAny(watching, collecting, backfilling);
        await stop.CancelAsync();

        // All of them, also where one fails: what they commit needs the store.
        await Task.WhenAll(handingOver, collecting, backfilling);
        if (!cancel.IsCancellationRequested)
        {
            await watching;
        }

        void Log(string text) => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}");
    }

    private static void Tell(DayReport report, CommandConsole console)
    {
        if (report.Receipt.Written + report.Receipt.Quarantined > 0)
        {
            console.Error.WriteLine($"{console.Now:HH:mm:ss} {report}");
        }
    }
}
