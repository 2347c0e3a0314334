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

namespace Aurum.Tests.Proofs;

/// <summary>The real platform over the sandbox's publishers, under virtual time, in a folder of its own.</summary>
internal sealed class ProofWorld : IDisposable
{
    /// <summary>A running day is looked at a few times: enough to see it grow.</summary>
    private const int LeastRefreshMinutes = 8 * 60;

    private static readonly WorldOptions Small = new(CaisoNodes: 3, NyisoGenerators: 3, ErcotResourceNodes: 3);

    private readonly TestFolder _folder = new();
    private readonly SandboxServer? _server;

    /// <param name="now">Where the clock stands at first.</param>
    /// <param name="sandbox">The publishers.</param>
    /// <param name="server">Where they serve; null: in the process, without sockets.</param>
    /// <param name="time">The clock, where the server has it too.</param>
    public ProofWorld(Instant now, SandboxNetwork sandbox, SandboxServer? server = null, VirtualTime? time = null)
    {
        // Several days are fetched at the same time: one's wait must not strike another's limit.
        Time = time ?? new VirtualTime(now, keepsLimits: false);
        Sandbox = sandbox;
        _server = server;
        Platform = Open();
    }

    public VirtualTime Time { get; }

    public SandboxNetwork Sandbox { get; }

    public Platform Platform { get; private set; }

    public string Folder => _folder.Path;

    public static SandboxNetwork NewSandbox(ulong seed, FaultPlan? faults = null) => new(new World(seed, Small), faults);

    public static IReadOnlyList<Feed> FeedsOf(params IEnumerable<string> ids) => [.. ids.Select(id => FeedCatalog.Find(new FeedId(id)))];

    public static IReadOnlyList<WorkItem> Items(IEnumerable<Feed> feeds, LocalDate first, int days) =>
        [.. feeds.SelectMany(feed => Enumerable.Range(0, days).Select(n => new WorkItem(feed, feed.Day(first.PlusDays(n)))))];

    /// <summary>Collects live until an instant: what is due, then on to what falls due next.</summary>
    public async Task Live(IReadOnlyList<Feed> feeds, int lookbackDays, Instant until)
    {
        while (Time.Now < until)
        {
            var next = await Platform.Collector.RunDue(feeds, lookbackDays, static _ => { }, CancellationToken.None);
            Time.AdvanceTo(next is { } due && due < until ? due : until);
        }
    }

    /// <summary>Closes the platform and opens it again.</summary>
    public void Reopen()
    {
        Platform.Dispose();
        Platform = Open();
    }

    public void Dispose()
    {
        Platform.Dispose();
        _folder.Dispose();
    }

    private Platform Open() => Platform.Open(
        new AurumOptions
        {
            DataDirectory = Folder,
            StoreMemoryMiB = 512,
            LeastRefreshMinutes = LeastRefreshMinutes,
            Sites = FeedCatalog.Sites.ToDictionary(s => s.Name, s => new SiteOptions
            {
                BaseAddress = _server?.BaseAddress(s) ?? SandboxNetwork.BaseAddress(s),
            }),
        },
        new PlatformWorld(Time, "test")
        {
            Handler = _server is null ? new SandboxHandler(Sandbox, () => Time.Now, Time) : null,
            Secrets = Secrets.OfSandbox,
            JitterSeed = 1,
        });
}
