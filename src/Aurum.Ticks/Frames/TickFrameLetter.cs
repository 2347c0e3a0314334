using Aurum.Market.Ticks;

namespace Aurum.Ticks.Frames;

/// <summary>A dead letter with its original bytes.</summary>
/// <param name="Tenant">Whose stream it came in.</param>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Letter">What is wrong with it.</param>
/// <param name="Bytes">The message as it came; of one longer than 1 MiB its beginning. Valid as long as the frame's bytes are.</param>
public sealed record TickFrameLetter(string Tenant, string Stream, DeadLetter Letter, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>How the bytes are read again; null where they are by themselves, or cannot be.</summary>
    public LetterForm? Form { get; init; }
}
