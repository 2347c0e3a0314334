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
    private readonly IsoCells _cells;
    private readonly (int Fuel, int Issued, int Mw) _at;

    public PowerEvents(Feed feed, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids)
    {
        _facts = new IsoFacts(feed);
        _isGeneration = feed.TableName == RowContracts.Generation;
        Topic = EventTopics.Find($"aurum.iso.{_facts.IsoLower}.{(_isGeneration ? "genmix" : "load")}.v1");
        _schemaId = ids(Topic);
        _iso = Topic.Contract.SymbolIndex("iso_code", _facts.Contract.IsoCode, "UNKNOWN");
        _product = System.Text.Encoding.UTF8.GetBytes(_facts.Contract.ProductText);
        var at = new RowColumns(columns);
        _cells = new IsoCells(at);
        _at = (_isGeneration ? at["fuel_type"] : -1, at["issued_at_utc"], at["mw"]);
    }

    public EventTopic Topic { get; }

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var mw = rows.NumberOrNaN(_at.Mw, row);
        if (double.IsNaN(mw))
        {
            return false;
        }

        var area = _cells.Place(rows, row);
        var (known, revision, _) = _cells.Stamps(rows, row);
        output.BeginKey(Topic, known).WriteRaw(area);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteLong(_iso);
        if (_isGeneration)
        {
            value.WriteLong(_cells.Start(rows, row));
            value.WriteBytes(rows.Text(_at.Fuel, row));
            value.WriteDouble(mw);
            value.WriteBytes("MW"u8);
        }
        else
        {
            value.OptionalText(area);
            _cells.WriteInterval(value, rows, row);
            value.WriteDouble(mw);
        }

        value.WriteLong(known);
        WriteMetadata(value, rows, row, revision);
        output.End();
        return true;
    }

    private void WriteMetadata(AvroBuffer value, RowReader rows, int row, long revision)
    {
        var issued = rows.MicrosOrNull(_at.Issued, row);
        _facts.WriteMetadataHead(value, revision, 3 + (issued is null ? 0 : 1) + (_isGeneration ? 2 : 0));
        value.WriteBytes("market"u8);
        value.WriteBytes(_facts.MarketUtf8);
        value.WriteBytes("product"u8);
        value.WriteBytes(_product);
        value.WriteBytes("location_type"u8);
        value.WriteBytes(_cells.Type(rows, row));
        if (issued is { } instant)
        {
            value.WriteBytes("issued_at"u8);
            value.WriteStamp(instant);
        }

        if (_isGeneration)
        {
            value.WriteBytes("area"u8);
            value.WriteBytes(_cells.Place(rows, row));
            value.WriteBytes("interval_end"u8);
            value.WriteStamp(_cells.End(rows, row));
        }

        value.WriteLong(0);
    }
}
