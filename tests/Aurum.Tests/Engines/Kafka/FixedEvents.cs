using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka.Outbox;
using Aurum.Store.Sinks;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>Events of the contracts whose schemas all have the number 1.</summary>
internal sealed class FixedEvents : IDeliveryEvents
{
    private readonly DeliveryEvents _events = new(static _ => 1);

    public string ContentType => "application/vnd.confluent.avro";

    public bool Follows(string table) => DeliveryEvents.Follows(table);

    public Task Prepare(CancellationToken cancel) => Task.CompletedTask;

    public long Write(SinkDelivery delivery, EventTaker take, CancellationToken cancel)
    {
        foreach (var batch in _events.Of(delivery, cancel))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                take(batch.Topic(i).Name, batch.Key(i).Span, batch.Value(i).Span, batch.TimestampMicros(i));
            }
        }

        return _events.RowsWithoutEvent;
    }

    public void Dispose() => _events.Dispose();
}
