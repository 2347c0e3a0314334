using Aurum.App.Configuration;
using Aurum.App.Sinks;
using Aurum.Cluster;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.Registry;
using NodaTime;

namespace Aurum.App.Lineage;

/// <summary>Sends events of OpenLineage by the contract <c>data.lineage.v1</c>: to the topic of all of them, in the order in which they
/// are told. Registry and brokers are asked when the first one goes out.</summary>
internal sealed class LineageContract : IDisposable
{
    private readonly string _space;
    private readonly KafkaOptions _kafka;
    private readonly RegistryClient _registry;
    private readonly EventSchemaBook _schemas;
    private readonly LateProducer _producer;

    /// <param name="options">Settings with a section Lineage.</param>
    /// <param name="time">The clock of waits.</param>
    /// <exception cref="OptionsException">Kafka or the registry is not configured.</exception>
    public LineageContract(AurumOptions options, TimeProvider time)
    {
        if (options is not { Kafka: { } kafka, Registry: { } registry })
        {
            throw new OptionsException("Lineage:Contract: expected the sections Kafka and Registry with it; set "
                + "Kafka:BootstrapServers (KAFKA_BOOTSTRAP_SERVERS) and Registry:Url (SCHEMA_REGISTRY_URL)");
        }

        (_space, _kafka) = (options.Lineage!.Namespace, kafka);
        _registry = new RegistryClient(registry, Chance.New(), time);
        _schemas = new EventSchemaBook(_registry, registry);
        _producer = new LateProducer(kafka, time);
    }

    /// <summary>Sends events together; returns once brokers have all of them.</summary>
    /// <exception cref="LineageException">Not all were taken; those that were come again.</exception>
    public async Task Send(IReadOnlyList<(LineageEvent Event, byte[] Json)> told, CancellationToken cancel)
    {
        try
        {
            await _schemas.Prepare([LineageEvents.Topic], cancel);
            using var events = new EventBatch();
            foreach (var (lineage, json) in told)
            {
                LineageEvents.Write(lineage, _space, json, _schemas.IdOf, events);
            }

            var batch = _producer.Value.Begin();
            for (var i = 0; i < events.Count; i++)
            {
                batch.Send(
                    new OutgoingMessage(_kafka.TopicOf(events.Topic(i).Name), events.Key(i).Span, events.Value(i).Span)
                    {
                        At = Instant.FromUnixTimeTicks(events.TimestampMicros(i) * 10),
                        Headers = new KafkaHeaders().With(KafkaHeaders.ContentType, KafkaEvents.Avro),
                    },
                    cancel);
            }

            await batch.Complete(TimeSpan.FromSeconds(_kafka.DeliverySeconds + _kafka.RequestSeconds), cancel);
        }
        catch (RegistryException e)
        {
            throw new LineageException(e.Message, e.IsDown, e);
        }
        catch (BrokerException e)
        {
            throw new LineageException($"Kafka at {_kafka.BootstrapServers}: {e.Message}", e.IsRetryable, e);
        }
    }

    public void Dispose()
    {
        _producer.Dispose();
        _registry.Dispose();
    }
}
