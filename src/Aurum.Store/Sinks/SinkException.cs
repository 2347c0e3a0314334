namespace Aurum.Store.Sinks;

/// <summary>The other side of a sink did not take a delivery. The message says which side, what was expected and found; it holds no
/// secret.</summary>
public sealed class SinkException : Exception
{
    public SinkException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether trying again without a person's help makes sense. False: the delivery itself can't be taken, and the sink stops at
    /// it until somebody has mended that.</summary>
    public bool MayRetry { get; init; } = true;
}
