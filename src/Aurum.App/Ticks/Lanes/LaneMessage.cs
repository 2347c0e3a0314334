using Aurum.Ticks;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Lanes;

/// <summary>A message of a lane.</summary>
internal readonly ref struct LaneMessage
{
    /// <summary>What it is called in dead letters: <c>aurum.market.tick.raw.v1[3]@1042</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Offset of the raw message that it is, or that it was made of.</summary>
    public required long Source { get; init; }

    /// <summary>Offset of the raw message before that something was made of; -1: there was none.</summary>
    public required long SourceBefore { get; init; }

    /// <summary>How a raw message is written.</summary>
    public required TickStreamOptions Form { get; init; }

    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The frame that it is; null: a raw message.</summary>
    public TickFrame? Frame { get; init; }

    /// <summary>Trace that it belongs to; empty: none.</summary>
    public required string Trace { get; init; }
}
