namespace Aurum.Cluster.Redis;

/// <summary>Redis did not do what it was asked to. The message says what, and never holds a password.</summary>
/// <param name="fault">What kind of failure it is.</param>
/// <param name="message">For people.</param>
/// <param name="inner">What was behind it, where there was something.</param>
public sealed class RedisException(RedisFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public RedisFault Fault => fault;

    /// <summary>First word of the server's refusal: <c>OOM</c>, <c>NOAUTH</c>, <c>WRONGTYPE</c>; empty of other faults.</summary>
    public string Code { get; init; } = "";
}

/// <summary>Kinds of failure.</summary>
public enum RedisFault
{
    /// <summary>There is no connection; it is tried again by itself.</summary>
    Unreachable,

    /// <summary>No reply in time.</summary>
    Timeout,

    /// <summary>As many commands wait for replies as may.</summary>
    Busy,

    /// <summary>The server refused the command.</summary>
    Refused,

    /// <summary>The server refused user, password or database.</summary>
    Login,

    /// <summary>What came is not RESP3, or beyond its limits.</summary>
    Protocol,

    /// <summary>The client was disposed.</summary>
    Closed,
}
