namespace Aurum.Cluster.Registry;

/// <summary>The registry refused something, or could not be reached. The message says which registry, what was asked and what it
/// said; it holds no secret.</summary>
public sealed class RegistryException : Exception
{
    public RegistryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Status of the answer; 0: there was none.</summary>
    public int Status { get; init; }

    /// <summary>The registry's number of what went wrong: <see cref="RegistryErrors"/>; 0: none was given.</summary>
    public int ErrorCode { get; init; }

    /// <summary>Whether the registry could not be reached, or was not well: trying again later makes sense.</summary>
    public bool IsDown => Status is 0 or 408 or 429 or >= 500;

    /// <summary>Whether the registry is well, and knows no such schema, subject or version.</summary>
    public bool IsUnknown =>
        ErrorCode is RegistryErrors.SubjectNotFound or RegistryErrors.VersionNotFound or RegistryErrors.SchemaNotFound;
}
