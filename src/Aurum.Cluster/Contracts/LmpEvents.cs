using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of <c>iso_lmp</c> as events of <c>iso.lmp.v1</c>, with the place's name as key.</summary>
/// <remarks>A row without a price has no event. The greenhouse-gas component, which the contract has no field for, the feed and the
/// revision are in the metadata; so is the operator where the contract's enum does not have it.</remarks>
internal sealed class LmpEvents : IRowEvents, IDisposable
{
    private readonly RecordHash _hash = new();
    private readonly IsoFacts _facts;
    private readonly int _schemaId;
    private readonly Places _places;
    private readonly DayClock _days;
    private readonly int _iso;
    private readonly int _market;
    private readonly (byte[] Name, int Symbol)[] _types;
    private readonly int _otherType;
    private readonly IsoCells _cells;
    private readonly (int Lmp, int Energy, int Congestion, int Loss, int Ghg) _at;

    public LmpEvents(Feed feed, IReadOnlyList<ResultColumn> columns, Places places, EventSchemaIds ids)
    {
        _facts = new IsoFacts(feed);
        Topic = EventTopics.Find($"aurum.iso.{_facts.IsoLower}.lmp.v1");
        _schemaId = ids(Topic);
        _places = places;
        _days = new DayClock(_facts.Zone);
        _iso = Topic.Contract.SymbolIndex("iso_code", _facts.Contract.IsoCode, "UNKNOWN");
        _market = Topic.Contract.SymbolIndex("market", _facts.Contract.MarketText, "UNKNOWN");
        _types = [.. Topic.Contract.Schema.Find("location_type")!.Type.Symbols.Select(static (s, i) => (Encoding.UTF8.GetBytes(s), i))];
        _otherType = Topic.Contract.SymbolIndex("location_type", "OTHER");
        var at = new RowColumns(columns);
        _cells = new IsoCells(at);
        _at = (at["lmp"], at["energy"], at["congestion"], at["loss"], at["ghg"]);
    }

    public EventTopic Topic { get; }

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var price = rows.NumberOrNaN(_at.Lmp, row);
        if (double.IsNaN(price))
        {
            return false;
        }

        var id = _cells.Place(rows, row);
        var type = _cells.Type(rows, row);
        var start = _cells.Start(rows, row);
        var (known, revision, file) = _cells.Stamps(rows, row);
        output.BeginKey(Topic, known).WriteRaw(id);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteLong(_iso);
        value.WriteLong(_market);
        value.WriteLong(_days.Of(start));
        _cells.WriteInterval(value, rows, row);
        value.WriteBytes(id);
        WritePlace(value, id, type);
        value.OptionalText(_facts.ZoneUtf8);
        value.WriteDouble(price);
        value.OptionalNumber(rows.NumberOrNaN(_at.Energy, row));
        value.OptionalNumber(rows.NumberOrNaN(_at.Congestion, row));
        value.OptionalNumber(rows.NumberOrNaN(_at.Loss, row));
        value.WriteBytes(_facts.CurrencyUtf8);
        value.WriteBytes(_facts.UomUtf8);
        value.OptionalText(id);
        value.OptionalDigits(file);
        value.WriteLong(known);
        _hash.Begin(_facts.IsoUtf8).Text(id).Stamp(start).Number(price).Text(_facts.MarketUtf8).Text(type)
            .Stamp(_cells.End(rows, row)).Whole(revision).WriteTo(value);
        _facts.WriteMetadata(value, revision, "price_ghg"u8, rows.NumberOrNaN(_at.Ghg, row));
        output.End();
        return true;
    }

    public void Dispose() => _hash.Dispose();

    private void WritePlace(AvroBuffer value, ReadOnlySpan<byte> id, ReadOnlySpan<byte> type)
    {
        var place = _places.Find(id, type);
        value.OptionalText(place is { Name.Length: > 0 } ? place.Name : id);
        value.WriteLong(TypeOf(type));
        value.OptionalText(place?.Zone);
        value.OptionalText(place?.Hub);
    }

    private int TypeOf(ReadOnlySpan<byte> type)
    {
        foreach (var (name, symbol) in _types)
        {
            if (type.SequenceEqual(name))
            {
                return symbol;
            }
        }

        return _otherType;
    }
}
