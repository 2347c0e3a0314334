using Aurum.Market.Feeds;
using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of EIA feeds as events of <c>eia.series.v1</c>, with the series as key, in the topic of the dataset where there is
/// one.</summary>
/// <remarks>The frequency is what the length of the period says. <c>period</c> is its start as EIA writes periods: 2025, 2025-Q3, 2025-09,
/// 2025-09-17, 2025-09-17T05.</remarks>
internal sealed class EiaEvents(FeedId id, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids) : IRowEvents
{
    private static readonly Dictionary<string, string> Datasets = new(StringComparer.Ordinal)
    {
        ["eia/retail-sales"] = "aurum.ref.eia.electric.retail.sales.v1",
        ["eia/natural-gas-storage"] = "aurum.ref.eia.ng.storage.v1",
        ["eia/bulk-grid"] = "aurum.ref.eia.bulk.eba.v1",
        ["eia/fuel-type-data"] = "aurum.ref.eia.fuelmix.v1",
        ["eia/region-data"] = "aurum.ref.eia.iso.load.hourly.v1",
    };

    private readonly SeriesCells _cells = new(id, columns);
    private readonly int _schemaId = ids(TopicOf(id));

    public EventTopic Topic { get; } = TopicOf(id);

    public static EventTopic TopicOf(FeedId feed) => EventTopics.Find(Datasets.GetValueOrDefault(feed.Text, EventTopics.EiaTopic));

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var (known, _, _) = _cells.Stamps(rows, row);
        var series = _cells.Series(rows, row);
        var (start, end) = (_cells.Start(rows, row), _cells.End(rows, row));
        var frequency = SeriesPeriods.Of(start, end);
        output.BeginKey(Topic, known).WriteRaw(series);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(series);
        SeriesPeriods.Write(value, frequency, start);
        value.OptionalLong(start);
        value.OptionalLong(end);
        value.WriteLong(Topic.Contract.SymbolIndex("frequency", frequency));
        value.OptionalNumber(_cells.Value(rows, row));
        value.Null();
        value.OptionalText(_cells.Unit(rows, row));
        WriteCanonical(value, _cells.CanonicalOf(rows, row), _cells.Value(rows, row));
        WriteNulls(value, 4);
        value.OptionalText("EIA");
        value.OptionalText(_cells.Feed);
        _cells.WriteMetadata(value, rows, row);
        value.WriteLong(known);
        output.End();
        return true;
    }

    /// <summary>Unit, currency, value and factor.</summary>
    private static void WriteCanonical(AvroBuffer value, Canonical? unit, double number)
    {
        value.OptionalText(unit?.Code);
        value.Null();
        value.OptionalNumber(number * (unit?.Factor ?? double.NaN));
        value.OptionalNumber(unit?.Factor ?? double.NaN);
    }

    private static void WriteNulls(AvroBuffer value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            value.Null();
        }
    }
}
