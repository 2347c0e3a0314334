using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>New England: hub, zones, borders and demand response zones by their real names and numbers, and invented nodes behind
/// them.</summary>
internal static class IsoneGrid
{
    public static readonly GridShape Shape = new(MarketZones.Eastern, -17_100, 12_600, 900, 1_700, 10, 12);

    /// <summary>The control area as load answers name it.</summary>
    public static readonly Location Area = new("NEPOOL AREA", LocationType.System, publisherId: "32");

    /// <summary>The eight load zones with their share of the load.</summary>
    public static IReadOnlyList<IsoneZone> Zones { get; } =
    [
        new("4001", ".Z.MAINE", 0.093), new("4002", ".Z.NEWHAMPSHIRE", 0.1), new("4003", ".Z.VERMONT", 0.045),
        new("4004", ".Z.CONNECTICUT", 0.246), new("4005", ".Z.RHODEISLAND", 0.068), new("4006", ".Z.SEMASS", 0.128),
        new("4007", ".Z.WCMASS", 0.145), new("4008", ".Z.NEMASSBOST", 0.175),
    ];

    /// <summary>The external nodes with the most that may flow in and out over them, MW.</summary>
    public static IReadOnlyList<IsoneBorder> Borders { get; } =
    [
        new("4010", ".I.SALBRYNB345 1", 1_000, 200), new("4011", ".I.ROSETON 345 1", 1_400, 1_200),
        new("4012", ".I.HQ_P1_P2345 5", 2_000, 1_200), new("4013", ".I.HQHIGATE120 2", 218, 0),
        new("4014", ".I.SHOREHAM138 99", 346, 330), new("4017", ".I.NRTHPORT138 5", 200, 200), new("4018", ".I.HQMRL_RD345 1", 1_200, 0),
    ];

    private static readonly (string Id, string Name)[] DemandResponse =
        [("7605", "DR.ME_Bangor_Hydro"), ("7608", "DR.MA_Boston"), ("7619", "DR.RI_Rhode_Island")];

    private static readonly (string Id, string Name)[] HubNodes = [("6352", "HC.AYER    115"), ("6353", "HC.CARPTRHL115")];

    private static readonly LocalDate Opens = new(2025, 6, 16);
    private static readonly LocalDate Closes = new(2026, 2, 1);

    /// <summary>All priced places in the order of their numbers, as reports have them.</summary>
    public static IReadOnlyList<Place> Places(Dice dice, int nodes) =>
    [
        .. Enumerable.Range(0, nodes).Select(i => Node(dice, i))
            .Append(new Place(dice, ".H.INTERNAL_HUB", LocationType.Hub, "4000", "HUB"))
            .Concat(Zones.Select(z => new Place(dice, z.Name, LocationType.Zone, z.Id, "LOAD ZONE")))
            .Concat(Borders.Select(b => new Place(dice, b.Name, LocationType.Interface, b.Id, "EXT. NODE")))
            .Concat(HubNodes.Select(n => new Place(dice, n.Name, LocationType.Node, n.Id, "HUB NODE")))
            .Concat(DemandResponse.Select(d => new Place(dice, d.Name, LocationType.Aggregate, d.Id, "DRRAZ")))
            .OrderBy(p => int.Parse(p.PublisherId!, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    /// <summary>Units and loads in turn, with numbers that no named place has. The fourth node appears and the sixth
    /// disappears.</summary>
    private static Place Node(Dice dice, int index)
    {
        var station = $"STN{index + 1}";
        var name = index % 2 == 0 ? $"UN.{station,-8}13.8U{index + 1}" : $"LD.{station,-8}115";
        return new Place(dice, name, LocationType.Node, $"{(index < 2 ? 321 : 10_000) + index}", "NETWORK NODE")
        {
            From = index == 3 ? Opens : null,
            Until = index == 5 ? Closes : null,
        };
    }
}

/// <summary>A load zone and its share of the load.</summary>
internal sealed record IsoneZone(string Id, string Name, double Share)
{
    public Location Location { get; } = new(Name, LocationType.Zone, publisherId: Id);
}

/// <summary>A border with what may flow over it at most.</summary>
internal sealed record IsoneBorder(string Id, string Name, int ImportMw, int ExportMw);
