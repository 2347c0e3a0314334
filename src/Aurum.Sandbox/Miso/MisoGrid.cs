using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Miso;

/// <summary>Size and places of the sandbox's MISO: the real names of hubs, zones and neighbours, and invented nodes behind
/// them.</summary>
internal static class MisoGrid
{
    public static readonly GridShape Shape = new(MarketZones.EasternStandard, -6 * 3600, 74_000, 14_000, 27_000, 9, 14);

    private static readonly string[] Neighbours = ["AECI", "MHEB", "PJMC", "SWPP"];

    private static readonly string[] Hubs =
    [
        "ARKANSAS.HUB", "ILLINOIS.HUB", "INDIANA.HUB", "LOUISIANA.HUB", "MICHIGAN.HUB", "MINN.HUB", "MS.HUB", "TEXAS.HUB", "WPS.AZ",
    ];

    private static readonly string[] Zones = ["ALTE.ALTE", "CIN.PSI", "LEPA.LEPA"];

    private static readonly string[] Areas = ["ALTW", "AMIL", "EES", "NSP", "OTP"];

    /// <summary>The places of market reports, which print what kind they are of.</summary>
    public static IReadOnlyList<Place> ReportPlaces(Dice dice, int nodes) =>
    [
        .. Neighbours.Select(id => new Place(dice, id, LocationType.Interface, typeText: "Interface")),
        .. Zones.Select(id => new Place(dice, id, LocationType.Zone, typeText: "Loadzone")),
        .. Hubs.Select(id => new Place(dice, id, LocationType.Hub, typeText: "Hub")),
        .. Nodes(dice, nodes, "Gennode"),
    ];

    /// <summary>The same places in JSON, which prints the name alone.</summary>
    public static IReadOnlyList<Place> ShownPlaces(Dice dice, int nodes) =>
    [
        .. Nodes(dice, nodes, ""),
        .. Zones.Select(id => new Place(dice, id, LocationType.Zone)),
        .. Hubs.Select(id => new Place(dice, id, LocationType.Hub)),
        .. Neighbours.Select(id => new Place(dice, id, LocationType.Interface)),
    ];

    /// <summary>The fourth node appears and the sixth disappears; all others are there for good.</summary>
    private static IEnumerable<Place> Nodes(Dice dice, int nodes, string type) => Enumerable.Range(0, nodes).Select(i =>
        new Place(dice, $"{Areas[i % Areas.Length]}.{NameOf(dice, i)}{i + 1}", LocationType.Node, typeText: type)
        {
            From = i == 3 ? Places.NodeOpens : null,
            Until = i == 5 ? Places.NodeCloses : null,
        });

    private static string NameOf(Dice dice, int index)
    {
        const string Letters = "BCDFGHKLMNPRSTVW";
        var bits = dice.For("miso names").Bits(index);
        return string.Create(5, bits, static (span, b) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Letters[(int)((b >> (4 * i)) & 15)];
            }
        });
    }
}
