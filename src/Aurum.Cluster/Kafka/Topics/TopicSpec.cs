namespace Aurum.Cluster.Kafka.Topics;

/// <summary>A topic as it should be.</summary>
/// <param name="Name">Name, as the cluster has it.</param>
/// <param name="Partitions">Partitions; there may be more.</param>
/// <param name="Replication">Copies of each partition.</param>
/// <param name="Settings">Kafka's settings by their names: <c>retention.ms</c>, <c>cleanup.policy</c>, ...</param>
public sealed record TopicSpec(string Name, int Partitions, int Replication, IReadOnlyDictionary<string, string> Settings);

/// <summary>A topic as it is in a cluster.</summary>
/// <param name="Name">Name.</param>
/// <param name="Partitions">Partitions.</param>
/// <param name="Replication">Copies of its first partition.</param>
/// <param name="Settings">Settings in force, the cluster's defaults included.</param>
public sealed record TopicState(string Name, int Partitions, int Replication, IReadOnlyDictionary<string, string> Settings);
