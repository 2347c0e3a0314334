namespace Aurum.Sandbox.Worlds;

/// <summary>How big a world is, and how its publishers mend their prices.</summary>
/// <param name="CaisoNodes">Pricing nodes at CAISO beside the hubs and load aggregation points; 0 to 100,000. A real day has
/// about 16,000.</param>
/// <param name="NyisoGenerators">Generators at NYISO; 1 to 2,000.</param>
/// <param name="ErcotResourceNodes">Resource nodes at ERCOT beside hubs and load zones; 0 to 20,000.</param>
/// <param name="HasPriceChecks">Whether CAISO and NYISO show some five-minute prices provisionally and mend them within the hour,
/// as <see cref="PriceChecks"/> says. Without it, prices change a day or two later alone.</param>
/// <param name="PjmNodes">Buses at PJM beside zones and hubs; 0 to 20,000. A real day has about 12,000.</param>
/// <param name="IesoNodes">Pricing locations at IESO beside the zones; 1 to 20,000. A real day has about 1,050.</param>
public sealed record WorldOptions(
    int CaisoNodes = 40,
    int NyisoGenerators = 24,
    int ErcotResourceNodes = 24,
    bool HasPriceChecks = false,
    int PjmNodes = 24,
    int IesoNodes = 24)
{
    /// <summary>Nodes at MISO beside hubs, load zones and neighbours; 0 to 20,000. A real day has about 2,500.</summary>
    public int MisoNodes { get; init; } = 12;

    /// <summary>Nodes at SPP beside hubs and neighbours; 1 to 20,000. A real day has about 1,200 settlement locations.</summary>
    public int SppNodes { get; init; } = 12;

    /// <summary>Nodes at ISO New England beside hub, zones, borders and demand response zones; 0 to 20,000. A real day has about
    /// 1,170.</summary>
    public int IsoneNodes { get; init; } = 8;

    /// <summary>Electrical buses at ERCOT; 0 to 100,000. A real day has about 17,000.</summary>
    public int ErcotBuses { get; init; } = 6;

    public WorldOptions Checked()
    {
        Check(CaisoNodes, 0, 100_000, nameof(CaisoNodes));
        Check(NyisoGenerators, 1, 2_000, nameof(NyisoGenerators));
        Check(ErcotResourceNodes, 0, 20_000, nameof(ErcotResourceNodes));
        Check(ErcotBuses, 0, 100_000, nameof(ErcotBuses));
        Check(PjmNodes, 0, 20_000, nameof(PjmNodes));
        Check(IesoNodes, 1, 20_000, nameof(IesoNodes));
        Check(MisoNodes, 0, 20_000, nameof(MisoNodes));
        Check(SppNodes, 1, 20_000, nameof(SppNodes));
        Check(IsoneNodes, 0, 20_000, nameof(IsoneNodes));
        return this;
    }

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException($"{name} is {value}: expected {least} to {most}", name);
        }
    }
}
