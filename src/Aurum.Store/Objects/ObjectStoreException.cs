namespace Aurum.Store.Objects;

/// <summary>An object store did not do what it was asked. The message names the address, what was asked and what came back; never a
/// key or a signature.</summary>
/// <param name="message">What happened.</param>
/// <param name="kind">What may help.</param>
/// <param name="inner">Cause.</param>
public sealed class ObjectStoreException(string message, ObjectFailure kind, Exception? inner = null) : IOException(message, inner)
{
    public ObjectFailure Kind { get; } = kind;
}

/// <summary>What kind of failure it is.</summary>
public enum ObjectFailure
{
    /// <summary>It does not answer, answers too slowly or is overloaded: a later try may help.</summary>
    Unavailable,

    /// <summary>It refuses: wrong keys, no right, no such bucket. A person has to look.</summary>
    Refused,

    /// <summary>The bytes are not those that were written.</summary>
    Damaged,
}
