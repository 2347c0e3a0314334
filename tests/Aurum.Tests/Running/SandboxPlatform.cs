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

/// <summary>The real pipeline over a small sandbox world, with virtual time, in a folder of its own.</summary>
internal sealed class SandboxPlatform : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SandboxHandler _handler;
    private readonly Func<AurumOptions, AurumOptions> _change;

    public SandboxPlatform(
        Instant start,
        IReadOnlyList<string> feeds,
        FaultPlan? faults = null,
        bool hasPriceChecks = false,
        Func<AurumOptions, AurumOptions>? change = null)
    {
        _change = change ?? (static options => options);
        Time = new VirtualTime(start, keepsLimits: false);
        Network = new SandboxNetwork(new World(7, new WorldOptions(3, 3, 3, hasPriceChecks)), faults);
        Feeds = [.. feeds.Select(id => FeedCatalog.Find(new FeedId(id)))];
        _handler = new SandboxHandler(Network, () => Time.Now, Time);
        Platform = Open();
    }

    public VirtualTime Time { get; }

    public SandboxNetwork Network { get; }

    public IReadOnlyList<Feed> Feeds { get; }

    public Platform Platform { get; private set; }

    public string Folder => _folder.Path;

    /// <summary>Days of all feeds.</summary>
    public IReadOnlyList<WorkItem> Days(LocalDate from, int days) =>
        [.. Feeds.SelectMany(feed => Enumerable.Range(0, days).Select(day => new WorkItem(feed, feed.Day(from.PlusDays(day)))))];

    /// <summary>What the store has of a day that is not as it was known then; empty where all is right.</summary>
    public IReadOnlyList<string> Wrong(WorkItem item, Instant known) =>
        item.Feed.Accept(new TruthCheck(Platform.Store, Network.Truth, item.Day, known, known)).Wrong;

    /// <summary>Ends the process and begins another on the same folder.</summary>
    public void Restart()
    {
        Platform.Dispose();
        Platform = Open();
    }

    public void Dispose()
    {
        Platform.Dispose();
        _handler.Dispose();
        _folder.Dispose();
    }

    private Platform Open() => Platform.Open(
        _change(new AurumOptions
        {
            DataDirectory = _folder.Path,
            StoreMemoryMiB = 512,
            StoreThreads = 1,
            Sites = FeedCatalog.Sites.ToDictionary(s => s.Name, s => new SiteOptions { BaseAddress = SandboxNetwork.BaseAddress(s) }),
        }),
        new PlatformWorld(Time, "a test") { Handler = _handler, Secrets = Secrets.OfSandbox, Feeds = Feeds, JitterSeed = 1 });
}
