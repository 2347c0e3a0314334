using Aurum.App.Api.Slices;
using Aurum.App.Caching;
using Aurum.App.Curves;
using Aurum.App.Ingest;
using Aurum.App.LakeFs;
using Aurum.App.Running;
using Aurum.App.Scenarios;
using Aurum.App.Sinks;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.ClickHouse.Operations;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Cache;
using Aurum.Cluster.Redis.Prices;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using NodaTime;

namespace Aurum.App.Api;

/// <summary>What the API works with; the composition makes it. The host disposes none of it.</summary>
public sealed record ApiServices
{
    /// <summary>The feeds to tell of, in the order of the catalog.</summary>
    public required IReadOnlyList<Feed> Feeds { get; init; }

    /// <summary>The feeds that are collected into the store; null: all.</summary>
    public IReadOnlySet<FeedId>? Collected { get; init; }

    public required AurumStore Store { get; init; }

    public required AurumMetrics Metrics { get; init; }

    /// <summary>The clock: virtual in the sandbox, the machine's otherwise. The same one that stamps what the store
    /// knows.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Takes and runs backfills; null where this process can't fetch.</summary>
    internal BackfillDesk? Backfill { get; init; }

    /// <summary>The publishers' sites with their limits and breakers; null where this process has none.</summary>
    internal SiteDirectory? Sites { get; init; }

    /// <summary>Takes vendors' workbooks; null where this process only serves.</summary>
    internal CurveFlow? Curves { get; init; }

    /// <summary>Real-time prices, opened when they are first asked for; null where this process has none.</summary>
    internal Lazy<ITickPlane>? Ticks { get; init; }

    /// <summary>Hands messages to Kafka where workers fill the store; null where this process knows of no Kafka.</summary>
    internal TickPublisher? Publisher { get; init; }

    /// <summary>Tenants' scenarios and their runs; null where this process does not work on them.</summary>
    internal ScenarioDesk? Scenarios { get; init; }

    /// <summary>Writes files of curves; null: to the data directory alone.</summary>
    internal CurveExport? Exports { get; init; }

    /// <summary>Answers lakeFS; null where it is not configured.</summary>
    internal LakeFsHook? LakeFs { get; init; }

    /// <summary>How far the lake is behind, by table; null where this process does not write it.</summary>
    internal Func<IReadOnlyList<(LakeName Table, LakeLag Lag)>>? LakeLags { get; init; }

    /// <summary>Where the places stand that follow the store; null where this process hands nothing over.</summary>
    internal Func<IReadOnlyList<SinkStanding>>? Sinks { get; init; }

    /// <summary>Takes logs and measurements of requests; null where nobody wants them.</summary>
    internal OperationsWriter? Operations { get; init; }

    /// <summary>Where answers are kept; null: in this process' memory.</summary>
    internal IHotCache? Cache { get; init; }

    /// <summary>Latest prices in Redis; null where there is none.</summary>
    internal RedisLatest? HotPrices { get; init; }

    /// <summary>Where servers count their clients' requests together; null: each for itself.</summary>
    internal RedisLimits? SharedLimits { get; init; }

    /// <summary>News of other processes; null where there are none to hear of.</summary>
    internal Func<CancellationToken, IAsyncEnumerable<RedisMessage>>? Updates { get; init; }

    /// <summary>How long another process is waited for that makes an answer.</summary>
    internal TimeSpan CacheWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Seconds that each class of answers is kept.</summary>
    internal Func<SliceClass, int> CacheSeconds { get; init; } = Api.Slices.Slices.UsualSeconds;

    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());
}
