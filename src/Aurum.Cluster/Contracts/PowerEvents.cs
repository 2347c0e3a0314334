using Aurum.Market.Feeds;
using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of <c>iso_load</c> as events of <c>iso.load.v1</c>, and of <c>iso_genmix</c> as events of <c>iso.genmix.v1</c>, with the
/// area as key.</summary>
/// <remarks>The contracts have no field for what tells forecasts apart: kind of place, product (LOAD or LOAD_FORECAST, ...), market and
/// the instant of the issue are in the metadata; of generation, whose contract has neither area nor end, those too. A row without a number
/// has no event.</remarks>
internal sealed class PowerEvents : IRowEvents
{
    private readonly IsoFacts _facts;
    private readonly int _schemaId;
    private readonly int _iso;
    private readonly bool _isGeneration;
    private readonly byte[] _product;
    private readonly (int Id, int Type, int Fuel, int Start, int End, int Issued, int Mw) _at;
    private readonly RowStamps _stamps;

    public PowerEvents(Feed feed, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids)
    {
        _facts = new IsoFacts(feed);
        _isGeneration = feed.TableName == RowEvents.Generation;
        Topic = EventTopics.Find($"aurum.iso.{_facts.IsoLower}.{(_isGeneration ? "genmix" : "load")}.v1");
        _schemaId = ids(Topic);
        _iso = Topic.Contract.SymbolIndex("iso_code", _facts.Contract.IsoCode, "UNKNOWN");
        _product = System.Text.Encoding.UTF8.GetBytes(_facts.Contract.ProductText);
        var at = new RowColumns(columns);
        _at = (at["location_id"], at["location_type"], _isGeneration ? at["fuel_type"] : -1, at["interval_start_utc"],
            at["interval_end_utc"], at["issued_at_utc"], at["mw"]);
        _stamps = new RowStamps(at);
    }

    public EventTopic Topic { get; }

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var mw = rows.NumberOrNaN(_at.Mw, row);
        if (double.IsNaN(mw))
        {
            return false;
        }

        var area = rows.Text(_at.Id, row);
        var start = rows.InstantMicros(_at.Start, row);
        var end = rows.InstantMicros(_at.End, row);
        var (known, revision, _) = _stamps.Of(rows, row);
        output.BeginKey(Topic, known).WriteRaw(area);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteLong(_iso);
        if (_isGeneration)
        {
            value.WriteLong(start);
            value.WriteBytes(rows.Text(_at.Fuel, row));
            value.WriteDouble(mw);
            value.WriteBytes("MW"u8);
        }
        else
        {
            value.OptionalText(area);
            value.WriteLong(start);
            value.OptionalLong(end);
            value.OptionalLong((end - start) / EventCells.MicrosPerMinute);
            value.WriteDouble(mw);
        }

        value.WriteLong(known);
        WriteMetadata(value, rows, row, revision, area, end);
        output.End();
        return true;
    }

    private void WriteMetadata(
        AvroBuffer value, RowReader rows, int row, long revision, ReadOnlySpan<byte> area, long end)
    {
        var issued = rows.IsNull(_at.Issued, row) ? (long?)null : rows.InstantMicros(_at.Issued, row);
        _facts.WriteMetadataHead(value, revision, 3 + (issued is null ? 0 : 1) + (_isGeneration ? 2 : 0));
        value.WriteBytes("market"u8);
        value.WriteBytes(_facts.MarketUtf8);
        value.WriteBytes("product"u8);
        value.WriteBytes(_product);
        value.WriteBytes("location_type"u8);
        value.WriteBytes(rows.Text(_at.Type, row));
        if (issued is { } instant)
        {
            value.WriteBytes("issued_at"u8);
            value.WriteStamp(instant);
        }

        if (_isGeneration)
        {
            value.WriteBytes("area"u8);
            value.WriteBytes(area);
            value.WriteBytes("interval_end"u8);
            value.WriteStamp(end);
        }

        value.WriteLong(0);
    }
}
