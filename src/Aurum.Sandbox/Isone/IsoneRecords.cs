using Aurum.Market.Power;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Isone;

/// <summary>Writes records of the web service, in JSON or XML: the same names in the same order.</summary>
/// <remarks>In JSON a place is <c>{"@LocId":"4000","@LocType":"HUB","$":".H.INTERNAL_HUB"}</c>, in XML
/// <c>&lt;Location LocId="4000" LocType="HUB"&gt;.H.INTERNAL_HUB&lt;/Location&gt;</c>. Numbers shed zeros at their end.</remarks>
internal sealed class IsoneRecords(RowWriter writer, IsoneDataset dataset, bool isXml)
{
    private bool _isFirst;

    public void Begin(long start, Place? place = null)
    {
        writer.Begin(start, place);
        _isFirst = true;
    }

    public void End() => writer.End();

    public void Text(string name, string text)
    {
        Open(ref name);
        writer.Text(isXml ? text : $"\"{text}\"");
        Close(name);
    }

    public void Number(string name, long units, int decimals)
    {
        var isValue = name == dataset.Value;
        Open(ref name);
        if (isValue)
        {
            writer.Value();
        }

        writer.Fixed(units, decimals, cutZeros: true);
        Close(name);
    }

    /// <summary>A field that XML has as an attribute; the first of its record.</summary>
    public void Attribute(string name, string text)
    {
        writer.Text(isXml ? $" {name}=\"{text}\">" : $"\"@{name}\":\"{text}\"");
        _isFirst = false;
    }

    public void Location(Location location, string type = "")
    {
        var name = "Location";
        var xmlType = type.Length > 0 ? $" LocType=\"{type}\"" : "";
        var jsonType = type.Length > 0 ? $"\"@LocType\":\"{type}\"," : "";
        Open(ref name, attributes: $" LocId=\"{location.PublisherId}\"{xmlType}");
        writer.Text(isXml ? location.Id : $"{{\"@LocId\":\"{location.PublisherId}\",{jsonType}\"$\":\"{location.Id}\"}}");
        Close(name);
    }

    private void Open(ref string name, string attributes = "")
    {
        if (name == dataset.Value && writer.Tampering.RenamesColumn)
        {
            writer.Tampering.Note($"{name} is called Renamed{name}");
            name = "Renamed" + name;
        }

        writer.Text(isXml ? $"<{name}{attributes}>" : _isFirst ? $"\"{name}\":" : $",\"{name}\":");
        _isFirst = false;
    }

    private void Close(string name)
    {
        if (isXml)
        {
            writer.Text($"</{name}>");
        }
    }
}
