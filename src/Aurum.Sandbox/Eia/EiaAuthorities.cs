using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>A balancing authority of the sandbox's EIA.</summary>
/// <param name="Code">EIA's code.</param>
/// <param name="Name">EIA's name.</param>
/// <param name="Grid">Its load, sun and wind.</param>
/// <param name="Dice">Its own chance.</param>
internal sealed record EiaAuthority(string Code, string Name, Grid Grid, Dice Dice)
{
    /// <summary>When an hour is shown first: 65 to 110 minutes after its end.</summary>
    public Duration Delay { get; } = Duration.FromMinutes(65 + Dice.Below(1, 46));
}

/// <summary>The balancing authorities that report, in the order of their codes, and which of them are neighbours.</summary>
internal static class EiaAuthorities
{
    /// <summary>Code, name, mean load in MW, hours from UTC to sun time.</summary>
    private static readonly (string Code, string Name, int LoadMw, int Sun)[] List =
    [
        ("AECI", "Associated Electric Cooperative, Inc.", 2500, -6), ("AVA", "Avista Corporation", 1400, -8),
        ("AZPS", "Arizona Public Service Company", 4200, -7), ("BANC", "Balancing Authority of Northern California", 2100, -8),
        ("BPAT", "Bonneville Power Administration", 6800, -8), ("CHPD", "Public Utility District No. 1 of Chelan County", 250, -8),
        ("CISO", "California Independent System Operator", 25500, -8), ("CPLE", "Duke Energy Progress East", 7000, -5),
        ("CPLW", "Duke Energy Progress West", 500, -5), ("DOPD", "PUD No. 1 of Douglas County", 220, -8),
        ("DUK", "Duke Energy Carolinas", 11500, -5), ("EPE", "El Paso Electric Company", 1100, -7),
        ("ERCO", "Electric Reliability Council of Texas, Inc.", 50000, -6), ("FMPP", "Florida Municipal Power Pool", 2100, -5),
        ("FPC", "Duke Energy Florida, Inc.", 5500, -5), ("FPL", "Florida Power & Light Co.", 16000, -5),
        ("GCPD", "Public Utility District No. 2 of Grant County, Washington", 800, -8), ("GVL", "Gainesville Regional Utilities", 230, -5),
        ("HST", "City of Homestead", 80, -5), ("IID", "Imperial Irrigation District", 500, -8),
        ("IPCO", "Idaho Power Company", 2100, -7), ("ISNE", "ISO New England", 13200, -5),
        ("JEA", "JEA", 1500, -5), ("LDWP", "Los Angeles Department of Water and Power", 3200, -8),
        ("LGEE", "Louisville Gas and Electric Company and Kentucky Utilities Company", 4100, -5),
        ("MISO", "Midcontinent Independent System Operator, Inc.", 75000, -6), ("NEVP", "Nevada Power Company", 4300, -8),
        ("NWMT", "NorthWestern Corporation", 1300, -7), ("NYIS", "New York Independent System Operator", 16800, -5),
        ("PACE", "PacifiCorp East", 5800, -7), ("PACW", "PacifiCorp West", 2500, -8),
        ("PGE", "Portland General Electric Company", 2400, -8), ("PJM", "PJM Interconnection, LLC", 90000, -5),
        ("PNM", "Public Service Company of New Mexico", 1600, -7), ("PSCO", "Public Service Company of Colorado", 5200, -7),
        ("PSEI", "Puget Sound Energy, Inc.", 3300, -8), ("SC", "South Carolina Public Service Authority", 3000, -5),
        ("SCEG", "Dominion Energy South Carolina, Inc.", 2800, -5), ("SCL", "Seattle City Light", 1000, -8),
        ("SEC", "Seminole Electric Cooperative", 200, -5), ("SOCO", "Southern Company Services, Inc. - Trans", 27000, -5),
        ("SPA", "Southwestern Power Administration", 90, -6),
        ("SRP", "Salt River Project Agricultural Improvement and Power District", 3900, -7),
        ("SWPP", "Southwest Power Pool", 32000, -6), ("TAL", "City of Tallahassee", 320, -5),
        ("TEC", "Tampa Electric Company", 2500, -5), ("TEPC", "Tucson Electric Power", 1700, -7),
        ("TIDC", "Turlock Irrigation District", 300, -8),
        ("TPWR", "City of Tacoma, Department of Public Utilities, Light Division", 500, -8),
        ("TVA", "Tennessee Valley Authority", 18500, -6), ("WACM", "Western Area Power Administration - Rocky Mountain Region", 3700, -7),
        ("WALC", "Western Area Power Administration - Desert Southwest Region", 1000, -7),
        ("WAUW", "Western Area Power Administration - Upper Great Plains West", 110, -7),
    ];

    private static readonly string[] Lines =
    [
        "AVA-BPAT", "AVA-IPCO", "AZPS-CISO", "AZPS-SRP", "AZPS-TEPC", "BANC-BPAT", "BANC-CISO", "BPAT-CISO", "BPAT-PACW", "BPAT-PGE",
        "BPAT-PSEI", "CISO-IID", "CISO-LDWP", "CISO-NEVP", "CISO-SRP", "CISO-TIDC", "CISO-WALC", "CPLE-DUK", "CPLE-PJM", "DUK-SOCO",
        "DUK-TVA", "ERCO-SWPP", "FPC-FPL", "FPC-SOCO", "FPC-TEC", "FPL-SOCO", "IPCO-NEVP", "IPCO-PACE", "ISNE-NYIS", "LGEE-MISO",
        "LGEE-PJM", "LGEE-TVA", "MISO-PJM", "MISO-SOCO", "MISO-SWPP", "MISO-TVA", "NEVP-PACE", "NWMT-PACE", "NYIS-PJM", "PACE-WACM",
        "PJM-TVA", "PNM-PSCO", "PSCO-WACM", "SC-SOCO", "SOCO-TVA", "SRP-TEPC", "SWPP-WACM", "WACM-WALC",
    ];

    /// <summary>The grids of CAISO, NYISO and ERCOT are the ones that the other publishers of the world report on.</summary>
    public static IReadOnlyList<EiaAuthority> Of(World world)
    {
        var dice = world.Dice.For("eia");
        return [.. List.Select(a => new EiaAuthority(a.Code, a.Name, GridOf(world, dice, a), dice.For(a.Code)))];
    }

    public static IReadOnlyList<(EiaAuthority One, EiaAuthority Other)> Neighbours(IReadOnlyList<EiaAuthority> all) =>
        [.. Lines.Select(line => line.Split('-')).Select(ends => (all.First(a => a.Code == ends[0]), all.First(a => a.Code == ends[1])))];

    private static Grid GridOf(World world, Dice dice, (string Code, string Name, int LoadMw, int Sun) authority) => authority.Code switch
    {
        "CISO" => world.California,
        "NYIS" => world.NewYork,
        "ERCO" => world.Texas,
        _ => new Grid(dice.For(authority.Code + " grid"), Shape(dice.For(authority.Code + " shape"), authority.LoadMw, authority.Sun)),
    };

    private static GridShape Shape(Dice dice, int loadMw, int sun) => new(
        sun switch { -5 => MarketZones.Eastern, -6 => MarketZones.Central, -7 => MarketZones.Mountain, _ => MarketZones.Pacific },
        sun * 3600, loadMw, loadMw * 0.35 * dice.Unit(1), loadMw * 0.4 * dice.Unit(2), 9 + (10 * dice.Unit(3)), 8 + (5 * dice.Unit(4)));
}
