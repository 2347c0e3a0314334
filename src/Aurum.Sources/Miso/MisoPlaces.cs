using Aurum.Market.Power;

namespace Aurum.Sources.Miso;

/// <summary>What MISO's names stand for. Market reports print the kind of a place beside its name; the JSON feeds print the name
/// alone.</summary>
/// <remarks>
/// <para>Kinds in reports: Interface, Loadzone, Hub, Gennode.</para>
/// <para>By name: reports call everything that ends in <c>.HUB</c>, <c>.AZ</c> or <c>.ARR</c> a hub, and names without a dot are
/// neighbours (AECI, PJMC, SWPP). All other names are nodes or load zones, which nothing in the name tells apart: zones are those that
/// the reference data knows (<see cref="KnownLocations"/>), the others are nodes.</para>
/// </remarks>
internal static class MisoPlaces
{
    /// <summary>The whole of MISO, for quantities that are not by place.</summary>
    public static readonly Location System = new("MISO", LocationType.System);

    private static readonly string[] HubEndings = [".HUB", ".AZ", ".ARR"];

    /// <summary>Kind of a place from the word beside it.</summary>
    public static LocationType OfWord(string type) => type switch
    {
        "Hub" => LocationType.Hub,
        "Loadzone" => LocationType.Zone,
        "Interface" => LocationType.Interface,
        "Gennode" => LocationType.Node,
        _ => LocationType.Other,
    };

    /// <summary>Kind of a place from its name alone.</summary>
    public static LocationType OfName(string name) =>
        KnownLocations.Find("MISO", name) is { Type: LocationType.Zone } ? LocationType.Zone
        : Array.Exists(HubEndings, ending => name.EndsWith(ending, StringComparison.Ordinal)) ? LocationType.Hub
        : name.Contains('.', StringComparison.Ordinal) ? LocationType.Node
        : LocationType.Interface;
}
