using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Aurum.Cluster.Redis;

/// <summary>What Redis and the cache in it tell on <c>/metrics</c>: names begin with <c>aurum_redis_</c>.</summary>
public sealed class RedisMetrics : IDisposable
{
    private readonly Meter _meter = new("Aurum");
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _faults;
    private readonly Counter<long> _losses;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _seconds;
    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);

    public RedisMetrics()
    {
        _lookups = _meter.CreateCounter<long>(
            "aurum.redis.lookups", "{lookup}", "Looks for a kept value, by kind and result: hit, miss, error");
        _faults = _meter.CreateCounter<long>("aurum.redis.errors", "{error}", "Commands that failed, by operation and fault");
        _losses = _meter.CreateCounter<long>(
            "aurum.redis.connection.losses", "{connection}", "Connections that were lost or could not be made, by fault");
        _updates = _meter.CreateCounter<long>("aurum.redis.updates", "{update}", "Values written, by kind");
        _messages = _meter.CreateCounter<long>(
            "aurum.redis.messages", "{message}", "Messages of channels, by direction: sent, received, dropped");
        _seconds = _meter.CreateHistogram<double>(
            "aurum.redis.operation.duration", "s", "Time from a command, or a batch, to its reply, by operation");
    }

    /// <summary>A value was looked for.</summary>
    /// <param name="kind">Kind of value: slice, price, curve.</param>
    /// <param name="result">hit, miss or error.</param>
    public void Looked(string kind, string result) => _lookups.Add(1, Tag("kind", kind), Tag("result", result));

    public void Failed(string operation, RedisFault fault) =>
        _faults.Add(1, Tag("operation", operation), Tag("fault", fault.ToString()));

    public void Lost(RedisFault fault) => _losses.Add(1, Tag("fault", fault.ToString()));

    public void Updated(string kind, long count)
    {
        _updates.Add(count, Tag("kind", kind));
        _written.AddOrUpdate(kind, static (_, more) => more, static (_, had, more) => had + more, count);
    }

    /// <summary>Values of a kind that were written so far.</summary>
    public long Written(string kind) => _written.GetValueOrDefault(kind);

    public void Messages(string direction, long count) => _messages.Add(count, Tag("direction", direction));

    public void Took(string operation, TimeSpan time) => _seconds.Record(time.TotalSeconds, Tag("operation", operation));

    /// <summary>Tells how many commands wait and whether there is a connection.</summary>
    public void Watch(RedisClient client)
    {
        _meter.CreateObservableGauge("aurum.redis.pending", () => client.Pending, "{command}", "Commands that wait for replies");
        _meter.CreateObservableGauge(
            "aurum.redis.connected", () => client.IsConnected ? 1 : 0, "1", "1 where there is a connection, else 0");
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
