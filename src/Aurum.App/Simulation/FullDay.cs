using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;

namespace Aurum.App.Simulation;

/// <summary>Takes in one operating day of every publisher of the sandbox with the real pipeline: fetched, archived, read, gated and stored
/// in an empty data directory.</summary>
/// <param name="share">Share of the real number of places, above 0 and up to 1.</param>
/// <param name="folder">Data directory; made, and left to the caller.</param>
/// <param name="time">The clock that waits go by.</param>
internal sealed class FullDay(double share, string folder, TimeProvider time)
{
    /// <summary>Days that are worked on at the same time.</summary>
    private const int Lanes = 2;

    private const int StoreMemoryMiB = 448;

    private const ulong Seed = 1;

    private readonly FullDayMeter _meter = new();
    private readonly ConcurrentBag<DayReport> _reports = [];
    private readonly Dictionary<FeedId, long> _stored = [];

    /// <summary>What came of each feed.</summary>
    public IReadOnlyCollection<DayReport> Reports => _reports;

    /// <summary>Rows in the store at the end, by feed.</summary>
    public IReadOnlyDictionary<FeedId, long> Stored => _stored;

    public SandboxNetwork Sandbox { get; } = new(new World(Seed, FullDayPlan.World(share)));

    /// <param name="tell">Hears of each feed.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<FullDayResult> Run(Action<DayReport> tell, CancellationToken cancel)
    {
        var plan = FullDayPlan.Of(Sandbox.Truth.Feeds);
        var clock = new ShiftedTime(time, plan[0].At);
        using var network = _meter.Around(new SandboxHandler(Sandbox, () => clock.Now, clock));
        var wall = Stopwatch.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        using (var platform = Open(clock, network))
        {
            foreach (var moment in plan.GroupBy(i => i.At))
            {
                clock.AdvanceTo(moment.Key);
                await Parallel.ForEachAsync(
                    moment.Select(i => i.Item),
                    new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancel },
                    async (item, token) => Note(await platform.Ingest.Run(_meter.Around(item.Feed), item.Day, isLive: true, token), tell));
            }

            Count(platform, plan.Select(i => i.Item.Feed.TableName).Distinct());
        }

        return Result(Stopwatch.GetElapsedTime(wall), Environment.CpuUsage.TotalTime - cpu);
    }

    private void Note(DayReport report, Action<DayReport> tell)
    {
        _reports.Add(report);
        tell(report);
    }

    private void Count(Platform platform, IEnumerable<string> tables)
    {
        foreach (var table in tables)
        {
            using var rows = platform.Store.Read.Sql($"select feed, count(*) from {table} group by feed");
            while (rows.NextChunk())
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    _stored.Add(new FeedId(Encoding.UTF8.GetString(rows.Text(0, row))), rows.Whole(1, row));
                }
            }
        }
    }

    private FullDayResult Result(TimeSpan wall, TimeSpan cpu) => new(
        _stored.Count,
        _reports.Count,
        _reports.Where(r => r.Feed.TableName == PowerTables.Lmp.Name).Sum(r => _stored.GetValueOrDefault(r.Feed.Id)),
        _stored.Values.Sum(),
        _reports.Sum(r => (long)r.Files),
        _reports.Sum(r => r.Bytes),
        wall,
        cpu,
        FullDayMeter.PeakResidentBytes(),
        _meter);

    private Platform Open(TimeProvider clock, HttpMessageHandler network) => Platform.Open(
        new AurumOptions
        {
            DataDirectory = folder,
            StoreMemoryMiB = StoreMemoryMiB,
            Sites = FeedCatalog.Sites.ToDictionary(s => s.Name, Unhurried),
        },
        new PlatformWorld(clock, "aurum bench full-day")
        {
            Handler = network,
            Secrets = Secrets.OfSandbox,
            JitterSeed = (int)Seed,
        });

    /// <summary>The sandbox's address, and none of the publisher's limits: the machine is measured, not its patience.</summary>
    private static SiteOptions Unhurried(Site site) => new()
    {
        BaseAddress = SandboxNetwork.BaseAddress(site),
        RequestsPerMinute = 100_000,
        Burst = 10_000,
        RequestsPerHour = 0,
        RequestsPerDay = 0,
        RowsPerHour = 0,
        BytesPerHour = 0,
        Concurrency = 8,
        TimeoutSeconds = 600,
    };
}

/// <summary>What a full day came to.</summary>
/// <param name="FeedsWithRows">Feeds that brought rows.</param>
/// <param name="Feeds">Feeds that were asked for.</param>
/// <param name="Prices">Price rows stored.</param>
/// <param name="Rows">All rows stored.</param>
/// <param name="Files">Answers archived.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Wall">Elapsed time.</param>
/// <param name="Cpu">CPU time of the process, the sandbox's included.</param>
/// <param name="PeakResidentBytes">Largest resident memory of the process; 0 where the system does not tell.</param>
/// <param name="Meter">Where the CPU time went.</param>
internal sealed record FullDayResult(
    int FeedsWithRows, int Feeds, long Prices, long Rows, long Files, long Bytes, TimeSpan Wall, TimeSpan Cpu, long PeakResidentBytes,
    FullDayMeter Meter);
