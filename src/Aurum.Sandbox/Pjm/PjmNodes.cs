using Aurum.Market.Power;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>The pricing nodes of the sandbox's PJM: real zones and hubs by their real numbers, and invented buses behind them.</summary>
internal static class PjmNodes
{
    private static readonly (string Id, string Name, string Type)[] Named =
    [
        ("1", "PJM-RTO", "ZONE"), ("51291", "AECO", "ZONE"), ("51292", "BGE", "ZONE"), ("51297", "PECO", "ZONE"),
        ("51301", "PSEG", "ZONE"), ("8445784", "AEP", "ZONE"), ("33092371", "COMED", "ZONE"), ("34964545", "DOM", "ZONE"),
        ("51217", "EASTERN HUB", "HUB"), ("51288", "WESTERN HUB", "HUB"), ("33092315", "N ILLINOIS HUB", "HUB"),
        ("34497127", "AEP-DAYTON HUB", "HUB"),
    ];

    private const int MostLowNumbers = 3_000;

    private static readonly LocalDate Opens = new(2025, 6, 16);
    private static readonly LocalDate Closes = new(2026, 2, 1);

    public static IReadOnlyList<PjmNode> All(Dice dice, int buses) =>
    [
        .. Named.Select(n => new PjmNode(
            new Place(dice, n.Name, KindOf(n.Name, n.Type), n.Id, n.Type), n.Name, n.Type == "ZONE" && n.Id != "1" ? n.Name : "")),
        .. Enumerable.Range(0, buses).Select(i => Bus(dice, i)),
    ];

    /// <summary>Two buses of a station share its name. The fourth bus appears and the sixth disappears.</summary>
    private static PjmNode Bus(Dice dice, int index)
    {
        var station = $"STATION{(index / 2) + 1}";
        // Zones have numbers from 51,217 on.
        var id = $"{(index < MostLowNumbers ? 48_000 : 100_000) + index}";
        var type = index % 3 == 2 ? "GEN" : "LOAD";
        var place = new Place(dice, $"{station} {id}", LocationType.Node, id, type)
        {
            From = index == 3 ? Opens : null,
            Until = index == 5 ? Closes : null,
        };
        return new PjmNode(place, station, "PSEG") { Voltage = "230 KV", Equipment = $"T-{index + 1}" };
    }

    private static LocationType KindOf(string name, string type) =>
        name == "PJM-RTO" ? LocationType.System : type == "HUB" ? LocationType.Hub : LocationType.Zone;
}

/// <summary>A pricing node as the publisher prints it.</summary>
/// <param name="Place">The place as rows name it, with the node's number.</param>
/// <param name="Name">Name in files, which buses of a station share.</param>
/// <param name="Zone">Zone that it lies in; empty where it is larger.</param>
internal sealed record PjmNode(Place Place, string Name, string Zone)
{
    public string? Voltage { get; init; }

    public string? Equipment { get; init; }
}
