using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Isone;

/// <summary>The places of ISO New England: they are known by their names, the numbers beside them are the publisher's ids.</summary>
/// <remarks>Types as in the day-ahead report of 2026-06-04: NETWORK NODE, HUB NODE (a node that the hub is made of), HUB, LOAD ZONE,
/// EXT. NODE (the border with a neighbour) and DRRAZ (a zone of demand response).</remarks>
internal static class IsonePlaces
{
    /// <summary>The control area as a whole, as the load answers name it.</summary>
    public static readonly Location ControlArea = new("NEPOOL AREA", LocationType.System, publisherId: "32");

    /// <summary>Ids of the eight load zones, from Maine to northeastern Massachusetts.</summary>
    public static IReadOnlyList<string> ZoneIds { get; } = ["4001", "4002", "4003", "4004", "4005", "4006", "4007", "4008"];

    /// <summary>Kind of a place by the publisher's type; by its name where an answer gives no type.</summary>
    public static LocationType TypeOf(string type, string name) => type switch
    {
        "HUB" => LocationType.Hub,
        "LOAD ZONE" => LocationType.Zone,
        "NETWORK NODE" or "HUB NODE" => LocationType.Node,
        "EXT. NODE" => LocationType.Interface,
        "DRRAZ" => LocationType.Aggregate,
        "" when name == ControlArea.Id => LocationType.System,
        "" when name.StartsWith(".H.", StringComparison.Ordinal) => LocationType.Hub,
        "" when name.StartsWith(".Z.", StringComparison.Ordinal) => LocationType.Zone,
        "" when name.StartsWith(".I.", StringComparison.Ordinal) => LocationType.Interface,
        "" when name.StartsWith("DR.", StringComparison.Ordinal) => LocationType.Aggregate,
        "" => LocationType.Node,
        _ => LocationType.Other,
    };

    /// <summary>The places of a web service answer, by their names.</summary>
    /// <param name="record">The current record.</param>
    /// <param name="id">Field of the id; negative where records have none.</param>
    /// <param name="type">Field of the type; negative where records have none.</param>
    public static NameTable<Location> Of(RecordValues record, int id, int type) => new(
        record.File,
        name => new Location(
            name, TypeOf(type < 0 ? "" : record.Text(type), name), publisherId: id < 0 ? null : record.Text(id)));
}
