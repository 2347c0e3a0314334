using Aurum.App.Configuration;
using Aurum.App.Curves;
using Aurum.App.Ingest;
using Aurum.App.Ingest.Limits;
using Aurum.App.Running;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Served;
using Aurum.Cluster;
using Aurum.Cluster.S3;
using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Quality.Suites;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Objects;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App;

/// <summary>Everything of one data directory, wired by hand, top to bottom: store, publishers, pipeline, collector.</summary>
internal sealed class Platform : IDisposable
{
    private readonly Lazy<ITickPlane> _ticks;
    private readonly HttpMessageInvoker _http;
    private readonly RequestJournal _journal;
    private readonly VaultFollower? _vault;
    private readonly S3Connection? _s3;
    private bool _isDisposed;

    private Platform(AurumOptions read, PlatformWorld world)
    {
        try
        {
            _vault = Follow(read, world);
            var options = Options = _vault?.Live(read) ?? read;
            Time = world.Time;
            Clock = new ProviderClock(world.Time);
            Feeds = Chosen(options, world.Feeds ?? world.Catalog);
            _journal = new RequestJournal(Path.Combine(options.DataDirectory, "quota"), world.Time);
            Sites = new SiteDirectory(world.Sites, options.Sites, world.Time, FeedLimits(options), _journal) { Asked = options.Asked() };
            Secrets = world.Secrets ?? Secrets.Load(options.SecretsFile, EnvironmentVariables.All(), _vault?.Secrets);
            Metrics = new AurumMetrics();
            _s3 = options.S3 is null ? null : Connect(options.S3, world.Time);
            var storing = StoreOptionsOf(options, world, _s3?.Archive());
            Store = StoreOpening.Open(options, storing, StoredFeeds.With(world.Catalog), Clock, world.Time);
            if (Store.Work is { } shared)
            {
                Sites.Share(shared, Holder);
            }

            Sites.Recall(_journal.LastDay(), RecentFilesReader.LastDay(Store, Clock.GetCurrentInstant()), Clock.GetCurrentInstant());
            SiteGauges.Watch(Metrics, Sites);
            _http = new HttpMessageInvoker(world.Handler ?? NewHandler(), disposeHandler: world.Handler is null);
            var watch = new DayWatch(Store);
            watch.CatchUp(Clock.GetCurrentInstant());
            var stamps = new DeliveryClock(Clock, LatestStamp(Store));
            var drift = new DriftWatch(Store, Store.Archive);
            Curves = new CurveFlow(Store, stamps, Clock, world.Suites, drift, options.CurveMoveDays);
            Exports = new CurveExport(Store, UploadsOf(_s3, options.DataDirectory));
            if (options.CurveExports.AfterMerge)
            {
                Curves.Merges.Merged = branch => Exports.WriteAny(branch.AsOf, options.CurveExports);
            }

            Curves.Merges.Recover();
            Ingest = new DayIngest(
                Store,
                NewFetcher(_http, world),
                Sites,
                new GateRoom(Store, world.Suites),
                drift,
                watch,
                Metrics,
                Clock,
                stamps);
            _ticks = new Lazy<ITickPlane>(() => TickPlanes.Open(Store, options, Time));
            Collector = new Collector(Store, Ingest, world.Time, Clock, Duration.FromMinutes(options.LeastRefreshMinutes));
        }
        catch
        {
            // Whoever opens it again, once the database is there, must not find the folder taken by this try.
            Dispose();
            throw;
        }
    }

    public AurumOptions Options { get; }

    /// <summary>Name of this process, for others that have the same database open.</summary>
    public string Holder { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    public TimeProvider Time { get; }

    public IClock Clock { get; }

    /// <summary>The feeds that are collected.</summary>
    public IReadOnlyList<Feed> Feeds { get; }

    public AurumMetrics Metrics { get; }

    public AurumStore Store { get; }

    public SiteDirectory Sites { get; }

    public Secrets Secrets { get; }

    public DayIngest Ingest { get; }

    /// <summary>Takes vendors' workbooks.</summary>
    public CurveFlow Curves { get; }

    /// <summary>Writes files of merged curves.</summary>
    public CurveExport Exports { get; }

    public Collector Collector { get; }

    /// <summary>Real-time prices; opened when it is first asked for, and closed before the store.</summary>
    public ITickPlane Ticks => _ticks.Value;

    /// <summary>Real-time prices where somebody opened them; null otherwise.</summary>
    public ITickPlane? TicksIfOpen => _ticks.IsValueCreated ? _ticks.Value : null;

    /// <exception cref="StoreLockedException">Another process has the data directory.</exception>
    public static Platform Open(AurumOptions options, PlatformWorld world) => new(options.Checked(), world);

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_ticks is { IsValueCreated: true })
        {
            _ticks.Value.Dispose();
        }

        // Where opening it failed, what comes later is not there.
        _http?.Dispose();
        _journal?.Dispose();
        Store?.Dispose();
        _s3?.Dispose();
        _vault?.Dispose();
        Metrics?.Dispose();
    }

    /// <summary>Who asks the sandbox needs no publisher's credentials.</summary>
    private static VaultFollower? Follow(AurumOptions options, PlatformWorld world) => VaultFollower.Open(
        options,
        withCredentials: world.Secrets is null,
        OptionsWorld.OfProcess with { Time = world.Time, VaultHandler = world.VaultHandler },
        world.Tell);

    /// <summary>The feeds that the options name, of those that somebody publishes; all of these where none is named.</summary>
    private static IReadOnlyList<Feed> Chosen(AurumOptions options, IReadOnlyList<Feed> published) =>
        options.Feeds.Count == 0 ? published : [.. options.Feeds.Select(Commands.Feeds.Named).Where(published.Contains)];

    private static S3Connection Connect(S3Options options, TimeProvider time) => new(options, time, Chance.Token);

    private static ExportUploads? UploadsOf(S3Connection? s3, string dataDirectory) => s3?.Exports() is { } bucket
        ? new ExportUploads(bucket, Path.Combine(Path.GetFullPath(dataDirectory), "exports"))
        : null;

    private static StoreOptions StoreOptionsOf(AurumOptions options, PlatformWorld world, IObjectStore? archive) => new(
        options.DataDirectory)
    {
        MemoryLimitMiB = options.StoreMemoryMiB == AurumOptions.UsualStoreMemoryMiB
            ? world.StoreMemoryMiB
            : options.StoreMemoryMiB,
        Threads = options.StoreThreads,
        TickDays = options.StoreTickDays,
        DeadLetterDays = options.StoreDeadLetterDays,
        CurvePointDays = options.StoreCurvePointDays,
        CheckpointMiB = world.CheckpointMiB,
        CompactsWhenFolding = world.CompactsStore,
        FoldsAtClose = world.FoldsAtClose,
        Holder = world.Holder,
        ArchiveObjects = archive,
        MaxLocalArchiveBytes = (long)(options.S3?.ArchiveMiB ?? 0) << 20,
    };

    private static IReadOnlyDictionary<string, FeedLimitOptions> FeedLimits(AurumOptions options)
    {
        var unknown = options.FeedLimits.Keys.FirstOrDefault(id => FeedCatalog.All.All(f => f.Id.Text != id));
        return unknown is null
            ? options.FeedLimits
            : throw new OptionsException(
                $"FeedLimits:{unknown}: expected a feed id such as {NearestName.To(unknown, FeedCatalog.All.Select(f => f.Id.Text))
                    ?? FeedCatalog.All[0].Id.Text}");
    }

    private static Instant LatestStamp(AurumStore store) =>
        store.Read.Outbox(new RecordQuery { Descending = true, Limit = 1 }) is [var last] ? last.KnownAt : Instant.MinValue;

    private Fetcher NewFetcher(HttpMessageInvoker http, PlatformWorld world) => new(
        http,
        Sites,
        Secrets,
        Store.Archive,
        world.Time,
        Metrics,
        TimeSpan.FromSeconds(Options.LongestRetryAfterSeconds),
        new Random(world.JitterSeed));

    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(20),
    };
}

/// <summary>What a platform takes from outside: the clock, the network, chance. Tests and
/// simulations hand over their own.</summary>
/// <param name="Time">The clock of waits and stamps.</param>
/// <param name="Holder">Who opens the store, for the message that a second opener gets.</param>
internal sealed record PlatformWorld(TimeProvider Time, string Holder)
{
    /// <summary>The network; null: real sockets.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Secrets; null: environment and file.</summary>
    public Secrets? Secrets { get; init; }

    /// <summary>Feeds that there are, and the sites that they ask.</summary>
    public IReadOnlyList<Feed> Catalog { get; init; } = FeedCatalog.All;

    public IReadOnlyList<Site> Sites { get; init; } = FeedCatalog.Sites;

    /// <summary>The way to Vault; null: real sockets.</summary>
    public HttpMessageHandler? VaultHandler { get; init; }

    /// <summary>Takes what a person may want to know of secrets that change while it runs: never a value.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>The suites by name.</summary>
    public Func<string, Suite> Suites { get; init; } = Suite.Load;

    /// <summary>Feeds that are collected; null: those of the options.</summary>
    public IReadOnlyList<Feed>? Feeds { get; init; }

    /// <summary>Size of the store's write-ahead log at which it is folded into the file, MiB.</summary>
    public int CheckpointMiB { get; init; } = 256;

    /// <summary>Memory of the store's engine where the options leave it as it is, MiB.</summary>
    public int StoreMemoryMiB { get; init; } = AurumOptions.UsualStoreMemoryMiB;

    /// <summary>Whether small groups of rows are put together then.</summary>
    public bool CompactsStore { get; init; } = true;

    /// <summary>Whether that is done when the platform is closed too.</summary>
    public bool FoldsAtClose { get; init; } = true;

    /// <summary>Seed of the spread of retries.</summary>
    public int JitterSeed { get; init; } = Chance.Seed();
}
