using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>A submission that was taken in under an idempotency key, with its receipt, so that a repeat of it gets the same answer.</summary>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="Key">The key.</param>
/// <param name="Frame">The frame that took it.</param>
/// <param name="Counts">What became of its messages.</param>
/// <param name="At">When that frame was committed.</param>
public sealed record TickSubmissionRecord(string Tenant, string Key, long Frame, TickTotals Counts, Instant At);
