using Aurum.Market.Power;

namespace Aurum.Sources.Spp;

/// <summary>What SPP's names stand for. Its files do not say what kind a settlement location is; names do, as far as they go.</summary>
/// <remarks>Names of interfaces: as maintained clients list them, all seen in the files of 2025.</remarks>
internal static class SppPlaces
{
    /// <summary>The balancing authority of the Eastern Interconnection, and all of SPP until the end of March 2026.</summary>
    public const string East = "SPP";

    /// <summary>The one of the Western Interconnection, since April 2026.</summary>
    public const string West = "SWPW";

    private static readonly string[] Interfaces =
    [
        "AECI", "ALTW", "AMRN", "BLKW", "CLEC", "DPC", "EDDY", "EES", "ERCOTE", "ERCOTN", "GRE", "LAM345", "MCWEST", "MDU", "MEC",
        "MISO", "NSP", "OTP", "RCEAST", "SCSE", "SGE", "SPA", "SPC",
    ];

    public static LocationType OfSettlementLocation(string name) =>
        name.EndsWith("_HUB", StringComparison.Ordinal) ? LocationType.Hub
        : Array.IndexOf(Interfaces, name) >= 0 ? LocationType.Interface
        : LocationType.Node;

    public static Location Authority(string name) => new(name, LocationType.System);
}
