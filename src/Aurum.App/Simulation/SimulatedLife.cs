using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>Runs the real pipeline over a sandbox world under virtual time, kills it now and then, and starts it again.</summary>
internal sealed class SimulatedLife : IDisposable
{
    /// <summary>Steps (requests, answers, looks at the clock) after which a kill falls, at most: so many, or so many for each feed where
    /// that is more: all feeds take ten times the steps a day of ten of them, and still meet a kill every two or three hours.</summary>
    private const int LeastStepsToKill = 500;
    private const int StepsToKillPerFeed = 24;

    /// <summary>Least virtual time between two looks at a running day: enough to see it grow, few enough to be quick.</summary>
    private const int LeastRefreshMinutes = 12 * 60;

    /// <summary>Size of the write-ahead log at which it is folded into the store: small enough that kills fall on both, a log and a
    /// file that was just written.</summary>
    private const int CheckpointMiB = 8;

    /// <summary>Few places, so that days are quick: laws do not depend on how many there are.</summary>
    private static readonly WorldOptions Small =
        new(CaisoNodes: 3, NyisoGenerators: 3, ErcotResourceNodes: 3, PjmNodes: 3) { MisoNodes = 3, IsoneNodes = 3 };

    private readonly SimulationOptions _options;
    private readonly string _root;
    private readonly VirtualTime _time;
    private readonly KillSwitch _kill = new();
    private readonly Random _dice;
    private readonly List<Stretch> _stretches = [];

    public SimulatedLife(SimulationOptions options, string folder)
    {
        _options = options;
        _root = folder;
        _time = new VirtualTime(options.Start);
        _dice = new Random((int)(options.Seed % int.MaxValue));
        Sandbox = new SandboxNetwork(new World(options.Seed, Small), options.HasFaults ? FaultPlan.Heavy(options.Seed) : FaultPlan.None);
        Network = new SimulatedNetwork(Sandbox, _time, _kill);
        var known = Sandbox.Truth.Feeds.ToHashSet();
        Feeds = options.Choose([.. FeedCatalog.All.Where(f => known.Contains(f.Id))]);
    }

    public SandboxNetwork Sandbox { get; }

    public SimulatedNetwork Network { get; }

    public IReadOnlyList<Feed> Feeds { get; }

    public int Kills { get; private set; }

    public int Deliveries { get; private set; }

    /// <summary>Which feeds were collected when.</summary>
    public IReadOnlyList<Stretch> Stretches => _stretches;

    public Instant Start => _options.Start;

    public Instant Now => _time.Now;

    /// <summary>Lives through the days, however often it is killed.</summary>
    public async Task Run(CancellationToken cancel)
    {
        _stretches.Add(new Stretch(Feeds, Start, _options.End));
        while (_time.Now < _options.End)
        {
            var steps = 1 + _dice.Next(Math.Max(LeastStepsToKill, StepsToKillPerFeed * Feeds.Count));
            var platform = Open();
            if (_options.HasFaults)
            {
                _kill.Arm(steps);
            }

            try
            {
                await Collect(platform, Feeds, _options.End, cancel);
            }
            catch (SimulatedKill)
            {
                var dead = Folder;
                Kills++;
                CrashSite.Copy(dead, Folder);
                _time.Advance(Duration.FromMinutes(_dice.Next(1, 90)));
            }
            finally
            {
                _kill.Disarm();
                platform.Dispose();
                DeleteEarlierLives();
            }
        }
    }

    /// <summary>Collects some feeds until an instant, without a kill.</summary>
    public async Task Live(Platform platform, IReadOnlyList<Feed> feeds, Instant end, CancellationToken cancel)
    {
        _stretches.Add(new Stretch(feeds, Now, end));
        await Collect(platform, feeds, end, cancel);
    }

    /// <summary>Opens the platform on the data that the life left.</summary>
    public Platform Open() => Platform.Open(
        new AurumOptions
        {
            DataDirectory = Folder,
            StoreMemoryMiB = 512,
            StoreThreads = 1,
            LeastRefreshMinutes = LeastRefreshMinutes,
            Sites = FeedCatalog.Sites.ToDictionary(s => s.Name, s => new SiteOptions { BaseAddress = SandboxNetwork.BaseAddress(s) }),
        },
        new PlatformWorld(new MortalTime(_time, _kill), "aurum simulate")
        {
            Handler = Network,
            Secrets = Secrets.OfSandbox,
            Feeds = Feeds,
            JitterSeed = _dice.Next(),
            CheckpointMiB = CheckpointMiB,
            FoldsAtClose = false,
        });

    public void Dispose() => Network.Dispose();

    private string Folder => Path.Combine(_root, $"life-{Kills}");

    private void DeleteEarlierLives()
    {
        foreach (var earlier in Directory.EnumerateDirectories(_root).Where(d => d != Folder))
        {
            Directory.Delete(earlier, recursive: true);
        }
    }

    private async Task Collect(Platform platform, IReadOnlyList<Feed> feeds, Instant end, CancellationToken cancel)
    {
        while (_time.Now < end)
        {
            var next = await platform.Collector.RunDue(feeds, lookbackDays: 1, _ => Deliveries++, cancel);
            _time.AdvanceTo(next is { } due && due < end ? due : end);
        }
    }
}
