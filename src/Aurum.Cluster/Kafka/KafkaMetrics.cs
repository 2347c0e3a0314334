using System.Diagnostics.Metrics;

namespace Aurum.Cluster.Kafka;

/// <summary>What producers and consumers tell on <c>/metrics</c>, read when somebody scrapes: names begin with
/// <c>aurum_kafka_</c>.</summary>
public sealed class KafkaMetrics : IDisposable
{
    private readonly Meter _meter = new("Aurum");
    private readonly Lock _turn = new();
    private readonly List<(string Name, KafkaProducer Producer)> _producers = [];
    private readonly List<KafkaConsumer> _consumers = [];

    /// <summary>What consumers that are gone had counted, by group: a counter does not fall because a member began again.</summary>
    private readonly Dictionary<string, Counted> _gone = new(StringComparer.Ordinal);

    public KafkaMetrics()
    {
        Producers("aurum.kafka.produced", "{message}", "Messages that brokers acknowledged", static f => f.Acknowledged);
        Producers("aurum.kafka.produced.size", "By", "Keys and values that were sent, before compression", static f => f.SentBytes);
        Producers("aurum.kafka.produce.failures", "{message}", "Messages that were not acknowledged", static f => f.Failed);
        Producers("aurum.kafka.produce.full.waits", "{wait}", "Times that a sender waited for room", static f => f.FullWaits);
        _meter.CreateObservableGauge(
            "aurum.kafka.produce.waiting", () => OfProducers(static f => f.WaitingMessages), "{message}", "Messages without an answer yet");
        _meter.CreateObservableCounter(
            "aurum.kafka.consumed", () => Totals(static c => c.Messages), "{message}", "Messages that were handed over");
        _meter.CreateObservableCounter(
            "aurum.kafka.consumed.size", () => Totals(static c => c.Bytes), "By", "Their keys and values");
        _meter.CreateObservableCounter(
            "aurum.kafka.rebalances", () => Totals(static c => c.Rebalances), "{rebalance}", "Times that partitions came or went");
        _meter.CreateObservableGauge(
            "aurum.kafka.partitions", () => OfConsumers(static s => s.Partitions), "{partition}", "Partitions of this member");
        _meter.CreateObservableGauge(
            "aurum.kafka.paused", () => OfConsumers(static s => s.IsPaused ? 1 : 0), "1", "1 while reading waits for readers, else 0");
        _meter.CreateObservableGauge(
            "aurum.kafka.consumer.lag", Lags, "{message}", "Messages of a partition that were not handed over yet");
    }

    /// <summary>Tells of a producer from now on.</summary>
    /// <param name="name">What it is for, for the label <c>producer</c>.</param>
    /// <param name="producer">Producer.</param>
    public void Watch(string name, KafkaProducer producer)
    {
        lock (_turn)
        {
            _producers.Add((name, producer));
        }
    }

    /// <summary>Tells of a consumer until what this gives is disposed of: before the consumer is.</summary>
    public IDisposable Watch(KafkaConsumer consumer)
    {
        lock (_turn)
        {
            _consumers.Add(consumer);
        }

        return new Watched(this, consumer);
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);

    private void Producers(string name, string unit, string what, Func<ProducerFigures, long> read) =>
        _meter.CreateObservableCounter(name, () => OfProducers(read), unit, what);

    private List<Measurement<long>> OfProducers(Func<ProducerFigures, long> read)
    {
        lock (_turn)
        {
            return [.. _producers.Select(p => new Measurement<long>(read(p.Producer.Figures), Tag("producer", p.Name)))];
        }
    }

    private void Forget(KafkaConsumer consumer)
    {
        lock (_turn)
        {
            if (_consumers.Remove(consumer))
            {
                var group = consumer.Subscription.Group;
                _gone[group] = _gone.GetValueOrDefault(group).Plus(consumer.Standing);
            }
        }
    }

    private List<Measurement<long>> OfConsumers(Func<ConsumerStanding, long> read)
    {
        lock (_turn)
        {
            return
            [
                .. _consumers.GroupBy(static c => c.Subscription.Group, c => read(c.Standing))
                    .Select(static group => new Measurement<long>(group.Sum(), Tag("group", group.Key))),
            ];
        }
    }

    private List<Measurement<long>> Totals(Func<Counted, long> read)
    {
        lock (_turn)
        {
            var totals = new Dictionary<string, Counted>(_gone, StringComparer.Ordinal);
            foreach (var consumer in _consumers)
            {
                var group = consumer.Subscription.Group;
                totals[group] = totals.GetValueOrDefault(group).Plus(consumer.Standing);
            }

            return [.. totals.Select(t => new Measurement<long>(read(t.Value), Tag("group", t.Key)))];
        }
    }

    private List<Measurement<long>> Lags()
    {
        lock (_turn)
        {
            return
            [
                .. from consumer in _consumers
                from lag in consumer.Lags
                select new Measurement<long>(
                    lag.Messages, Tag("group", consumer.Subscription.Group), Tag("topic", lag.Partition.Topic),
                    Tag("partition", lag.Partition.Number)),
            ];
        }
    }

    private readonly record struct Counted(long Messages, long Bytes, long Rebalances)
    {
        public Counted Plus(ConsumerStanding standing) => new(
            Messages + standing.Messages, Bytes + standing.Bytes, Rebalances + standing.Rebalances);
    }

    private sealed class Watched(KafkaMetrics metrics, KafkaConsumer consumer) : IDisposable
    {
        public void Dispose() => metrics.Forget(consumer);
    }
}
