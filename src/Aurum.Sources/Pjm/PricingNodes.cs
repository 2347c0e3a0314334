using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Pjm;

/// <summary>The pricing nodes that a file names, found by their number.</summary>
/// <remarks>Zones, hubs, aggregates and interfaces are known by their name (<c>WESTERN HUB</c>). A bus may share its name with the
/// other units of its station, so that its number belongs to it (<c>ALDENE 48592</c>), and its long name says voltage and equipment
/// (<c>ALDENE 230 KV T-10</c>). PJM's number is the publisher's id of all of them.</remarks>
internal sealed class PricingNodes
{
    private const int MostNodes = 100_000;

    private readonly PjmTable _table;
    private readonly int _id;
    private readonly int _name;
    private readonly int _type;
    private readonly int _voltage;
    private readonly int _equipment;
    private readonly NameTable<Location> _nodes;

    /// <exception cref="FeedFormatException">A column is missing.</exception>
    public PricingNodes(PjmTable table)
    {
        _table = table;
        _id = table.Header.Required("pnode_id");
        _name = table.Header.Required("pnode_name");
        _type = table.Header.Required("type");
        _voltage = table.Header.Optional("voltage");
        _equipment = table.Header.Optional("equipment");
        table.Header.Ignore("zone");
        _nodes = new NameTable<Location>(table.FileName, Make, MostNodes);
    }

    /// <summary>The node of the current row.</summary>
    public Location Read() => _nodes.Of(_table[_id]);

    private Location Make(string id)
    {
        var name = Text(_name);
        if (name.Length == 0)
        {
            throw _table.Unexpected(_name, "the name of a pricing node");
        }

        var type = PjmPlaces.NodeType(name, Text(_type));
        var longName = string.Join(' ', ((string[])[name, Text(_voltage), Text(_equipment)]).Where(part => part.Length > 0));
        return type is LocationType.Node or LocationType.Other
            ? new Location($"{name} {id}", type, longName, id)
            : new Location(name, type, longName, id);
    }

    private string Text(int column) => Encoding.UTF8.GetString(_table[column]).Trim();
}
