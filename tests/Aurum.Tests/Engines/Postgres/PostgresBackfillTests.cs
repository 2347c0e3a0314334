using System.Collections.Concurrent;
using Aurum.App;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using Aurum.Store.Jobs;
using Aurum.Store.Work;
using Aurum.Tests.Engines.Servers;
using NodaTime;
using NodaTime.Extensions;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>A backfill that two processes work on.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresBackfillTests : IDisposable
{
    private const int Days = 20;
    private static readonly string[] Feeds = ["nyiso/day-ahead-lmp-zone", "nyiso/load-integrated"];
    private static readonly LocalDate From = new(2025, 11, 1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();
    private readonly PostgresStores _stores;
    private readonly SandboxNetwork _network = new(new World(7, new WorldOptions(3, 3, 3)));
    private readonly SandboxHandler _handler;
    private readonly Platform _a;
    private readonly Platform _b;

    public PostgresBackfillTests(PostgresServer server)
    {
        _stores = new PostgresStores(server);
        _handler = new SandboxHandler(_network, static () => TimeProvider.System.GetUtcNow().ToInstant(), TimeProvider.System);
        _a = Open("a");
        _b = Open("b");
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _handler.Dispose();
        _stores.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Two_processes_take_days_of_one_job_and_each_day_is_done_once()
    {
        var job = Place();
        var days = new ConcurrentBag<(string By, string Day)>();
        using var otherHasWorked = new ManualResetEventSlim();
        void Note(string by, DayReport report)
        {
            days.Add((by, $"{report.Feed.Id} {report.Day}"));
            if (by == "b")
            {
                otherHasWorked.Set();
            }

            // The first leaves days for the second.
            Assert.True(otherHasWorked.Wait(Patience));
        }

        using var stop = new CancellationTokenSource(Patience);
        await using var ofA = Jobs(_a);
        await using var ofB = Jobs(_b);
        var a = ofA.RunToEnd(job.Id, report => Note("a", report), stop.Token);
        var b = ofB.RunToEnd(job.Id, report => Note("b", report), stop.Token);

        Assert.Equal([JobState.Completed, JobState.Completed], await Task.WhenAll(a, b));
        Assert.Equal(Feeds.Length * Days, days.Count);
        Assert.Equal(Feeds.Length * Days, days.Select(static d => d.Day).Distinct().Count());
        Assert.Contains(days, static d => d.By == "b");
        Assert.Equal("0", _stores.Psql("SELECT count(*) FROM work_leases"));
        Assert.Equal(JobState.Completed, Place().State);
    }

    [Fact]
    public async Task An_order_of_a_person_ends_when_workers_have_done_it()
    {
        var job = Place();
        using var stop = new CancellationTokenSource(Patience);
        await using var jobs = Jobs(_b);
        var working = jobs.Run(static _ => { }, stop.Token);

        Assert.True(await new BackfillDesk(_a, static _ => { }).Run(Order, static _ => { }, stop.Token));

        Assert.Equal((JobState.Completed, ""), (_a.Store.Jobs.Find(job.Id)!.State, _a.Store.Jobs.Find(job.Id)!.Why));
        await stop.CancelAsync();
        await working;
    }

    [Fact]
    public async Task A_job_of_feeds_that_a_worker_does_not_know_is_left_and_keeps_no_other_from_its_turn()
    {
        var known = Place();
        var alien = known with { Id = "0123456789ab", Feeds = [new Aurum.Market.Feeds.FeedId("nobody/nothing")], Priority = 1 };
        _a.Store.Jobs.Write(alien, []);
        using var stop = new CancellationTokenSource(Patience);
        var told = new ConcurrentQueue<string>();
        await using var jobs = new SharedJobs(_b, SharedDays.Of(_b, static _ => { })!, told.Enqueue);
        var working = jobs.Run(static _ => { }, stop.Token);

        Assert.True(await new BackfillDesk(_a, static _ => { }).Run(Order, static _ => { }, stop.Token));

        await stop.CancelAsync();
        await working;
        Assert.Equal(JobState.Queued, _a.Store.Jobs.Find(alien.Id)!.State);
        Assert.StartsWith("backfill job 0123456789ab is left to other workers: ", Assert.Single(told, static t => t.Contains("left to")));
    }

    [Fact]
    public void A_job_whose_process_died_is_queued_again_and_one_of_a_living_process_is_not()
    {
        var job = Place();
        Assert.True(_a.Store.Jobs.Move(job.Id, [JobState.Queued], JobState.Running, "", Now));
        var name = (new Aurum.Market.Feeds.FeedId($"job/{job.Id}"), SharedWork.NoDay);
        var lease = Assert.Single(_a.Store.Work!.Take("a", [name], 1, Duration.FromMinutes(5)));

        Open("c").Dispose();
        Assert.Equal(JobState.Running, _a.Store.Jobs.Find(job.Id)!.State);

        Assert.True(_a.Store.Work.Renew(lease, Duration.Zero));
        Open("d").Dispose();
        var dead = _a.Store.Jobs.Find(job.Id)!;
        Assert.Equal((JobState.Queued, "the process that ran it ended"), (dead.State, dead.Why));
    }

    private static Instant Now => TimeProvider.System.GetUtcNow().ToInstant();

    private static BackfillOrder Order => new(Feeds, From, From.PlusDays(Days - 1), IsDryRun: false, IsForced: false);

    private JobRecord Place() => new BackfillDesk(_a, static _ => { }).Place(Order, runs: false, static _ => { });

    private static SharedJobs Jobs(Platform platform) => new(platform, SharedDays.Of(platform, static _ => { })!, static _ => { });

    private Platform Open(string name) => Platform.Open(
        new AurumOptions
        {
            DataDirectory = _folder[name],
            Postgres = _stores.Options,
            Sites = FeedCatalog.Sites.ToDictionary(static s => s.Name, static s => new SiteOptions
            {
                BaseAddress = SandboxNetwork.BaseAddress(s), RequestsPerMinute = 6_000, Concurrency = 8,
            }),
        },
        new PlatformWorld(TimeProvider.System, "a test") { Handler = _handler, Secrets = Secrets.OfSandbox, JitterSeed = 1 });
}
