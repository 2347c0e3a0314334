namespace Aurum.Cluster.Kafka.Topics;

/// <summary>What is asked of a cluster about topics: the wall behind which its administration lies. Every call ends in time, with a
/// <see cref="BrokerException"/> where it did not work.</summary>
public interface ITopicAdmin : IDisposable
{
    /// <summary>The topics of these names that there are.</summary>
    Task<IReadOnlyList<TopicState>> Describe(IReadOnlyCollection<string> names, CancellationToken cancel);

    Task Create(IReadOnlyList<TopicSpec> topics, CancellationToken cancel);

    /// <summary>Adds partitions up to a number.</summary>
    Task AddPartitions(IReadOnlyDictionary<string, int> partitions, CancellationToken cancel);

    /// <summary>Changes settings of topics; others stay as they are.</summary>
    Task Alter(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> settings, CancellationToken cancel);
}
