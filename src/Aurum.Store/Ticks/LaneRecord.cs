using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>A partition of a topic as one group reads it.</summary>
/// <param name="Group">Group.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Number">Partition from 0.</param>
public readonly record struct LaneId(string Group, string Topic, int Number)
{
    public override string ToString() => $"{Topic}[{Number}] of {Group}";
}

/// <summary>How far a group has come in a partition.</summary>
/// <param name="Id">Which.</param>
/// <param name="Epoch">One more with each holder: who has a lower one can commit no more.</param>
/// <param name="Holder">Who has it, or had it last.</param>
/// <param name="Commits">Commits so far, of all holders.</param>
/// <param name="Next">Offset of the first message that is not committed; null: none is.</param>
/// <param name="StateAt">Offset behind the last message that the stored state knows; null: no state is stored.</param>
/// <param name="Watermark">Event time before which its windows are closed; null: none.</param>
/// <param name="Counters">What became of its messages up to <paramref name="Next"/>.</param>
/// <param name="ClaimedAt">When its holder got it.</param>
/// <param name="KnownAt">When it was committed last; null: never.</param>
public sealed record LaneRecord(
    LaneId Id,
    long Epoch,
    string Holder,
    long Commits,
    long? Next,
    long? StateAt,
    Instant? Watermark,
    TickCounters Counters,
    Instant ClaimedAt,
    Instant? KnownAt);

/// <summary>A partition that was claimed.</summary>
/// <param name="Record">As it stands now.</param>
/// <param name="State">What the stage remembered at <see cref="LaneRecord.StateAt"/>; empty where it has none.</param>
public sealed record LaneClaim(LaneRecord Record, byte[] State);
