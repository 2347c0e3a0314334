namespace Aurum.Cluster.Registry;

/// <summary>A schema that another one uses the types of.</summary>
/// <param name="Name">Name of the type, for people.</param>
/// <param name="Subject">Subject of the schema.</param>
/// <param name="Version">Version of the subject.</param>
public sealed record RegistryReference(string Name, string Subject, int Version);
