using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>A batch that was taken in under an idempotency key, with what became of it: a repeat gets the same answer.</summary>
/// <param name="Batch">Key and counters.</param>
/// <param name="Frame">The frame that took it.</param>
/// <param name="At">When that frame was made.</param>
public sealed record TickSubmissionRecord(TickBatchKey Batch, long Frame, Instant At);
