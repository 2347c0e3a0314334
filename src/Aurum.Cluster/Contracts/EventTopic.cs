namespace Aurum.Cluster.Contracts;

/// <summary>A topic and what stands in it.</summary>
/// <param name="Name">Name of the topic: <c>aurum.iso.caiso.lmp.v1</c>.</param>
/// <param name="Contract">Schema of its values.</param>
/// <param name="Key">What its keys are, for people: UTF-8 text of columns, with | between.</param>
/// <param name="Origin">Where the contract is from.</param>
public sealed record EventTopic(string Name, EventContract Contract, string Key, EventOrigin Origin)
{
    /// <summary>What the schema is registered under: the topic with <c>-value</c>, but for one. Null: values are JSON, and no schema
    /// is registered.</summary>
    public string? Subject { get; init; } = Name + "-value";

    public override string ToString() => Name;
}

/// <summary>Where a topic's contract is from.</summary>
public enum EventOrigin
{
    /// <summary>The platform's contract, as consumers have it already.</summary>
    Platform,

    /// <summary>The platform has the schema but registers no subject for it.</summary>
    PlatformUnregistered,

    /// <summary>Ours, named by the same rule, for data that the platform's contract lacks.</summary>
    Ours,
}
