namespace Aurum.Cluster.Vault;

/// <summary>Vault did not do what it was asked for. The message says which path, what was found and what to do; it holds no
/// secret.</summary>
public sealed class VaultException : Exception
{
    public VaultException(VaultFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>Of which kind.</summary>
    public VaultFailure Failure { get; }

    /// <summary>Whether values that are known go on to be used for a while: the server is away, and has not said no.</summary>
    public bool IsOutage => Failure is VaultFailure.Down or VaultFailure.Sealed or VaultFailure.Standby or VaultFailure.Busy;
}

/// <summary>Why Vault did not do it.</summary>
public enum VaultFailure
{
    /// <summary>It cannot be reached, or answers with errors of its own.</summary>
    Down,

    /// <summary>It is sealed: somebody must unseal it.</summary>
    Sealed,

    /// <summary>This node is a standby that does not pass requests on.</summary>
    Standby,

    /// <summary>It asks for fewer requests.</summary>
    Busy,

    /// <summary>The token or the sign-in is not accepted, or may not do this.</summary>
    Denied,

    /// <summary>There is no such secret, version or field.</summary>
    NotFound,

    /// <summary>Somebody else wrote in between: the version is not the one that was named.</summary>
    Conflict,

    /// <summary>The request or the answer is not as the protocol has it.</summary>
    Refused,
}
