namespace Aurum.Cluster.Contracts;

/// <summary>Ids that the registry has given to the schemas of topics.</summary>
/// <param name="topic">A topic whose subject is registered.</param>
public delegate int EventSchemaIds(EventTopic topic);
