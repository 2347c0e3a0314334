using Confluent.Kafka;

namespace Aurum.Cluster.Kafka.Topics;

/// <summary>Asks a cluster how many partitions a topic has: for whoever sends to partitions by number.</summary>
public static class TopicPartitions
{
    /// <param name="options">Checked options.</param>
    /// <param name="topic">Topic, as the cluster names it.</param>
    /// <returns>Partitions; 0: there is no such topic.</returns>
    /// <exception cref="BrokerException">No broker answered in time, or a client can't be made of the options.</exception>
    public static int Count(KafkaOptions options, string topic)
    {
        KafkaLibrary.Load();
        try
        {
            using var client = new AdminClientBuilder(ClientSettings.Admin(options)).SetLogHandler(static (_, _) => { }).Build();
            var found = client.GetMetadata(topic, TimeSpan.FromSeconds(options.RequestSeconds)).Topics.Find(t => t.Topic == topic);
            return found is null || found.Error.IsError ? 0 : found.Partitions.Count;
        }
        catch (KafkaException e)
        {
            throw BrokerException.Of($"{topic}: its partitions were not told by {options.BootstrapServers}", e.Error, e);
        }
        catch (InvalidOperationException refused)
        {
            throw BrokerException.Of(options, refused);
        }
    }
}
