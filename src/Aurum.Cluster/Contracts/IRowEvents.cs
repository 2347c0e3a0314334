using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Makes events of the stored rows of one feed: one row, one event. Pure.</summary>
public interface IRowEvents
{
    /// <summary>Where the events go.</summary>
    EventTopic Topic { get; }

    /// <summary>Adds the event of a row. Allocates nothing per row.</summary>
    /// <param name="rows">Reader of a delivery's rows, or of a query's with the same columns.</param>
    /// <param name="row">Row of the current chunk.</param>
    /// <param name="output">Takes the event.</param>
    /// <returns>False where the row has none: a number that the contract demands is unknown.</returns>
    bool Write(RowReader rows, int row, EventBatch output);
}
