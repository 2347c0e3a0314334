namespace Aurum.Market.Ticks;

/// <summary>How far a stream of messages has been taken in.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Position">Bytes of it that were taken in.</param>
/// <param name="IsComplete">Whether nothing follows.</param>
public sealed record TickCheckpoint(string Stream, long Position, bool IsComplete);
