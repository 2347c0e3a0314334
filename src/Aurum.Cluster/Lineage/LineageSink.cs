using Aurum.Store.Sinks;

namespace Aurum.Cluster.Lineage;

/// <summary>Tells of every delivery of the store as a run of OpenLineage: publishers' answers, workbooks, merges of curves. A place that is
/// away holds up nothing but itself: the deliveries come again, and have the same runs.</summary>
/// <param name="sender">Tells events; disposed with the sink.</param>
/// <param name="world">Names of things.</param>
/// <param name="name">Name of its cursor.</param>
public sealed class LineageSink(LineageSender sender, LineageWorld world, string name = LineageSink.SinkName) : IDeliverySink
{
    /// <summary>Name of the cursor of file, topic and server.</summary>
    public const string SinkName = "lineage";

    /// <summary>Name of the cursor of the contract, which waits for none of these.</summary>
    public const string ContractName = "lineage-contract";

    private readonly DeliveryLineage _lineage = new(sender.Options, world);

    public string Name => name;

    public bool Follows(string table) => true;

    public async Task Deliver(IReadOnlyList<SinkDelivery> deliveries, CancellationToken cancel)
    {
        var events = deliveries.SelectMany(d => _lineage.EventsOf(
            d.Entry,
            d.Reader.DeliveryOf(d.Entry.Id),
            sender.Options.ColumnMetrics && d.Entry.New + d.Entry.Changed > 0
                ? DeliveryLineage.Measure(d, cancel)
                : new Dictionary<string, ColumnMetrics>())).ToList();
        try
        {
            await sender.Send(events, cancel);
        }
        catch (LineageException e)
        {
            throw new SinkException(e.Message, e) { MayRetry = e.MayRetry };
        }
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return ValueTask.CompletedTask;
    }
}
