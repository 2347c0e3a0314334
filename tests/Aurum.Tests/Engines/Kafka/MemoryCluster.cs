using Aurum.Cluster.Kafka.Topics;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>Topics of a cluster in memory.</summary>
internal sealed class MemoryCluster : ITopicAdmin
{
    public Dictionary<string, TopicState> Topics { get; } = [];

    /// <summary>Calls that changed something.</summary>
    public int Calls { get; private set; }

    public Task<IReadOnlyList<TopicState>> Describe(IReadOnlyCollection<string> names, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<TopicState>>([.. Topics.Values.Where(t => names.Contains(t.Name))]);

    public Task Create(IReadOnlyList<TopicSpec> topics, CancellationToken cancel)
    {
        Calls++;
        foreach (var topic in topics)
        {
            Topics.Add(topic.Name, new TopicState(topic.Name, topic.Partitions, topic.Replication, topic.Settings));
        }

        return Task.CompletedTask;
    }

    public Task AddPartitions(IReadOnlyDictionary<string, int> partitions, CancellationToken cancel)
    {
        Calls++;
        foreach (var (topic, count) in partitions)
        {
            Assert.True(count > Topics[topic].Partitions);
            Topics[topic] = Topics[topic] with { Partitions = count };
        }

        return Task.CompletedTask;
    }

    public Task Alter(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> settings, CancellationToken cancel)
    {
        Calls++;
        foreach (var (topic, changed) in settings)
        {
            Topics[topic] = Topics[topic] with
            {
                Settings = Topics[topic].Settings.Concat(changed).GroupBy(static s => s.Key)
                    .ToDictionary(static g => g.Key, static g => g.Last().Value),
            };
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }
}
