using Aurum.Market.Ticks;

namespace Aurum.Ticks.Frames;

/// <summary>Writes frames into one buffer that is used again. Ticks, bars, prices and points are copied once, as they are in memory.</summary>
public sealed class TickFrameWriter : IDisposable
{
    /// <summary>Bytes of the frame so far.</summary>
    public int Length => throw new NotSupportedException();

    /// <summary>Begins a new frame; what <see cref="Finish"/> gave is no longer valid.</summary>
    public void Clear() => throw new NotSupportedException();

    public void AddNames(TickNames names) => throw new NotSupportedException();

    /// <summary>Once a frame.</summary>
    public void AddTicks(ReadOnlySpan<Tick> ticks) => throw new NotSupportedException();

    /// <summary>Once a frame.</summary>
    public void AddBars(ReadOnlySpan<Bar> bars) => throw new NotSupportedException();

    /// <summary>Once a frame.</summary>
    public void AddPrices(ReadOnlySpan<LatestPrice> prices) => throw new NotSupportedException();

    /// <summary>Once a frame.</summary>
    public void AddCurvePoints(ReadOnlySpan<CurvePoint> points) => throw new NotSupportedException();

    /// <param name="stream">The stream that it came in.</param>
    /// <param name="letter">What is wrong with it.</param>
    /// <param name="bytes">The message as it came; at most 1 MiB of it are kept.</param>
    public void AddLetter(string stream, DeadLetter letter, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void AddCheckpoint(TickCheckpoint checkpoint) => throw new NotSupportedException();

    public void AddKey(TickBatchKey key) => throw new NotSupportedException();

    /// <summary>Somebody vouches, behind all ticks of the frame.</summary>
    public void AddWatermark(long watermarkMicros) => throw new NotSupportedException();

    /// <summary>The input has ended.</summary>
    public void AddComplete() => throw new NotSupportedException();

    /// <summary>Ends the frame.</summary>
    /// <param name="counters">What became of all messages up to here.</param>
    /// <returns>The frame; valid until <see cref="Clear"/>.</returns>
    /// <exception cref="InvalidOperationException">It is longer than <see cref="TickFrameReader.MaxBytes"/>.</exception>
    public ReadOnlyMemory<byte> Finish(in TickCounters counters) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
