namespace Aurum.Sandbox.Worlds;

/// <summary>A made-up continent of three power markets whose every value is known: a pure function of the seed, the place and the
/// instant. Nothing is stored, so any number of threads sees the same world, for any year.</summary>
/// <remarks>Prices in USD/MWh with energy, congestion, loss (and greenhouse gas at CAISO); load, sun and wind in MW. Some values are
/// corrected a day or two later; what was published when is part of the world.</remarks>
public sealed class World
{
    /// <param name="seed">Any number. The same seed is the same world.</param>
    /// <param name="options">How many places there are; null: the small default.</param>
    public World(ulong seed, WorldOptions? options = null)
    {
        Seed = seed;
        Options = (options ?? new WorldOptions()).Checked();
        var dice = new Dice(seed);
        var caiso = dice.For("caiso");
        var nyiso = dice.For("nyiso");
        var ercot = dice.For("ercot");
        Dice = dice;
        California = new Grid(caiso, GridShape.California);
        NewYork = new Grid(nyiso, GridShape.NewYork);
        Texas = new Grid(ercot, GridShape.Texas);
        CaisoPlaces = Places.Caiso(caiso, Options.CaisoNodes);
        NyisoZones = Places.NyisoZonePlaces(nyiso);
        NyisoGenerators = Places.NyisoGenerators(nyiso, Options.NyisoGenerators);
        ErcotPlaces = Places.Ercot(ercot, Options.ErcotResourceNodes);
    }

    public ulong Seed { get; }

    public WorldOptions Options { get; }

    public Dice Dice { get; }

    public Grid California { get; }

    public Grid NewYork { get; }

    public Grid Texas { get; }

    /// <summary>Trading hubs, load aggregation points, import points and nodes.</summary>
    public IReadOnlyList<Place> CaisoPlaces { get; }

    /// <summary>The eleven zones and four neighbours, in the order of the files.</summary>
    public IReadOnlyList<Place> NyisoZones { get; }

    public IReadOnlyList<Place> NyisoGenerators { get; }

    /// <summary>Hubs, load zones, ties and resource nodes.</summary>
    public IReadOnlyList<Place> ErcotPlaces { get; }
}
