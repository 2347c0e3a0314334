using System.Globalization;

namespace Aurum.Cluster.Kafka.Topics;

/// <summary>A topic of the file.</summary>
/// <param name="Name">Name without environment.</param>
/// <param name="Partitions">Partitions.</param>
/// <param name="Replication">Copies of each.</param>
/// <param name="Settings">Kafka's settings by their names.</param>
public sealed record TopicEntry(string Name, int Partitions, int Replication, IReadOnlyDictionary<string, string> Settings)
{
    private const string MinInSync = "min.insync.replicas";

    /// <summary>What the key of a message is, for people.</summary>
    public string Key { get; init; } = "";

    /// <summary>What a message is, for people.</summary>
    public string Content { get; init; } = "";

    /// <summary>The topic in an environment, with the copies that its cluster can have.</summary>
    public TopicSpec Spec(KafkaOptions options)
    {
        var copies = options.Replication > 0 ? options.Replication : Replication;
        var settings = new SortedDictionary<string, string>(Settings.ToDictionary(), StringComparer.Ordinal);
        if (settings.TryGetValue(MinInSync, out var text) && int.Parse(text, CultureInfo.InvariantCulture) > copies)
        {
            settings[MinInSync] = copies.ToString(CultureInfo.InvariantCulture);
        }

        return new TopicSpec(options.TopicOf(Name), Partitions, copies, settings);
    }
}
