using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>A message that is no tick, as it is stored.</summary>
/// <param name="Id">The frame that stored it, and its index among the dead letters of that frame.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Stream">The stream that it came in.</param>
/// <param name="Letter">What is wrong with it, and its place in the stream.</param>
/// <param name="Bytes">The message as it came, without its line end.</param>
/// <param name="ReceivedAt">When its frame was committed.</param>
/// <param name="RedrivenAt">When it was sent through the pipeline again; null where it was not.</param>
/// <param name="RedrivenFrame">The frame that has what came of that; 0 where there is none.</param>
public sealed record TickLetter(
    TickToken Id, string Tenant, string Stream, DeadLetter Letter, byte[] Bytes, Instant ReceivedAt, Instant? RedrivenAt,
    long RedrivenFrame)
{
    /// <summary>How its bytes are read again; null where they are by themselves, or cannot be.</summary>
    public LetterForm? Form { get; init; }

    public bool IsPending => RedrivenAt is null;
}
