using Aurum.Market.Ticks;

namespace Aurum.Ticks;

/// <summary>What came out of a pipeline since it was last cleared: what a runner stores in one transaction.</summary>
public sealed class TickOutput : IDisposable
{
    /// <summary>Enriched ticks, those that are refused later on among them.</summary>
    internal Batch<Tick> Normalized { get; } = new();

    /// <summary>Enriched ticks, those that amended bars among them.</summary>
    public Batch<Tick> Ticks { get; } = new();

    /// <summary>Bars that closed, and revisions.</summary>
    public Batch<Bar> Bars { get; } = new();

    /// <summary>Changes of latest prices.</summary>
    public Batch<LatestPrice> Prices { get; } = new();

    public Batch<CurvePoint> CurvePoints { get; } = new();

    public Batch<DeadLetter> DeadLetters { get; } = new();

    public void Clear()
    {
        Normalized.Clear();
        Ticks.Clear();
        Bars.Clear();
        Prices.Clear();
        CurvePoints.Clear();
        DeadLetters.Clear();
    }

    public void Dispose()
    {
        Normalized.Dispose();
        Ticks.Dispose();
        Bars.Dispose();
        Prices.Dispose();
        CurvePoints.Dispose();
        DeadLetters.Dispose();
    }
}
