using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>What frames have made, collected until the tables take it in one transaction: begin a frame, add what came out of it, go on
/// with the next one. Its arrays are used again after <see cref="Clear"/>.</summary>
/// <remarks>Indexes of a frame run over its ticks, then its bars, then its curve points, so add them in this order. One thread.</remarks>
public sealed class TickSettlement : IDisposable
{
    /// <summary>Number of the first frame; 0 where there is none.</summary>
    public long FirstFrame { get; private set; }

    /// <summary>Number of the last frame; 0 where there is none.</summary>
    public long LastFrame { get; private set; }

    /// <summary>Ticks in it.</summary>
    public int Ticks { get; private set; }

    /// <summary>Begins a frame; those of a settlement follow each other.</summary>
    /// <param name="number">Number of the frame in the journal.</param>
    /// <param name="committedAt">When it was made, as the frame itself has it, so that a restart finds the same.</param>
    /// <param name="totals">Messages up to and with this frame.</param>
    public void BeginFrame(long number, Instant committedAt, in TickTotals totals) => throw new NotSupportedException();

    /// <summary>Adds enriched ticks, without those that were refused.</summary>
    public void Add(ReadOnlySpan<Tick> ticks) => throw new NotSupportedException();

    public void Add(ReadOnlySpan<Bar> bars) => throw new NotSupportedException();

    public void Add(ReadOnlySpan<CurvePoint> points) => throw new NotSupportedException();

    /// <summary>Adds changes of latest prices; the last one of an instrument counts.</summary>
    public void Add(ReadOnlySpan<LatestPrice> prices) => throw new NotSupportedException();

    /// <summary>Adds a dead letter with its message.</summary>
    /// <returns>The id that it is stored under.</returns>
    public TickToken Add(DeadLetter letter, string tenant, string stream, ReadOnlySpan<byte> message) => throw new NotSupportedException();

    /// <summary>Adds an instrument that is new; numbers are dense and never change.</summary>
    public void AddInstrument(TickInstrument instrument) => throw new NotSupportedException();

    /// <summary>Adds a source that is new.</summary>
    public void AddSource(int number, string name) => throw new NotSupportedException();

    /// <summary>Adds a classification that is new.</summary>
    public void AddClassification(
        int number, string commodity, string region, string productTier, double confidence, string method) =>
        throw new NotSupportedException();

    /// <summary>Adds a forward curve that is new.</summary>
    public void AddCurve(int number, string tenant, string curve) => throw new NotSupportedException();

    /// <summary>Notes how far a stream was taken in.</summary>
    public void AddStream(string stream, long position, bool isComplete) => throw new NotSupportedException();

    /// <summary>Notes a submission that came with an idempotency key.</summary>
    public void AddSubmission(string tenant, string key, in TickTotals counts) => throw new NotSupportedException();

    /// <summary>Notes that the frame has what came of sending a dead letter again.</summary>
    public void AddRedriven(TickToken letter) => throw new NotSupportedException();

    /// <summary>Forgets all, and keeps the arrays.</summary>
    public void Clear() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
