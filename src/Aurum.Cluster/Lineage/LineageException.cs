namespace Aurum.Cluster.Lineage;

/// <summary>Events could not be told. The message says where to, and why; it holds no secret.</summary>
public sealed class LineageException(string message, bool mayRetry, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it makes sense to try the same events again.</summary>
    public bool MayRetry { get; } = mayRetry;

    /// <summary>Whether the token was not taken.</summary>
    internal bool IsLogin { get; init; }
}
