using NodaTime;

namespace Aurum.Sandbox.Publishing;

/// <summary>How the bytes of an answer travel.</summary>
/// <param name="CutAfterBytes">The connection breaks after this many bytes of the body; null: it does not.</param>
/// <param name="DeclaredBytes">Content-Length that is said; null: the true one.</param>
/// <param name="DripBytes">Bytes between two pauses; 0: no pauses.</param>
/// <param name="DripPause">Length of a pause.</param>
public sealed record Delivery(int? CutAfterBytes = null, long? DeclaredBytes = null, int DripBytes = 0, Duration DripPause = default)
{
    public static readonly Delivery AtOnce = new();

    /// <summary>Whether the receiver gets the whole body, sooner or later.</summary>
    public bool IsWhole => CutAfterBytes is null && DeclaredBytes is null;
}
