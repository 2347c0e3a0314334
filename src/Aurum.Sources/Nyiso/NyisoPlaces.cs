using Aurum.Market.Power;

namespace Aurum.Sources.Nyiso;

/// <summary>What NYISO's names stand for. Zones and generators come in files of their own; the neighbours' proxy buses stand
/// among both, and the reference bus among the generators.</summary>
/// <remarks>Names: as in the zone files; the neighbours' buses as in the generator files of 2021 to 2025.</remarks>
internal static class NyisoPlaces
{
    /// <summary>The control area as a whole.</summary>
    public const string System = "NYISO";

    public const string ReferenceBus = "NYISO_LBMP_REFERENCE";

    public static readonly Location ControlArea = new(System, LocationType.System);

    private static readonly string[] Neighbours = ["H Q", "NPX", "O H", "PJM"];

    private static readonly string[] NeighbourBuses = ["HQ_GEN_", "NPX_GEN_", "O.H._GEN_", "PJM_GEN_"];

    /// <summary>Kind of a place in a zone file.</summary>
    public static LocationType InZoneFile(string name) =>
        Array.IndexOf(Neighbours, name) >= 0 ? LocationType.Interface : InLoadFile(name);

    /// <summary>Kind of a place in a generator file.</summary>
    public static LocationType InGeneratorFile(string name) =>
        name == ReferenceBus ? LocationType.System
        : Array.Exists(NeighbourBuses, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ? LocationType.Interface
        : LocationType.Node;

    /// <summary>Kind of an area in load files and forecasts.</summary>
    public static LocationType InLoadFile(string name) => name == System ? LocationType.System : LocationType.Zone;
}
