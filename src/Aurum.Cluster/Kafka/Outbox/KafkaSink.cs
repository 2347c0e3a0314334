using System.Diagnostics;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.Cluster.Kafka.Outbox;

/// <summary>Sends what deliveries brought to Kafka: every new or changed row as an event of its topic, what was held back or could not be
/// read to the topics of errors, and the delivery itself.</summary>
/// <remarks>At least once. Each event has the headers <c>aurum-delivery</c> and <c>aurum-row</c>, which name it for good: a delivery that
/// comes again has the same, and a reader that keys by them has every event once. Events of a key stay in the order of
/// deliveries.</remarks>
public sealed class KafkaSink : IDeliverySink
{
    private readonly KafkaOptions _options;
    private readonly IDeliveryEvents _events;
    private readonly KafkaProducer _producer;
    private readonly KafkaMetrics _metrics = new();

    /// <param name="options">Checked options.</param>
    /// <param name="events">Makes the events; disposed with the sink.</param>
    /// <param name="producer">Sends; disposed with the sink.</param>
    public KafkaSink(KafkaOptions options, IDeliveryEvents events, KafkaProducer producer)
    {
        (_options, _events, _producer) = (options, events, producer);
        _metrics.Watch("deliveries", producer);
    }

    /// <summary>Name of the cursor in the store.</summary>
    public const string SinkName = "kafka";

    public string Name => SinkName;

    public bool Follows(string table) => _events.Follows(table);

    public async Task Deliver(IReadOnlyList<SinkDelivery> deliveries, CancellationToken cancel)
    {
        try
        {
            await _events.Prepare(cancel);
            var batch = _producer.Begin();
            foreach (var delivery in deliveries)
            {
                Send(batch, delivery, cancel);
            }

            await batch.Complete(TimeSpan.FromSeconds(_options.DeliverySeconds + _options.RequestSeconds), cancel);
        }
        catch (BrokerException e)
        {
            throw new SinkException($"Kafka at {_options.BootstrapServers}: {e.Message}", e) { MayRetry = e.IsRetryable };
        }
    }

    public ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        _producer.Dispose();
        _events.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Send(SendBatch batch, SinkDelivery delivery, CancellationToken cancel)
    {
        var row = 0L;
        var headers = Headers(delivery);
        _events.Write(
            delivery,
            (topic, key, value, knownAtMicros) => batch.Send(
                new OutgoingMessage(_options.TopicOf(topic), key, value)
                {
                    At = Instant.FromUnixTimeTicks(knownAtMicros * 10),
                    Headers = headers.Copy().With(KafkaHeaders.Row, row++),
                },
                cancel),
            cancel);
    }

    private KafkaHeaders Headers(SinkDelivery delivery) => KafkaHeaders.OfTrace(Activity.Current)
        .With(KafkaHeaders.ContentType, _events.ContentType)
        .With(KafkaHeaders.Feed, delivery.Entry.Feed.Text)
        .With(KafkaHeaders.Delivery, delivery.Entry.Id);
}
