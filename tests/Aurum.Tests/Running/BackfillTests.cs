using Aurum.App;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class BackfillTests
{
    private static readonly string[] Feeds =
        ["caiso/day-ahead-lmp", "nyiso/day-ahead-lmp-zone", "nyiso/load-integrated", "ercot/day-ahead-spp", "eia/region-data"];

    private static readonly LocalDate From = new(2025, 10, 20);
    private static readonly Instant Now = Instant.FromUtc(2025, 12, 20, 12, 0);

    [Fact]
    public async Task Thirty_days_with_every_fifth_answer_broken_equal_the_truth_or_every_hole_is_named()
    {
        using var sandbox = new SandboxPlatform(Now, Feeds, FaultPlan.Even(
            5, 0.05, FaultKind.TooManyRequests, FaultKind.ServerError, FaultKind.Truncated, FaultKind.HtmlPage));
        var items = sandbox.Days(From, 30);

        var open = await sandbox.Platform.Collector.RunBackfill(items, 5, static _ => { }, CancellationToken.None);

        var given = sandbox.Network.Log.Records.CountBy(r => r.Kind).ToDictionary();
        Assert.Equal(4, given.Count);
        Assert.All(given, kind => Assert.True(kind.Value > 5, $"{kind.Key} happened {kind.Value} times"));
        foreach (var item in items)
        {
            var entry = sandbox.Platform.Store.Ledger.Find(item.Feed.Id, item.Day.Date)!;
            Assert.NotEqual(entry.IsSettled, open.Contains(item));
            if (entry.IsSettled)
            {
                Assert.Empty(sandbox.Wrong(item, sandbox.Time.Now));
                Assert.True(entry.Rows > 0, $"{item} has no row");
            }
            else
            {
                Assert.NotEqual("", entry.Why);
                Assert.Contains(sandbox.Platform.Store.Ledger.Gaps(item.Feed.Id), g => g.Day == item.Day.Date);
            }
        }

        Assert.True(open.Count <= items.Count / 20, $"{open.Count} of {items.Count} days are still missing");
        Assert.All(sandbox.Feeds, feed => Assert.Equal(
            sandbox.Platform.Store.Ledger.ComputeWatermark(feed.Id), sandbox.Platform.Store.Ledger.WatermarkOf(feed.Id)));
    }

    [Fact]
    public async Task What_a_bad_time_left_open_is_closed_by_the_next_run()
    {
        using var sandbox = new SandboxPlatform(Now, ["nyiso/load-integrated"], FaultPlan.FromScript("nyiso: requests 1-12 -> 500"));
        var items = sandbox.Days(From, 3);

        var open = await sandbox.Platform.Collector.RunBackfill(items, 1, static _ => { }, CancellationToken.None);
        Assert.NotEmpty(open);
        sandbox.Restart();
        Assert.Empty(await sandbox.Platform.Collector.RunBackfill(items, 5, static _ => { }, CancellationToken.None));

        Assert.All(items, item => Assert.Empty(sandbox.Wrong(item, sandbox.Time.Now)));
    }

    [Fact]
    public async Task Fetching_the_same_day_again_writes_nothing_and_says_so()
    {
        using var sandbox = new SandboxPlatform(Now, Feeds);
        var items = sandbox.Days(From, 1);
        var first = new List<DayReport>();
        var again = new List<DayReport>();
        await sandbox.Platform.Collector.RunOnce(items, first.Add, CancellationToken.None);
        var hash = sandbox.Platform.Store.Read.ContentHash("iso_lmp");
        await sandbox.Platform.Collector.RunOnce(items, again.Add, CancellationToken.None);

        Assert.All(first, r => Assert.Equal(r.Receipt.RowsIn, r.Receipt.New));
        Assert.All(again, r =>
        {
            Assert.Equal((0L, r.Receipt.RowsIn), (r.Receipt.Written, r.Receipt.Identical));
            Assert.Equal($"{r.Feed.Id} {r.Day}: {r.Receipt.RowsIn:N0} identical", r.ToString());
        });
        Assert.Equal(first.Select(r => r.Receipt.New), again.Select(r => r.Receipt.Identical));
        Assert.Equal(hash, sandbox.Platform.Store.Read.ContentHash("iso_lmp"));
    }

    [Fact]
    public async Task Over_real_sockets_cut_and_dripping_answers_end_in_the_truth()
    {
        var faults = FaultPlan.FromScript("""
            nyiso: request 1 -> cut-connection
            nyiso: request 2 -> wrong-length
            nyiso: request 3 -> slow-drip
            ercot: request 1 -> 503
            ercot: request 2 -> truncated
            """);
        var network = new SandboxNetwork(new World(7, new WorldOptions(3, 3, 3)), faults);
        var time = new VirtualTime(Now, keepsLimits: false);
        await using var server = await SandboxServer.StartAsync(network, () => time.Now, time, static _ => 0, CancellationToken.None);
        using var folder = new TestFolder();
        using var platform = Platform.Open(
            new AurumOptions
            {
                DataDirectory = folder.Path,
                StoreMemoryMiB = 512,
                StoreThreads = 1,
                Sites = FeedCatalog.Sites.ToDictionary(s => s.Name, s => new SiteOptions { BaseAddress = server.BaseAddress(s) }),
            },
            new PlatformWorld(time, "a test") { Secrets = Secrets.OfSandbox });
        var items = ((string[])["nyiso/load-integrated", "ercot/day-ahead-spp"]).Select(id => FeedCatalog.Find(new FeedId(id)))
            .SelectMany(feed => Enumerable.Range(0, 2).Select(d => new WorkItem(feed, feed.Day(From.PlusDays(13 + d))))).ToList();

        Assert.Empty(await platform.Collector.RunBackfill(items, 5, static _ => { }, CancellationToken.None));

        Assert.Equal(5, network.Log.Records.Count);
        Assert.All(items, i => Assert.Empty(i.Feed.Accept(new TruthCheck(platform.Store, network.Truth, i.Day, time.Now, time.Now)).Wrong));
    }
}
