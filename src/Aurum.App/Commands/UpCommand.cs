using System.CommandLine;
using Aurum.App.Api;
using Aurum.App.Api.Slices;
using Aurum.App.Caching;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Lake;
using Aurum.App.LakeFs;
using Aurum.App.Lineage;
using Aurum.App.Operations;
using Aurum.App.Running;
using Aurum.App.Scenarios;
using Aurum.App.Scenarios.Requests;
using Aurum.App.Sinks;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Lake;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum up</c>: everything on one machine: publishers (the sandbox, or the real ones with --live), collection, API,
/// page.
/// <c>aurum serve</c> is the same without collection.</summary>
internal static class UpCommand
{
    /// <summary>Who holds the data directory until the server's address is known.</summary>
    public const string StartingHolder = "a server that is starting";

    /// <summary>The sandbox under <c>up</c> mends prices while one watches: what changes after the fact is the point.</summary>
    private static readonly WorldOptions World = new(HasPriceChecks: true);

    public static Command CreateUp(CommandConsole console, Option<string> data)
    {
        var port = PortOption();
        var live = new Option<bool>("--live") { Description = "ask the real publishers instead of the sandbox" };
        var seed = SandboxOption.CreateSeed("seed of the sandbox world");
        var days = new Option<int?>("--days") { Description = "days before today to keep whole (default 3)", HelpName = "N" };
        var command = new Command("up", "Run everything: publishers, collection, API and page. "
            + "/ready says 503 after 26 hours without a try of any publisher (setting MaxLedgerAgeHours).") { port, live, seed, days };
        command.SetAction((parsed, cancel) => Run(
            new UpArguments(
                parsed.GetRequiredValue(data),
                parsed.GetValue(port),
                parsed.GetValue(live),
                parsed.GetValue(seed),
                parsed.GetValue(days),
                Collects: true),
            console,
            cancel));
        return command;
    }

    public static Command CreateServe(CommandConsole console, Option<string> data)
    {
        var port = PortOption();
        var command = new Command("serve", "Serve API and page of what is stored, without fetching.") { port };
        command.SetAction((parsed, cancel) => Run(
            new UpArguments(
                parsed.GetRequiredValue(data), parsed.GetValue(port), true, SandboxOption.DefaultSeed, null, Collects: false),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(UpArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        TellDoubts(console);
        var usesSandbox = arguments.Collects && !arguments.IsLive;
        await using var sandbox = await SandboxOption.Start(usesSandbox, console, cancel, arguments.Seed, World);
        using var platform = DataOption.Open(
            arguments.DataDirectory,
            console,
            StartingHolder,
            sandbox,
            options => options with
            {
                Port = arguments.Port ?? options.Port,
                LookbackDays = arguments.Days ?? options.LookbackDays,
            });
        OpenTicks(platform, console);
        var desk = new BackfillDesk(platform, text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"));
        using var lake = platform.Options.Lake.Enabled ? LakeFolder.Open(platform.Options, platform.Time) : null;
        await using var lineage = LineageOf(platform, console);
        await using var ticking = TickLineage.Begin(lineage, platform);
        var follower = lake is null ? null : FollowerOf(platform, lake, lineage, console);
        await using var scenarios = ScenariosOf(platform, lineage, console);
        await using var requests = RequestSender.Start(
            platform, scenarios, console.Time, text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"));
        await using var sinks = SinksCommand.Fleet(platform, console);
        sinks.Watch(platform.Metrics);
        await using var clickHouse = ClickHouseDesk.Open(platform, console);
        await using var redis = RedisOf(platform, console);
        await using var copies = CopyRuns.Begin(lineage, platform, sinks, clickHouse, redis);
        using var publisher = PublisherOf(platform, console);
        await using var api = await StartApi(
            platform, desk, scenarios, follower, sinks, clickHouse, redis, publisher, arguments, console, cancel);
        scenarios.Service.Start();
        clickHouse?.Start();
        var address = api.Urls.First();
        platform.Store.Announce(address);
        await Welcome(address, arguments, usesSandbox, console);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var following = follower?.Run(stop.Token) ?? Task.CompletedTask;
        var handingOver = sinks.Run(stop.Token);
        var sending = Task.WhenAll([SendPrices(platform, redis, stop.Token), .. Mirrors(platform, console, stop.Token)]);
        var collecting = arguments.Collects ? Collect(platform, desk, console, stop.Token) : Shutdown.Wait(stop.Token);

        // Collection ends by itself only where it fails.
        await Task.WhenAny(Shutdown.Wait(cancel), collecting);
        await stop.CancelAsync();
        await desk.Stop();
        await api.StopAsync(CancellationToken.None);
        await scenarios.Service.Stop();

        // All of them, also where one fails: what they commit needs the store.
        await Task.WhenAll(Finished(collecting), following, handingOver, sending);
        return ExitCodes.Done;
    }

    /// <summary>Where it is to be seen, and what it works with.</summary>
    private static Task Welcome(string address, UpArguments arguments, bool usesSandbox, CommandConsole console)
    {
        var publishers = usesSandbox ? "publishers are the sandbox's (--live asks the real ones)"
            : arguments.Collects ? "publishers are the real ones"
            : "nothing is fetched";
        return console.Error.WriteLineAsync($"""
            aurum: {address} shows prices, load, fuel mix and data health ({address}/docs describes the API)
            aurum: data in {Path.GetFullPath(arguments.DataDirectory)}; {publishers}; Ctrl+C stops
            """);
    }

    /// <summary>Variables that are probably misspelt.</summary>
    private static void TellDoubts(CommandConsole console)
    {
        foreach (var doubt in VariableNames.Doubts(console.World.Variables, console.Now))
        {
            console.Note(doubt);
        }
    }

    private static Option<int?> PortOption() => new("--port")
    {
        Description = "port of API and page (default 8095; 0: any free one)",
        HelpName = "N",
    };

    /// <summary>What the API is told: a server that collects is not ready once collection has gone quiet.</summary>
    internal static ApiOptions ServedBy(AurumOptions options, UpArguments arguments) => new()
    {
        BindAddress = options.Bind,
        Port = options.Port,
        DataDirectory = options.DataDirectory,
        CacheMiB = options.CacheMiB,
        Mode = !arguments.Collects ? "serve" : arguments.IsLive ? "up --live" : "up",
        MaxLedgerAgeHours = arguments.Collects ? options.MaxLedgerAgeHours : null,
    };

    private static async Task<WebApplication> StartApi(
        Platform platform, BackfillDesk desk, ScenarioDesk scenarios, LakeRunner? follower, SinkFleet sinks,
        ClickHouseService? clickHouse, RedisDesk? redis, TickPublisher? publisher,
        UpArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        var options = platform.Options;
        var api = ApiHost.Build(
            ServedBy(options, arguments),
            new ApiServices
            {
                Feeds = FeedCatalog.All,
                Collected = platform.Feeds.Select(f => f.Id).ToHashSet(),
                Store = platform.Store,
                Metrics = platform.Metrics,
                Time = console.Time,
                Backfill = desk,
                Sites = platform.Sites,
                Curves = platform.Curves,
                Scenarios = scenarios,
                Ticks = new Lazy<ITickPlane>(() => platform.Ticks),
                Publisher = publisher,
                LakeFs = options.LakeFs is { } lakeFs ? new LakeFsHook(lakeFs, platform.Store.Branches, console.Time) : null,
                LakeLags = follower is null ? null : follower.Lags,
                Exports = platform.Exports,
                Sinks = sinks.Standings,
                Operations = clickHouse?.Operations,
                Cache = redis?.Cache,
                CacheWait = redis?.Wait ?? TimeSpan.Zero,
                CacheSeconds = redis is null ? Slices.UsualSeconds : redis.Seconds,
                HotPrices = redis?.Latest,
                SharedLimits = redis?.Limits,
                Updates = redis is null ? null : redis.Updates,
            });
        try
        {
            await api.StartAsync(cancel);
            return api;
        }
        catch (IOException)
        {
            await api.DisposeAsync();
            throw new CommandException(
                ExitCodes.Failed,
                $"port {options.Port} of {options.Bind} is taken{PortHolder.Describe(options.Port)}. "
                + $"Stop that program, or run 'aurum {(arguments.Collects ? "up" : "serve")} --port N' (0 takes any free port)");
        }
    }

    /// <summary>Opens real-time prices, so that what a process left that was killed is in the tables before anybody asks. All else goes on
    /// without them; <c>/ready</c> tells.</summary>
    private static void OpenTicks(Platform platform, CommandConsole console)
    {
        try
        {
            _ = platform.Ticks;
        }
        catch (Exception e) when (e is StoreException or IOException)
        {
            console.Error.WriteLine($"aurum: real-time prices cannot be opened: {e.Message}");
        }
    }

    private static TickPublisher? PublisherOf(Platform platform, CommandConsole console) => platform.Options.Kafka is not { } kafka
        ? null
        : new TickPublisher(kafka, platform.Store.Ticks, console.Time, text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"));

    private static RedisDesk? RedisOf(Platform platform, CommandConsole console) => platform.Options.Redis is not { } redis ? null
        : new RedisDesk(
            redis, platform.Options.CacheMiB, console.Time, Chance.New(),
            text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"));

    /// <summary>Sends latest prices to Redis, where there is one and real-time prices could be opened.</summary>
    private static Task SendPrices(Platform platform, RedisDesk? redis, CancellationToken cancel) =>
        redis is not null && platform.TicksIfOpen is { } ticks ? redis.FollowPrices(ticks, cancel) : Task.CompletedTask;

    private static ScenarioDesk ScenariosOf(Platform platform, JobLineage? lineage, CommandConsole console) => new(
        platform.Store, platform.Options.Scenarios, console.Time, platform.Metrics,
        text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"),
        ended: lineage is null ? null : lineage.Ended, leaseLength: Duration.FromSeconds(platform.Options.Worker.LeaseSeconds));

    private static JobLineage? LineageOf(Platform platform, CommandConsole console)
    {
        if (platform.Options.Lineage is null)
        {
            return null;
        }

        var lineage = new JobLineage(
            platform.Options,
            LineageSenders.Open(platform.Options, console.Time),
            console.Time,
            text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"));
        platform.Exports.Written = lineage.Exported;
        return lineage;
    }

    /// <summary>What brings exports to a bucket, single ticks to Kafka and branches to lakeFS, where these are set.</summary>
    private static IEnumerable<Task> Mirrors(Platform platform, CommandConsole console, CancellationToken stop)
    {
        void Tell(string text) => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}");
        if (platform.Exports.Uploads is { } uploads)
        {
            yield return uploads.Run(console.Time, Tell, stop);
        }

        if (KafkaTicks.Of(platform, platform.Holder) is { } ticks)
        {
            yield return Sent(ticks);
        }

        if (platform.Options.LakeFs is not null)
        {
            yield return new LakeFsRunner(platform, Tell).Run(stop);
        }

        async Task Sent(KafkaTicks ticks)
        {
            using (ticks)
            {
                await ticks.Run(Tell, stop);
            }
        }
    }

    private static LakeRunner FollowerOf(Platform platform, LakeCatalog lake, JobLineage? lineage, CommandConsole console)
    {
        var settings = platform.Options.Lake;
        var runner = new LakeRunner(
            LakeFolder.Follow(platform.Store, lake, settings),
            TimeSpan.FromSeconds(settings.SyncSeconds),
            console.Time,
            text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"),
            lineage is null ? null : lineage.Committed);
        runner.Watch(platform.Metrics, platform.Clock);
        return runner;
    }

    private static async Task Collect(Platform platform, BackfillDesk desk, CommandConsole console, CancellationToken cancel)
    {
        desk.StartUnfinished();
        await LiveCollection.Run(platform, console, report => Tell(report, console), cancel);
    }

    /// <summary>A line for what is new or wrong; what is as it was needs none.</summary>
    private static void Tell(DayReport report, CommandConsole console)
    {
        if (report.Receipt.Written + report.Receipt.Quarantined > 0 || !report.Outcome.IsSettled())
        {
            console.Error.WriteLine($"{console.Now:HH:mm:ss} {report}");
        }
    }

    /// <summary>Lets a failure of the collection come out, and a stop pass.</summary>
    private static async Task Finished(Task collecting)
    {
        try
        {
            await collecting;
        }
        catch (OperationCanceledException)
        {
            // Stopped as asked.
        }
    }
}

internal sealed record UpArguments(string DataDirectory, int? Port, bool IsLive, ulong Seed, int? Days, bool Collects);
