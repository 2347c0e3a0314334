using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>What a holder commits of a partition in one transaction: rows, how far it has come, and now and then what its stage
/// remembers.</summary>
/// <param name="Lane">Which.</param>
/// <param name="Epoch">What the claim gave.</param>
/// <param name="Commits">Commits of the partition before this one.</param>
/// <param name="Next">Offset of the first message that is not in it; where no message came, as before.</param>
/// <param name="KnownAt">When.</param>
/// <param name="Counters">What became of the partition's messages up to <paramref name="Next"/>.</param>
/// <param name="Rows">What came of the messages, in the numbers of the partition.</param>
/// <param name="Names">What those numbers stand for.</param>
public sealed record LaneCommit(
    LaneId Lane, long Epoch, long Commits, long? Next, Instant KnownAt, TickCounters Counters, LaneRows Rows, LaneNames Names)
{
    /// <summary>How many of the partition's messages <see cref="Rows"/> are about, so that the store's own counters follow.</summary>
    public TickCounters Brought { get; init; }

    /// <summary>Event time before which windows are closed, microseconds since 1970 UTC; the least value: none.</summary>
    public long WatermarkMicros { get; init; } = long.MinValue;

    /// <summary>What the stage remembers at <see cref="Next"/>; null: what is stored stays.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }
}
