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
    /// <summary>Steps (requests, answers) after which a kill falls, at most.</summary>
    private const int MostStepsToKill = 400;

    /// <summary>Least virtual time between two looks at a running day: enough to see it grow, few enough to be quick.</summary>
    private const int LeastRefreshMinutes = 8 * 60;

    private readonly SimulationOptions _options;
    private readonly string _folder;
    private readonly VirtualTime _time;
    private readonly KillSwitch _kill = new();
    private readonly Random _dice;

    public SimulatedLife(SimulationOptions options, string folder)
    {
        _options = options;
        _folder = folder;
        _time = new VirtualTime(options.Start);
        _dice = new Random((int)(options.Seed % int.MaxValue));
        Sandbox = new SandboxNetwork(new World(options.Seed), options.HasFaults ? FaultPlan.Heavy(options.Seed) : FaultPlan.None);
        Network = new SimulatedNetwork(Sandbox, _time, _kill);
        Feeds = [.. FeedCatalog.All.Where(f => Sandbox.Truth.Feeds.Contains(f.Id))];
    }

    public SandboxNetwork Sandbox { get; }

    public SimulatedNetwork Network { get; }

    public IReadOnlyList<Feed> Feeds { get; }

    public int Kills { get; private set; }

    public int Deliveries { get; private set; }

    public Instant Start => _options.Start;

    public Instant Now => _time.Now;

    /// <summary>Lives through the days, however often it is killed.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (_time.Now < _options.End)
        {
            if (_options.HasFaults)
            {
                _kill.Arm(1 + _dice.Next(MostStepsToKill));
            }

            var platform = Open();
            try
            {
                await Collect(platform, cancel);
            }
            catch (SimulatedKill)
            {
                Kills++;
                _time.Advance(Duration.FromMinutes(_dice.Next(1, 90)));
            }
            finally
            {
                _kill.Disarm();
                platform.Dispose();
            }
        }
    }

    /// <summary>Opens the platform on the data that the life left.</summary>
    public Platform Open() => Platform.Open(
        new AurumOptions
        {
            DataDirectory = _folder,
            LeastRefreshMinutes = LeastRefreshMinutes,
            Sites = FeedCatalog.Sites.ToDictionary(s => s.Name, s => new SiteOptions { BaseAddress = SandboxNetwork.BaseAddress(s) }),
        },
        new PlatformWorld(_time, "aurum simulate")
        {
            Handler = Network,
            Secrets = Secrets.OfSandbox,
            Feeds = Feeds,
            JitterSeed = _dice.Next(),
        });

    public void Dispose() => Network.Dispose();

    private async Task Collect(Platform platform, CancellationToken cancel)
    {
        while (_time.Now < _options.End)
        {
            var next = await platform.Collector.RunDue(Feeds, lookbackDays: 1, _ => Deliveries++, cancel);
            _time.AdvanceTo(next is { } due && due < _options.End ? due : _options.End);
        }
    }
}
