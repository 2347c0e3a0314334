using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of ECB's reference rates as events of <c>fx.rate.v1</c>, with the pair of currencies as key.</summary>
/// <remarks>A series <c>EUR/USD</c> is dollars for one euro. A day without a rate has no event.</remarks>
internal sealed class RateEvents(FeedId id, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids) : IRowEvents
{
    private readonly SeriesCells _cells = new(id, columns);
    private readonly int _schemaId = ids(EventTopics.Find(EventTopics.RateTopic));

    public EventTopic Topic { get; } = EventTopics.Find(EventTopics.RateTopic);

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var rate = _cells.Value(rows, row);
        var pair = _cells.Series(rows, row);
        var between = pair.IndexOf((byte)'/');
        if (double.IsNaN(rate) || between <= 0)
        {
            return false;
        }

        var (known, _, _) = _cells.Stamps(rows, row);
        var key = output.BeginKey(Topic, known);
        key.WriteRaw(pair[..between]);
        key.WriteByte((byte)'|');
        key.WriteRaw(pair[(between + 1)..]);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(pair[..between]);
        value.WriteBytes(pair[(between + 1)..]);
        value.WriteDouble(rate);
        value.WriteBytes("ECB"u8);
        value.WriteLong(EventCells.UtcDay(_cells.Start(rows, row)));
        value.WriteLong(known);
        _cells.WriteMetadata(value, rows, row);
        output.End();
        return true;
    }
}
