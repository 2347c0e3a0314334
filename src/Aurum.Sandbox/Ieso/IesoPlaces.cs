using Aurum.Market.Power;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Ieso;

/// <summary>The places of the sandbox's Ontario: the real names of zones, and invented pricing locations behind them.</summary>
internal static class IesoPlaces
{
    public const string Ontario = "ONTARIO";

    /// <summary>Zones of the demand file with their share of Ontario's demand.</summary>
    public static IReadOnlyList<(string Name, double Share)> DemandZones { get; } =
    [
        ("Northwest", 0.032), ("Northeast", 0.078), ("Ottawa", 0.066), ("East", 0.064), ("Toronto", 0.352), ("Essa", 0.071),
        ("Bruce", 0.006), ("Southwest", 0.187), ("Niagara", 0.034), ("West", 0.11),
    ];

    /// <summary>Generators with their fuel and capacity, MW.</summary>
    public static IReadOnlyList<(string Name, string Fuel, int Mw)> Generators { get; } =
    [
        ("BRUCEA-G1", "NUCLEAR", 781), ("BRUCEB-G5", "NUCLEAR", 817), ("DARLINGTON-G1", "NUCLEAR", 881), ("LENNOX-G1", "GAS", 525),
        ("PORTLANDS-G1", "GAS", 190), ("SIRADAMBECK-PGS1", "HYDRO", 29), ("SAUNDERS", "HYDRO", 1045), ("WOLFE ISLAND", "WIND", 198),
        ("PORT BURWELL", "WIND", 99), ("GRAND", "SOLAR", 100), ("ATIKOKAN-G1", "BIOFUEL", 215),
    ];

    private static readonly string[] VirtualZones =
        ["EAST", "ESSA", "NIAGARA", "NORTHEAST", "NORTHWEST", "OTTAWA", "SOUTHWEST", "TORONTO", "WEST"];

    public static IReadOnlyList<Place> Zones(Dice dice) =>
        [.. VirtualZones.Select(name => new Place(dice, name + ":HUB", LocationType.Zone))];

    public static IReadOnlyList<Place> Nodes(Dice dice, int count)
    {
        string[] endings = ["-LT.G", "-LT.AG_T", "-LT.LFB_T"];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var name = $"STATION{dice.Below(i, 1000):000}{(char)('A' + (i % 26))}{endings[i % endings.Length]}{i + 1}";
            return new Place(dice, name, LocationType.Node)
            {
                From = i == 3 ? Opens : null,
                Until = i == 5 ? Closes : null,
            };
        }).OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    /// <summary>The day on which one node appears, and the one on which another is gone.</summary>
    private static readonly NodaTime.LocalDate Opens = new(2025, 6, 16);
    private static readonly NodaTime.LocalDate Closes = new(2026, 2, 1);
}
