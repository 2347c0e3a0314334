using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>How far a stream of messages has been taken in.</summary>
/// <param name="Checkpoint">The stream, and the byte where reading goes on.</param>
/// <param name="Frame">The frame that took the last of it.</param>
/// <param name="At">When that frame was made.</param>
public sealed record TickStreamRecord(TickCheckpoint Checkpoint, long Frame, Instant At);
