using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of FRED's consumer price indices of the United States as events of <c>cpi.series.v1</c>, with FRED's own id of the
/// series as key.</summary>
/// <remarks>Ids that begin with CPI (CPIAUCSL, CPIENGSL), and the OECD's CPALTT01US. The end of the id says how they are adjusted: SL, or a
/// number and S, seasonally (SA); NS or N not (NSA). A vintage is an event of its own, with <c>issued_at</c> in the metadata; a value that
/// FRED does not give has none.</remarks>
internal sealed class PriceIndexEvents(FeedId id, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids) : IRowEvents
{
    private readonly SeriesCells _cells = new(id, columns);
    private readonly int _schemaId = ids(EventTopics.Find(EventTopics.PriceIndexTopic));

    public EventTopic Topic { get; } = EventTopics.Find(EventTopics.PriceIndexTopic);

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var series = FredEvents.OwnId(_cells.Series(rows, row));
        var number = _cells.Value(rows, row);
        if (!IsIndex(series) || double.IsNaN(number))
        {
            return false;
        }

        var (known, _, _) = _cells.Stamps(rows, row);
        var (start, end) = (_cells.Start(rows, row), _cells.End(rows, row));
        var frequency = SeriesPeriods.Of(start, end);
        output.BeginKey(Topic, known).WriteRaw(series);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(series);
        value.OptionalText("US"u8);
        value.WriteText(frequency);
        value.WriteBytes(AdjustmentOf(series));
        SeriesPeriods.Write(value, frequency, start);
        value.WriteDouble(number);
        var unit = _cells.Unit(rows, row);
        value.WriteBytes(unit.IsEmpty ? "Index"u8 : unit);
        value.WriteBytes("FRED"u8);
        value.WriteLong(known);
        _cells.WriteMetadata(value, rows, row);
        output.End();
        return true;
    }

    private static bool IsIndex(ReadOnlySpan<byte> series) => series.StartsWith("CPI"u8) || series.StartsWith("CPALTT01US"u8);

    private static ReadOnlySpan<byte> AdjustmentOf(ReadOnlySpan<byte> series) =>
        series.EndsWith("NS"u8) || series.EndsWith("N"u8) ? "NSA"u8
        : series.EndsWith("SL"u8) || (series.EndsWith("S"u8) && char.IsAsciiDigit((char)series[^2])) ? "SA"u8
        : "UNKNOWN"u8;
}
