using Aurum.Market.Power;

namespace Aurum.Sources.Ieso;

/// <summary>What IESO's names stand for.</summary>
/// <remarks>Names as in files of 2025 and 2026. Zones are written in capitals in the price reports and forecasts, and are so everywhere
/// here: <c>Northwest</c> of the demand file is <c>NORTHWEST</c>.</remarks>
internal static class IesoPlaces
{
    public static readonly Location Ontario = new("ONTARIO", LocationType.System);

    /// <summary>Demand with exports.</summary>
    public static readonly Location Market = new("MARKET", LocationType.Aggregate, "Market demand: Ontario and exports");

    /// <summary>Kind of a pricing location: reference points and zones carry a suffix after a colon (<c>ESSA-500:LMP</c>,
    /// <c>BRUCE_GEN:PZ</c>).</summary>
    public static LocationType InPriceFile(string name) =>
        name.EndsWith(":PZ", StringComparison.Ordinal) || name.EndsWith(":HUB", StringComparison.Ordinal)
            ? LocationType.Zone
            : LocationType.Node;

    public static Location Zone(string name) =>
        name is "OntarioTotal" ? Ontario : new Location(name.ToUpperInvariant(), LocationType.Zone);
}
