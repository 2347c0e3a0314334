using Aurum.Market.Ticks;
using Aurum.Store.Ticks;

namespace Aurum.App.Ticks.Lanes;

/// <summary>What a stage gave until it is committed: rows for the store, frames for the stage behind.</summary>
internal sealed class LaneOutput : IDisposable
{
    public LaneRows Rows { get; } = new();

    /// <summary>What the numbers in <see cref="Rows"/> stand for.</summary>
    public LaneNames Names { get; } = new();

    public List<LaneFrame> Frames { get; } = [];

    /// <summary>Messages that the rows are about.</summary>
    public TickCounters Brought { get; set; }

    public bool IsEmpty => Rows.IsEmpty && Frames.Count == 0 && Brought == default;

    /// <summary>Forgets all but the names.</summary>
    public void Clear()
    {
        Rows.Clear();
        Frames.Clear();
        Brought = default;
    }

    public void Dispose() => Rows.Dispose();
}

/// <summary>A frame for the stage behind.</summary>
/// <param name="Value">Its bytes.</param>
/// <param name="Source">Offset of the raw message that it was made of.</param>
/// <param name="SourceBefore">Offset of the one that the frame before it was made of; -1: there was none.</param>
/// <param name="Trace">Trace that it belongs to; empty: none.</param>
internal sealed record LaneFrame(byte[] Value, long Source, long SourceBefore, string Trace);
