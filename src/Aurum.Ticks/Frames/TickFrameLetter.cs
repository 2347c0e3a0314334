using Aurum.Market.Ticks;

namespace Aurum.Ticks.Frames;

/// <summary>A dead letter with its original bytes.</summary>
/// <param name="Stream">The stream that it came in.</param>
/// <param name="Letter">What is wrong with it.</param>
/// <param name="Bytes">The message as it came.</param>
public sealed record TickFrameLetter(string Stream, DeadLetter Letter, ReadOnlyMemory<byte> Bytes);
