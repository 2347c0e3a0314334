using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Pjm;

/// <summary>How PJM's areas and pricing nodes are named in rows.</summary>
internal static class PjmPlaces
{
    /// <summary>All of PJM, for quantities that are not by place.</summary>
    public static readonly Location System = new("PJM", LocationType.System);

    private static readonly string[] Systems = ["RTO", "PJM RTO", "PJM-RTO", "RTO_COMBINED"];

    /// <summary>Areas made of several zones: regions of the load and forecast feeds, and those that wind and sun are counted
    /// by.</summary>
    private static readonly string[] Regions = ["MIDATL", "RFC", "SOUTH", "WEST", "OTHER"];

    /// <summary>The kind of an area that load or generation is counted for.</summary>
    public static LocationType AreaType(string area) =>
        Systems.Contains(area, StringComparer.Ordinal) ? LocationType.System
        : Regions.Contains(area, StringComparer.Ordinal) || area.EndsWith("REGION", StringComparison.Ordinal) ? LocationType.Aggregate
        : LocationType.Zone;

    public static NameTable<Location> Areas(string file) => NameTables.Locations(file, AreaType);

    /// <summary>The kind of a pricing node, from its type as PJM writes it.</summary>
    public static LocationType NodeType(string name, string type) => type.ToUpperInvariant() switch
    {
        _ when Systems.Contains(name, StringComparer.Ordinal) => LocationType.System,
        "ZONE" => LocationType.Zone,
        "HUB" => LocationType.Hub,
        "AGGREGATE" or "RESIDUAL_METERED_EDC" => LocationType.Aggregate,
        "INTERFACE" => LocationType.Interface,
        "LOAD" or "GEN" or "EHV" or "TIE" or "EXT" => LocationType.Node,
        _ => LocationType.Other,
    };
}
