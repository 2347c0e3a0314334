namespace Aurum.Market.Ticks;

/// <summary>What numbers in ticks, bars, prices and points of curves stand for: those that are new. Numbers count from 0 without gaps
/// and never change.</summary>
/// <param name="Tenants">Tenants, in the order in which they were first named.</param>
/// <param name="Sources">What <see cref="Tick.Source"/> stands for.</param>
/// <param name="Instruments">What <see cref="Tick.Instrument"/> stands for.</param>
/// <param name="Classifications">What <see cref="Tick.Classification"/> stands for.</param>
/// <param name="Curves">What <see cref="CurvePoint.Curve"/> stands for.</param>
public sealed record TickNames(
    NameRange<string> Tenants,
    NameRange<string> Sources,
    NameRange<TickInstrument> Instruments,
    NameRange<Taxonomy> Classifications,
    NameRange<TickCurve> Curves)
{
    /// <summary>Whether nothing is new.</summary>
    public bool IsEmpty =>
        Tenants.Names.Count + Sources.Names.Count + Instruments.Names.Count + Classifications.Names.Count + Curves.Names.Count == 0;
}
