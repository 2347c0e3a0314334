using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of <c>iso_asm</c> as events of <c>iso.asm.v1</c>, with the region as key.</summary>
/// <remarks>Prices are per MW of capacity held for an hour: <c>uom</c> says MW. An unknown price is null.</remarks>
internal sealed class AncillaryEvents : IRowEvents, IDisposable
{
    private readonly RecordHash _hash = new();
    private readonly IsoFacts _facts;
    private readonly int _schemaId;
    private readonly IsoCells _cells;
    private readonly (int Product, int Price) _at;

    public AncillaryEvents(Feed feed, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids)
    {
        _facts = new IsoFacts(feed);
        Topic = EventTopics.Find($"aurum.iso.{_facts.IsoLower}.asm.v1");
        _schemaId = ids(Topic);
        var at = new RowColumns(columns);
        _cells = new IsoCells(at);
        _at = (at["product"], at["price_mcp"]);
    }

    public EventTopic Topic { get; }

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var region = _cells.Place(rows, row);
        var product = rows.Text(_at.Product, row);
        var price = rows.NumberOrNaN(_at.Price, row);
        var (known, revision, _) = _cells.Stamps(rows, row);
        output.BeginKey(Topic, known).WriteRaw(region);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(_facts.IsoUtf8);
        value.WriteBytes(_facts.MarketUtf8);
        value.WriteBytes(product);
        value.WriteBytes(region);
        value.Null();
        _cells.WriteInterval(value, rows, row);
        value.OptionalNumber(price);
        value.WriteBytes(_facts.CurrencyUtf8);
        value.WriteBytes(_facts.UomUtf8);
        value.WriteLong(known);
        _hash.Begin(_facts.IsoUtf8).Text(region).Stamp(_cells.Start(rows, row)).Number(price).Text(_facts.MarketUtf8).Text(product)
            .Text(_cells.Type(rows, row)).Stamp(_cells.End(rows, row)).Whole(revision).WriteTo(value);
        _facts.WriteMetadata(value, revision, default, double.NaN);
        output.End();
        return true;
    }

    public void Dispose() => _hash.Dispose();
}
