using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of FRED feeds as events of <c>fred.series.v1</c>, with FRED's own id of the series as key.</summary>
/// <remarks>The frequency is what the length of the period says, the date its first day in UTC.</remarks>
internal sealed class FredEvents(FeedId id, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids) : IRowEvents
{
    private readonly SeriesCells _cells = new(id, columns);
    private readonly int _schemaId = ids(EventTopics.Find(EventTopics.FredTopic));

    public EventTopic Topic { get; } = EventTopics.Find(EventTopics.FredTopic);

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var (known, _, _) = _cells.Stamps(rows, row);
        var series = OwnId(_cells.Series(rows, row));
        var (start, end) = (_cells.Start(rows, row), _cells.End(rows, row));
        output.BeginKey(Topic, known).WriteRaw(series);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(series);
        value.WriteLong(EventCells.UtcDay(start));
        value.WriteLong(Topic.Contract.SymbolIndex("frequency", SeriesPeriods.Of(start, end), "UNKNOWN"));
        value.Null();
        value.OptionalNumber(_cells.Value(rows, row));
        value.Null();
        value.OptionalText(_cells.Unit(rows, row));
        value.Null();
        value.Null();
        _cells.WriteMetadata(value, rows, row);
        value.WriteLong(known);
        output.End();
        return true;
    }

    /// <summary>FRED's id of a series.</summary>
    public static ReadOnlySpan<byte> OwnId(ReadOnlySpan<byte> series) =>
        series.StartsWith("series/"u8) ? series["series/"u8.Length..] : series;
}
