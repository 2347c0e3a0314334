namespace Aurum.Cluster.Iceberg;

/// <summary>A REST catalog did not do what it was asked. The message names the request and what came back; never a token.</summary>
/// <param name="message">What happened.</param>
/// <param name="failure">What it means for the request.</param>
/// <param name="status">HTTP status; 0: there was no answer.</param>
/// <param name="inner">Cause.</param>
public sealed class CatalogException(string message, CatalogFailure failure, int status, Exception? inner = null)
    : IOException(message, inner)
{
    public CatalogFailure Failure { get; } = failure;

    public int Status { get; } = status;
}

/// <summary>What a failure means for a request.</summary>
public enum CatalogFailure
{
    /// <summary>Refused as it is: wrong keys, no right, bad request. A person has to look.</summary>
    Refused,

    /// <summary>What it names is not there.</summary>
    NotFound,

    /// <summary>It is there already, or a requirement does not hold.</summary>
    Conflict,

    /// <summary>Surely not done: a later try may help.</summary>
    NotDone,

    /// <summary>Done or not: look before it is tried again.</summary>
    Unknown,
}
