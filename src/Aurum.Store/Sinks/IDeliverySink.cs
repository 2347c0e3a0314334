namespace Aurum.Store.Sinks;

/// <summary>A place outside the store that follows its outbox, delivery by delivery in the order of their numbers.</summary>
/// <remarks>At least once: after a failure or a restart the same delivery may come again, so a sink keeps what it did by the delivery's
/// number or by keys of the rows.</remarks>
public interface IDeliverySink : IAsyncDisposable
{
    /// <summary>Name of its cursor in the store, its metrics and its settings: <c>kafka</c>, <c>clickhouse</c>, <c>redis</c>. It must
    /// not change once it is in use.</summary>
    string Name { get; }

    /// <summary>Whether the deliveries of a table concern it; others only move its cursor.</summary>
    /// <param name="table">Table of the store, for example <c>iso_lmp</c>.</param>
    bool Follows(string table);

    /// <summary>Takes deliveries. When it returns, all of them are safe at the other side.</summary>
    /// <param name="deliveries">One or more, in the order of their numbers. Their rows are read as the sink asks for them.</param>
    /// <param name="cancel">Ends it; the deliveries come again then.</param>
    /// <exception cref="SinkException">The other side did not take all of it. What it took comes again.</exception>
    Task Deliver(IReadOnlyList<SinkDelivery> deliveries, CancellationToken cancel);
}
