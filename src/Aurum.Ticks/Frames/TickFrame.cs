using System.Runtime.InteropServices;
using Aurum.Market.Ticks;

namespace Aurum.Ticks.Frames;

/// <summary>What a pipeline took in and gave out between two moments, as <see cref="TickFrameReader"/> reads it. Ticks, bars, prices
/// and points are read in place: they are valid as long as the frame's bytes are.</summary>
/// <remarks>A journal stores names, <see cref="Ticks"/> as <see cref="TickPipeline.Normalized"/> gave them, letters, checkpoints,
/// keys, counters and what <see cref="WatermarkMicros"/> and <see cref="IsComplete"/> say; bars and the others are functions of these.
/// Between stages in processes of their own, a frame carries what the next one needs.</remarks>
public sealed class TickFrame
{
    internal TickFrame()
    {
    }

    /// <summary>Names that are new in this frame.</summary>
    public required TickNames Names { get; init; }

    public ReadOnlySpan<Tick> Ticks => MemoryMarshal.Cast<byte, Tick>(TickBytes.Span);

    public ReadOnlySpan<Bar> Bars => MemoryMarshal.Cast<byte, Bar>(BarBytes.Span);

    public ReadOnlySpan<LatestPrice> Prices => MemoryMarshal.Cast<byte, LatestPrice>(PriceBytes.Span);

    public ReadOnlySpan<CurvePoint> CurvePoints => MemoryMarshal.Cast<byte, CurvePoint>(PointBytes.Span);

    /// <summary>Messages that are no ticks, and refused ticks.</summary>
    public required IReadOnlyList<TickFrameLetter> Letters { get; init; }

    /// <summary>How far streams had come at the frame's end; of each the last one counts.</summary>
    public required IReadOnlyList<TickCheckpoint> Checkpoints { get; init; }

    /// <summary>Batches in it that their senders may send again.</summary>
    public required IReadOnlyList<TickBatchKey> Keys { get; init; }

    /// <summary>Dead letters that were sent again, with what came of it in this frame.</summary>
    public required IReadOnlyList<TickToken> Redriven { get; init; }

    /// <summary>The pipeline's counters at the frame's end.</summary>
    public required TickCounters Counters { get; init; }

    /// <summary>When it was made, microseconds since 1970 UTC.</summary>
    public required long MadeMicros { get; init; }

    /// <summary>Behind all ticks of the frame: somebody vouches that nothing that happened before comes any more. Null: nobody
    /// does.</summary>
    public required long? WatermarkMicros { get; init; }

    /// <summary>Behind all ticks and the watermark: the input has ended, open windows give partial bars.</summary>
    public required bool IsComplete { get; init; }

    internal ReadOnlyMemory<byte> TickBytes { get; init; }

    internal ReadOnlyMemory<byte> BarBytes { get; init; }

    internal ReadOnlyMemory<byte> PriceBytes { get; init; }

    internal ReadOnlyMemory<byte> PointBytes { get; init; }
}
