using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>How far the tables are.</summary>
/// <param name="Frame">Number of the last frame that they have; 0 before the first.</param>
/// <param name="Counters">Messages up to that frame.</param>
/// <param name="SettledAt">When the frame was committed to the journal; null before the first.</param>
public sealed record TickProgress(long Frame, TickCounters Counters, Instant? SettledAt);
