using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of <c>timeseries_observation</c> as events of <c>ExtTimeseriesObsV1</c>, with provider and series as key.</summary>
/// <remarks>The as-of date is the day of the issue, else the day that the value was known; UTC. The texts of market operators are those of
/// the feed.</remarks>
internal sealed class ObservationEvents(FeedId id, Feed? feed, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids) : IRowEvents
{
    private readonly SeriesCells _cells = new(id, columns);
    private readonly int _schemaId = ids(EventTopics.Find(EventTopics.ObservationTopic));
    private readonly IsoContract? _iso = feed?.Contract;

    public EventTopic Topic { get; } = EventTopics.Find(EventTopics.ObservationTopic);

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var (known, _, file) = _cells.Stamps(rows, row);
        var series = _cells.Series(rows, row);
        var key = output.BeginKey(Topic, known);
        key.WriteRaw(_cells.Provider);
        key.WriteByte((byte)'|');
        key.WriteRaw(series);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(_cells.Provider);
        value.WriteBytes(series);
        value.WriteLong(_cells.Start(rows, row));
        value.WriteLong(EventCells.UtcDay(_cells.Issued(rows, row) ?? known));
        value.OptionalNumber(_cells.Value(rows, row));
        value.Null();
        value.OptionalText(_cells.UnitCode(rows, row));
        value.Null();
        value.Null();
        value.Null();
        value.Null();
        value.OptionalText(_cells.Flags(rows, row));
        value.WriteLong(known);
        value.OptionalDigits(file);
        value.OptionalText(_iso?.IsoCode);
        value.OptionalText(_iso?.MarketText);
        value.OptionalText(_iso?.ProductText);
        value.Null();
        value.Null();
        value.Null();
        value.OptionalText(_iso?.IsoTimezone);
        value.OptionalLong(_iso?.IsoIntervalMinutes);
        value.OptionalText(_iso?.IsoUnit);
        value.OptionalText(_iso?.IsoSubject);
        value.OptionalText(_iso?.IsoCurveRole);
        _cells.WriteMetadata(value, rows, row);
        output.End();
        return true;
    }
}
