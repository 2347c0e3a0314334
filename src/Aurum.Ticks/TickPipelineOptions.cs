using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Normalize;

namespace Aurum.Ticks;

/// <summary>How a fused pipeline works.</summary>
public sealed record TickPipelineOptions
{
    public NormalizeOptions Normalize { get; init; } = new();

    public AggregateOptions Aggregate { get; init; } = new();

    /// <summary>Messages that go through the stages together, 1 to 65536. Changes nothing about what comes out.</summary>
    public int BatchMessages { get; init; } = 512;
}
