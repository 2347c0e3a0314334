using System.Text;
using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of <c>curve_observation</c> as events of <c>curve.observation.v1</c>, with the curve's key as key.</summary>
/// <remarks>A quote that was withdrawn has neither value nor bid, ask and mid: its event says so with nulls.</remarks>
internal sealed class CurveEvents : IRowEvents
{
    private static readonly string[] Texts =
        ["region", "iso", "location", "market", "product", "block", "spark_location"];

    private static readonly string[] Prices = ["value", "bid", "ask", "mid"];

    private readonly int _schemaId;
    private readonly (int AsOf, int File, int Sheet, int Class, int PriceType, int Units, int Currency, int PerUnit, int TenorType,
        int Month, int Label, int Key, int Version, int Ingest) _at;
    private readonly int[] _texts;
    private readonly int[] _prices;
    private readonly Symbols _classes;
    private readonly Symbols _priceTypes;
    private readonly Symbols _tenorTypes;
    private readonly RowStamps _stamps;

    public CurveEvents(IReadOnlyList<ResultColumn> columns, EventSchemaIds ids)
    {
        Topic = EventTopics.Find(EventTopics.CurveTopic);
        _schemaId = ids(Topic);
        var at = new RowColumns(columns);
        _at = (at["asof_date"], at["source_file"], at["sheet_name"], at["asset_class"], at["price_type"], at["units_raw"],
            at["currency"], at["per_unit"], at["tenor_type"], at["contract_month"], at["tenor_label"], at["curve_key"],
            at["version_hash"], at["_ingest_ts"]);
        _texts = [.. Texts.Select(t => at[t])];
        _prices = [.. Prices.Select(p => at[p])];
        _stamps = new RowStamps(at);
        (_classes, _priceTypes, _tenorTypes) = (Of("asset_class", "other"), Of("price_type", "CUSTOM"), Of("tenor_type", "CUSTOM"));
    }

    public EventTopic Topic { get; }

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        // A row of the store has its date; without one there is no event, as the contract demands it.
        if (EventCells.Day(rows.Text(_at.AsOf, row)) is not { } asOf)
        {
            return false;
        }

        var (known, _, _) = _stamps.Of(rows, row);
        var key = rows.Text(_at.Key, row);
        output.BeginKey(Topic, known).WriteRaw(key);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteLong(asOf);
        value.WriteBytes(rows.Text(_at.File, row));
        value.WriteBytes(rows.Text(_at.Sheet, row));
        value.WriteLong(_classes.IndexOf(rows.Text(_at.Class, row)));
        foreach (var text in _texts)
        {
            value.OptionalText(rows.Text(text, row));
        }

        value.WriteLong(_priceTypes.IndexOf(rows.Text(_at.PriceType, row)));
        value.WriteBytes(rows.Text(_at.Units, row));
        value.OptionalText(rows.Text(_at.Currency, row));
        value.OptionalText(rows.Text(_at.PerUnit, row));
        value.WriteLong(_tenorTypes.IndexOf(rows.Text(_at.TenorType, row)));
        value.OptionalLong(EventCells.Day(rows.Text(_at.Month, row)));
        value.WriteBytes(rows.Text(_at.Label, row));
        foreach (var price in _prices)
        {
            value.OptionalNumber(rows.NumberOrNaN(price, row));
        }

        value.WriteBytes(key);
        value.WriteBytes(rows.Text(_at.Version, row));
        value.WriteLong(rows.MicrosOrNull(_at.Ingest, row) ?? known);
        output.End();
        return true;
    }

    private Symbols Of(string field, string otherwise) =>
        new(Topic.Contract.Schema.Find(field)!.Type, Topic.Contract.SymbolIndex(field, otherwise));

    /// <summary>Symbols of an enum by their UTF-8.</summary>
    private sealed class Symbols(AvroType type, int otherwise)
    {
        private readonly byte[][] _symbols = [.. type.Symbols.Select(static s => Encoding.UTF8.GetBytes(s))];

        public int IndexOf(ReadOnlySpan<byte> text)
        {
            for (var i = 0; i < _symbols.Length; i++)
            {
                if (text.SequenceEqual(_symbols[i]))
                {
                    return i;
                }
            }

            return otherwise;
        }
    }
}
