using System.Text;
using System.Text.Json;
using Aurum.Market.Series;
using Aurum.Store.Reading;

namespace Aurum.App.Api.Rows;

/// <summary>What the words of a row's unit mean; null where the list of units does not have them.</summary>
internal sealed class SeriesUnitField(string name, FieldForm form, string description, Action<Utf8JsonWriter, SeriesUnit> write)
    : RowField(name, form, description)
{
    public override bool IsNullable => true;

    public override int Bind(RowReader reader) => RowView.Ordinal(reader, "unit");

    protected override void WriteValue(Utf8JsonWriter json, RowView row, int ordinal)
    {
        if (SeriesUnit.Find(Encoding.UTF8.GetString(row.Reader.Text(ordinal, row.Row))) is { } unit)
        {
            write(json, unit);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
