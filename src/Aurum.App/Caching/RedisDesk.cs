using Aurum.App.Api.Slices;
using Aurum.App.Ticks;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Cache;
using Aurum.Cluster.Redis.Prices;

namespace Aurum.App.Caching;

/// <summary>Redis as a serving process uses it: answers, latest prices, news. Nothing here is asked of Redis before somebody needs
/// it.</summary>
internal sealed class RedisDesk : IAsyncDisposable
{
    private readonly RedisOptions _options;
    private readonly RedisClient _client;
    private readonly RedisSubscriber _subscriber;
    private readonly RedisMetrics _metrics = new();
    private readonly TimeProvider _time;

    /// <param name="options">Where Redis is.</param>
    /// <param name="memoryMiB">Memory for answers that were asked for here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="chance">For the jitter of waits.</param>
    /// <param name="tell">Told when Redis goes and comes back.</param>
    public RedisDesk(RedisOptions options, int memoryMiB, TimeProvider time, Random chance, Action<string> tell)
    {
        (_options, _time) = (options, time);
        _client = new RedisClient(options, time, new Random(chance.Next()), _metrics, tell);
        _metrics.Watch(_client);
        _subscriber = new RedisSubscriber(
            options, [new RedisKeys(options.Namespace).AllUpdates], time, new Random(chance.Next()), _metrics);
        Cache = new RedisHotCache(
            new MemoryHotCache((long)Math.Max(1, memoryMiB) << 20, time), new RedisCache(_client, time, _metrics));
        Latest = new RedisLatest(_client, time, _metrics);
        Limits = options.SharedRateLimits ? new RedisLimits(_client, _metrics) : null;
    }

    public IHotCache Cache { get; }

    /// <summary>Latest prices, for servers whose ticks others take in.</summary>
    public RedisLatest Latest { get; }

    /// <summary>Where requests of clients are counted for all servers; null where the settings do not say so.</summary>
    public RedisLimits? Limits { get; }

    public TimeSpan Wait => TimeSpan.FromMilliseconds(_options.LockMs);

    /// <summary>Kinds of values that are written: latest prices, points of curves, answers.</summary>
    public const string Prices = "price", Points = "curve", Answers = "slice";

    /// <summary>Values of a kind that were written so far.</summary>
    public long Written(string kind) => _metrics.Written(kind);

    /// <summary>Seconds that a class of answers is kept.</summary>
    public int Seconds(SliceClass kind) => kind switch
    {
        SliceClass.HighFrequency => _options.HighFrequencySeconds,
        SliceClass.Medium => _options.MediumSeconds,
        SliceClass.Low => _options.LowSeconds,
        _ => _options.StaticSeconds,
    };

    /// <summary>News of all processes. One reader.</summary>
    public IAsyncEnumerable<RedisMessage> Updates(CancellationToken cancel) => _subscriber.Read(cancel);

    /// <summary>Sends latest prices as they are acknowledged, until cancelled.</summary>
    public async Task FollowPrices(ITickPlane ticks, CancellationToken cancel)
    {
        using var prices = new RedisPrices(_client, _time, _metrics);
        await new PriceFollower(ticks, _client, prices, _time, Latest).Run(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _subscriber.DisposeAsync();
        await _client.DisposeAsync();
        _metrics.Dispose();
    }
}
