using System.CommandLine;
using System.Globalization;
using Aurum.App.Api;
using Aurum.App.Ingest;
using Aurum.Store.Engines;
using Aurum.Store.Reading;

namespace Aurum.App.Commands;

/// <summary><c>aurum worker</c>: one of several processes that collect into one PostgreSQL database and hand over to the
/// engines.</summary>
internal static class WorkerCommand
{
    private const string StartingHolder = "a worker";

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var probe = CreateProbePort();
        var command = new NotedCommand("worker", """
            Work beside other workers on one PostgreSQL database.

            Each takes days of feeds that no other one works on, by leases that end by themselves when their worker dies, and asks
            publishers within limits that all of them share. One of them at a time hands deliveries over to each engine that follows the
            store. The data directory holds what this worker alone has: the archive on its way, temporary files.

            Examples:
              AURUM_APP_DB_DSN=postgresql://aurum_app:...@db/aurum aurum worker --data /data/worker-1
              aurum status                        what is stored, whoever stored it

            Exit code 0: stopped as asked. 1: there is no database to share, or it failed. On one machine 'aurum up' does all of this.
            """) { probe };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data), parsed.GetValue(probe) ?? ProbeHost.UsualPort, console, cancel));
        return command;
    }

    /// <summary><c>--probe-port N</c>, for a process that serves nothing else.</summary>
    public static Option<int?> CreateProbePort() => new("--probe-port")
    {
        Description = $"port of /live, /ready and /metrics (usually {ProbeHost.UsualPort}; 0: any free one)",
        HelpName = "N",
    };

    public static async Task<int> Run(string dataDirectory, int probePort, CommandConsole console, CancellationToken cancel)
    {
        using var platform = DataOption.Open(dataDirectory, console, StartingHolder);
        if (platform.Store.Work is null)
        {
            throw new CommandException(
                ExitCodes.Failed,
                "a worker shares a PostgreSQL database with others: set Postgres:Dsn or AURUM_APP_DB_DSN, then run 'aurum doctor'. "
                + "On one machine 'aurum up' does all that workers do");
        }

        await using var sinks = SinksCommand.Fleet(platform, console);
        sinks.Watch(platform.Metrics);
        await using var probes = ProbeHost.Build(platform.Options.Bind, probePort, () => WhyNotReady(platform));
        await probes.StartAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var handingOver = sinks.Run(stop.Token);
        await console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"aurum: worker {platform.Holder} collects {platform.Feeds.Count} feeds; {probes.Urls.First()}/metrics counts; Ctrl+C stops"));
        await LiveCollection.Run(platform, console, report => Tell(report, console), stop.Token);
        await stop.CancelAsync();
        await handingOver;
        await probes.StopAsync(CancellationToken.None);
        return ExitCodes.Done;
    }

    private static string? WhyNotReady(Platform platform)
    {
        try
        {
            platform.Store.Read.Outbox(new RecordQuery { Limit = 1 });
            return null;
        }
        catch (EngineException error)
        {
            return error.Message;
        }
    }

    private static void Tell(DayReport report, CommandConsole console)
    {
        if (report.Receipt.Written + report.Receipt.Quarantined > 0)
        {
            console.Error.WriteLine($"{console.Now:HH:mm:ss} {report}");
        }
    }
}
