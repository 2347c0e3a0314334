using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>How far a stream of messages has been taken in.</summary>
/// <param name="Stream">Name of the stream: of a file its path.</param>
/// <param name="Position">Bytes that were taken; reading goes on here.</param>
/// <param name="IsComplete">Whether its end was taken.</param>
/// <param name="Frame">The frame that took the last of it.</param>
/// <param name="At">When that frame was committed.</param>
public sealed record TickStreamRecord(string Stream, long Position, bool IsComplete, long Frame, Instant At);
