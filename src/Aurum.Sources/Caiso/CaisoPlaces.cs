using Aurum.Market.Power;

namespace Aurum.Sources.Caiso;

/// <summary>What kind of place a name of CAISO's stands for, by the form of the name.</summary>
internal static class CaisoPlaces
{
    /// <summary>Trading hubs and default load aggregation points: what a person looks at first. Asked for by default, in one
    /// request.</summary>
    public const string DefaultNodes =
        "TH_NP15_GEN-APND,TH_SP15_GEN-APND,TH_ZP26_GEN-APND,DLAP_PGAE-APND,DLAP_SCE-APND,DLAP_SDGE-APND,DLAP_VEA-APND";

    public static LocationType OfPrice(string name) =>
        name.StartsWith("TH_", StringComparison.Ordinal) ? LocationType.Hub
        : name.EndsWith("APND", StringComparison.Ordinal) ? LocationType.Aggregate
        : LocationType.Node;

    /// <summary>TAC areas and balancing areas; <c>CA ISO-TAC</c> is all of the ISO.</summary>
    public static LocationType OfLoad(string name) => name == "CA ISO-TAC" ? LocationType.System : LocationType.Zone;

    /// <summary>Ancillary service regions; the two that cover the ISO (without and with imports) are its system.</summary>
    public static LocationType OfReserve(string name) => name is "AS_CAISO" or "AS_CAISO_EXP" ? LocationType.System : LocationType.Zone;
}
