using Aurum.App.Configuration;
using Aurum.App.Lineage;
using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.Kafka.Outbox;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.Redis;
using Aurum.Store.Sinks;

namespace Aurum.App.Sinks;

/// <summary>The places that follow the store, written out: one entry an engine, none unless it is configured.</summary>
internal static class ConfiguredSinks
{
    /// <param name="options">Settings.</param>
    /// <param name="time">Clock of waits.</param>
    public static IReadOnlyList<ConfiguredSink> Of(AurumOptions options, TimeProvider time)
    {
        List<ConfiguredSink> sinks = [];
        if (options.ClickHouse is { Deliveries: true } clickHouse)
        {
            sinks.Add(new(ClickHouseSink.SinkName, () => new ClickHouseSink(clickHouse, time, Chance.New())));
        }

        if (options.Redis is { } redis)
        {
            sinks.Add(new(
                RedisSink.SinkName, () => new RedisSink(new RedisClient(redis, time, Chance.New()))));
        }

        if (options.Kafka is { Deliveries: true } kafka)
        {
            sinks.Add(new(KafkaSink.SinkName, () => KafkaEvents.Sink(options, kafka, time)));
        }

        if (options.Lineage is { } lineage)
        {
            (string Name, bool IsContract)[] names = [(LineageSink.SinkName, false), (LineageSink.ContractName, true)];
            sinks.AddRange(names.Where(n => n.IsContract ? lineage.Contract : lineage.HasPlaces).Select(n => new ConfiguredSink(
                n.Name,
                () => new LineageSink(LineageSenders.Open(options, n.IsContract, time), LineagePlaces.Of(options), n.Name))));
        }

        return sinks;
    }
}

/// <summary>A place that the settings name.</summary>
/// <param name="Name">What <see cref="IDeliverySink.Name"/> will be.</param>
/// <param name="Open">Opens it; nothing is asked of the other side before the first delivery.</param>
internal sealed record ConfiguredSink(string Name, Func<IDeliverySink> Open);
