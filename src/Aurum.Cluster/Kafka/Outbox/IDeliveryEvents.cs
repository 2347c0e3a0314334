using Aurum.Store.Sinks;

namespace Aurum.Cluster.Kafka.Outbox;

/// <summary>Makes events of deliveries: the wall between what is sent and how it is written. The same delivery gives the same events in
/// the same order whenever it is asked for.</summary>
public interface IDeliveryEvents : IDisposable
{
    /// <summary>Media type of values.</summary>
    string ContentType { get; }

    /// <summary>Whether deliveries of a table have events.</summary>
    bool Follows(string table);

    /// <summary>Gets ready for deliveries: asks for what the events need of the world.</summary>
    Task Prepare(CancellationToken cancel);

    /// <summary>Writes the events of a delivery.</summary>
    /// <returns>Rows that have no event, because they lack what their contract demands.</returns>
    long Write(SinkDelivery delivery, EventTaker take, CancellationToken cancel);
}

/// <summary>Takes an event; the spans are the writer's.</summary>
/// <param name="topic">Topic without environment.</param>
/// <param name="key">Key; empty: none.</param>
/// <param name="value">Value.</param>
/// <param name="knownAtMicros">When it was known, microseconds since 1970 UTC.</param>
public delegate void EventTaker(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long knownAtMicros);
