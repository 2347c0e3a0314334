using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sandbox.Worlds;

/// <summary>The places of the sandbox grids: the real names of hubs and zones, and invented nodes behind them.</summary>
internal static class Places
{
    private static readonly string[] CaisoHubs = ["TH_NP15_GEN-APND", "TH_SP15_GEN-APND", "TH_ZP26_GEN-APND"];

    private static readonly string[] CaisoLoadPoints =
        ["DLAP_PGAE-APND", "DLAP_SCE-APND", "DLAP_SDGE-APND", "DLAP_VEA-APND", "DLAP_MWD-APND"];

    /// <summary>Areas outside California that buy at a price with a greenhouse-gas part.</summary>
    private static readonly string[] CaisoImportPoints = ["ELAP_PACE-APND", "ELAP_PACW-APND", "ELAP_NEVP-APND", "ELAP_AZPS-APND"];

    private static readonly (string Name, string Ptid)[] NyisoZones =
    [
        ("CAPITL", "61757"), ("CENTRL", "61754"), ("DUNWOD", "61760"), ("GENESE", "61753"), ("H Q", "61844"),
        ("HUD VL", "61758"), ("LONGIL", "61762"), ("MHK VL", "61756"), ("MILLWD", "61759"), ("N.Y.C.", "61761"),
        ("NORTH", "61755"), ("NPX", "61845"), ("O H", "61846"), ("PJM", "61847"), ("WEST", "61752"),
    ];

    private static readonly (string Name, string Ptid)[] NyisoProxies =
        [("HQ_GEN_IMPORT", "323601"), ("NPX_GEN_CSC", "323557"), ("O.H._GEN_BRUCE", "24063"), ("PJM_GEN_KEYSTONE", "24065")];

    private static readonly string[] ErcotHubs = ["HB_BUSAVG", "HB_HOUSTON", "HB_HUBAVG", "HB_NORTH", "HB_PAN", "HB_SOUTH", "HB_WEST"];

    private static readonly string[] ErcotZones =
        ["LZ_AEN", "LZ_CPS", "LZ_HOUSTON", "LZ_LCRA", "LZ_NORTH", "LZ_RAYBN", "LZ_SOUTH", "LZ_WEST"];

    private static readonly string[] ErcotTies = ["DC_E", "DC_L", "DC_N", "DC_R"];

    /// <summary>The day on which every grid gains a node, and the day on which it loses one.</summary>
    public static readonly LocalDate NodeOpens = new(2025, 6, 16);
    public static readonly LocalDate NodeCloses = new(2026, 2, 1);

    public static IReadOnlyList<Place> Caiso(Dice dice, int nodes) =>
    [
        .. CaisoHubs.Select(id => new Place(dice, id, LocationType.Hub)),
        .. CaisoLoadPoints.Select(id => new Place(dice, id, LocationType.Aggregate)),
        .. CaisoImportPoints.Select(id => new Place(dice, id, LocationType.Aggregate) { GhgFactor = -0.04 }),
        .. Enumerable.Range(0, nodes).Select(i => WithLife(i, (from, until) =>
            new Place(dice, CaisoNode(dice, i), LocationType.Node) { From = from, Until = until })),
    ];

    public static IReadOnlyList<Place> NyisoZonePlaces(Dice dice) =>
    [
        .. NyisoZones.Select(z => new Place(
            dice, z.Name, z.Name is "H Q" or "NPX" or "O H" or "PJM" ? LocationType.Interface : LocationType.Zone, z.Ptid)),
    ];

    public static IReadOnlyList<Place> NyisoGenerators(Dice dice, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => WithLife(i, (from, until) =>
                new Place(dice, NyisoGenerator(dice, i), LocationType.Node, $"{23_500 + i}") { From = from, Until = until }))
            .Concat(NyisoProxies.Select(p => new Place(dice, p.Name, LocationType.Interface, p.Ptid)))
            .Append(new Place(dice, "NYISO_LBMP_REFERENCE", LocationType.System, "24008"))
            .OrderBy(p => p.Id, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Place> Ercot(Dice dice, int resourceNodes) =>
    [
        .. ErcotTies.Select(id => new Place(dice, id, LocationType.Zone, typeText: "LZ_DC")),
        .. ErcotHubs.Select(id => new Place(
            dice, id, LocationType.Hub, typeText: id switch { "HB_BUSAVG" => "SH", "HB_HUBAVG" => "AH", _ => "HU" })),
        .. ErcotZones.Select(id => new Place(dice, id, LocationType.Zone, typeText: "LZ")),
        .. Enumerable.Range(0, resourceNodes).Select(i => WithLife(i, (from, until) =>
            new Place(dice, ErcotNode(dice, i), LocationType.Node, typeText: "RN") { From = from, Until = until })),
    ];

    /// <summary>The fourth node appears and the sixth disappears; all others are there for good.</summary>
    private static Place WithLife(int index, Func<LocalDate?, LocalDate?, Place> make) => index switch
    {
        3 => make(NodeOpens, null),
        5 => make(null, NodeCloses),
        _ => make(null, null),
    };

    private static string CaisoNode(Dice dice, int index) =>
        $"{Letters(dice.For("caiso names"), index, 6)}{index % 10}_{index % 9}_N{index:000}";

    private static string NyisoGenerator(Dice dice, int index) => $"{Letters(dice.For("nyiso names"), index, 7)}___{index + 1}";

    private static string ErcotNode(Dice dice, int index) => $"{Letters(dice.For("ercot names"), index, 5)}_UNIT{index + 1}";

    /// <summary>A name that can be spoken: consonants and vowels in turn.</summary>
    private static string Letters(Dice dice, int index, int length) => string.Create(length, (dice, index), static (span, s) =>
    {
        const string Consonants = "BCDFGHKLMNPRSTVW";
        const string Vowels = "AEIOU";
        var bits = s.dice.Bits(s.index);
        for (var i = 0; i < span.Length; i++)
        {
            var from = i % 2 == 0 ? Consonants : Vowels;
            span[i] = from[(int)(bits % (ulong)from.Length)];
            bits = (bits / 16) ^ (bits >> 40);
        }
    });
}
