using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Spp;

/// <summary>The plains: places with the real names of hubs and neighbours, invented nodes behind them, and two balancing authorities
/// since April 2026.</summary>
internal sealed class SppGrid
{
    public const string East = "SPP";
    public const string West = "SWPW";

    /// <summary>First day of the western authority, and of the files that name it.</summary>
    public static readonly LocalDate WestBegins = new(2026, 4, 1);

    private static readonly string[] Hubs = ["CSWS_HUB", "GRDA_HUB", "SPPNORTH_HUB", "SPPSOUTH_HUB"];
    private static readonly string[] Neighbours = ["AECI", "EDDY", "ERCOTE", "ERCOTN", "LAM345", "MISO", "SPA"];
    private static readonly string[] WesternPlaces = ["AVA", "AVRN", "PACE", "PSCO"];
    private static readonly string[] Companies = ["CSWS", "GRDA", "KCPL", "NPPD", "OKGE", "OPPD", "SPS", "WFEC", "WR"];

    public SppGrid(World world)
    {
        Dice = world.Dice.For("spp");
        Grid = new Grid(Dice, new GridShape(MarketZones.Central, -6 * 3600, 31_000, 1_600, 30_000, 13, 13));
        var nodes = Enumerable.Range(0, world.Options.SppNodes).Select(i => $"{Companies[i % Companies.Length]}_{Name(i)}").ToArray();
        Locations =
        [
            .. Hubs.Select(id => new Place(Dice, id, LocationType.Hub, id[..^3] + "H"))
                .Concat(Neighbours.Select(id => new Place(Dice, id, LocationType.Interface, id)))
                .Concat(nodes.Select(id => new Place(Dice, id, LocationType.Node, Pnode(id))))
                .Concat(WesternPlaces.Select(id => new Place(Dice, id, LocationType.Node, id) { From = WestBegins }))
                .OrderBy(p => p.Id, StringComparer.Ordinal),
        ];
        Buses = [.. nodes.Select(id => new Place(Dice, Pnode(id), LocationType.Node)).OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    public Dice Dice { get; }

    public Grid Grid { get; }

    /// <summary>Settlement locations in the order of the files; the publisher's id is the pricing node.</summary>
    public IReadOnlyList<Place> Locations { get; }

    public IReadOnlyList<Place> Buses { get; }

    public static bool HasWest(OperatingDay day) => day.Date >= WestBegins;

    /// <summary>The balancing authority that a place lies in.</summary>
    public static string AuthorityOf(Place place) => place.From == WestBegins ? West : East;

    private static string Pnode(string location) => location.Replace("_", "", StringComparison.Ordinal) + "_RA";

    private string Name(int index)
    {
        const string Letters = "ABCDEFGHKLMNPRSTUVW";
        var bits = Dice.For("names").Bits(index);
        Span<char> name = stackalloc char[5];
        for (var i = 0; i < name.Length; i++)
        {
            name[i] = Letters[(int)((bits >> (8 * i)) % (ulong)Letters.Length)];
        }

        return $"{name}{index}";
    }
}
