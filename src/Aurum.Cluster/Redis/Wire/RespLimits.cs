namespace Aurum.Cluster.Redis.Wire;

/// <summary>How large a reply may be. A larger one ends the connection: the server, or what stands for it, is not to be trusted.</summary>
public sealed record RespLimits
{
    public static readonly RespLimits Usual = new();

    /// <summary>Lists within lists at most, 1 to 1,000.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Bytes of one text at most.</summary>
    public int MaxTextBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of all texts of a reply at most.</summary>
    public long MaxReplyBytes { get; init; } = 256 << 20;

    /// <summary>Values in a reply at most, on all levels together.</summary>
    public int MaxItems { get; init; } = 1_000_000;

    /// <summary>Bytes of a line at most: a length, a number, a short text or an error.</summary>
    public int MaxLineBytes { get; init; } = 64 << 10;
}
