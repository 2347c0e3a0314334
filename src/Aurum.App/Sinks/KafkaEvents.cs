using Aurum.App.Configuration;
using Aurum.Cluster;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Outbox;
using Aurum.Cluster.Registry;
using Aurum.Store.Sinks;

namespace Aurum.App.Sinks;

/// <summary>Deliveries as events of the contracts, with the ids that the registry gives to their schemas.</summary>
internal sealed class KafkaEvents : IDeliveryEvents
{
    /// <summary>Media type of values: Avro with the number of its schema before it.</summary>
    public const string Avro = "application/vnd.confluent.avro";

    private readonly RegistryClient _registry;
    private readonly EventSchemaBook _schemas;
    private readonly DeliveryEvents _events;

    private KafkaEvents(RegistryOptions options, KafkaOptions kafka, Random jitter, TimeProvider time)
    {
        _registry = new RegistryClient(options, jitter, time);
        _schemas = new EventSchemaBook(_registry, options);
        _events = new DeliveryEvents(_schemas.IdOf, topicOf: kafka.TopicOf);
    }

    public string ContentType => Avro;

    /// <summary>The sink of the settings.</summary>
    /// <exception cref="OptionsException">No registry is configured.</exception>
    public static IDeliverySink Sink(AurumOptions options, KafkaOptions kafka, TimeProvider time)
    {
        var registry = options.Registry ?? throw new OptionsException(
            "Kafka:Deliveries: expected a schema registry, which numbers the schemas of events; set Registry:Url or SCHEMA_REGISTRY_URL");
        return new KafkaSink(
            kafka, new KafkaEvents(registry, kafka, Chance.New(), time), new KafkaProducer(kafka, time));
    }

    public bool Follows(string table) => DeliveryEvents.Follows(table);

    /// <summary>Schemas of all contracts: where they are not registered here, the registry must know each.</summary>
    public async Task Prepare(CancellationToken cancel)
    {
        try
        {
            await _schemas.Prepare(EventTopics.All, cancel);
        }
        catch (RegistryException e)
        {
            throw new SinkException(e.Message, e) { MayRetry = e.IsDown };
        }
    }

    public long Write(SinkDelivery delivery, EventTaker take, CancellationToken cancel)
    {
        var before = _events.RowsWithoutEvent;
        foreach (var batch in _events.Of(delivery, cancel))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                take(batch.Topic(i).Name, batch.Key(i).Span, batch.Value(i).Span, batch.TimestampMicros(i));
            }
        }

        return _events.RowsWithoutEvent - before;
    }

    public void Dispose()
    {
        _events.Dispose();
        _registry.Dispose();
    }
}
