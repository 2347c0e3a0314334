namespace Aurum.Market.Ticks;

/// <summary>A batch that its sender may send again: what became of it, to be told once more.</summary>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="Key">The sender's idempotency key.</param>
/// <param name="Counters">What became of the batch's messages.</param>
public sealed record TickBatchKey(string Tenant, string Key, TickCounters Counters);
