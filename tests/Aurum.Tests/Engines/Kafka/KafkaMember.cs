using System.Globalization;
using System.Text;
using Aurum.Cluster.Kafka;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>A member of a group in a process of its own, which tests kill. What it reads and where it stands are one file for each part
/// of a batch, made whole or not at all; the file's name is the fence.</summary>
internal sealed class KafkaMember(string folder, TextWriter told) : IPositionStore
{
    public const string Verb = "kafka-member";

    /// <summary>What a member says whenever its partitions change, before their number.</summary>
    public const string Has = "has ";

    private readonly HashSet<int> _partitions = [];

    public static async Task<int> Run(string brokers, string group, string topic, string folder, TextWriter told)
    {
        var options = new KafkaOptions
        {
            BootstrapServers = brokers, SessionSeconds = 3, HeartbeatMilliseconds = 500, FetchWaitMilliseconds = 20,
        };
        var store = new KafkaMember(folder, told);
        var subscription = new KafkaSubscription(group, [topic]) { BatchMessages = 50, BatchMilliseconds = 20, ReleaseSeconds = 3 };
        using var consumer = new KafkaConsumer(options, subscription, store, TimeProvider.System);
        while (await consumer.Read(CancellationToken.None) is { } batch)
        {
            using (batch)
            {
                foreach (var range in batch.Ranges)
                {
                    store.Store(batch, range);
                }

                batch.Done();
            }

        }

        return 0;
    }

    /// <summary>All values that are stored, by partition in the order of offsets.</summary>
    public static IReadOnlyList<string> Values(string folder, int partitions) =>
    [
        .. Enumerable.Range(0, partitions).SelectMany(p => Chain(folder, p).SelectMany(static f => File.ReadAllLines(f).Skip(1))),
    ];

    public IReadOnlyList<long?> Claim(IReadOnlyList<KafkaPartition> partitions)
    {
        _partitions.UnionWith(partitions.Select(static p => p.Number));
        Tell();
        return [.. partitions.Select(p => Chain(folder, p.Number).Select(static f => (long?)Next(f)).LastOrDefault())];
    }

    public void Release(IReadOnlyList<KafkaPartition> partitions, bool isLost)
    {
        _partitions.ExceptWith(partitions.Select(static p => p.Number));
        Tell();
    }

    /// <summary>Files of a partition, each beginning where the one before ended.</summary>
    private static IEnumerable<string> Chain(string folder, int partition)
    {
        for (var file = FileOf(folder, partition, null); File.Exists(file);)
        {
            yield return file;
            file = FileOf(folder, partition, Next(file));
        }
    }

    private static long Next(string file) => long.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);

    private static string FileOf(string folder, int partition, long? from) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{partition}-{from ?? 0}"));

    private void Tell()
    {
        told.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Has}{_partitions.Count}"));
        told.Flush();
    }

    private void Store(KafkaBatch batch, KafkaRange range)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{range.Next}\n");
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].Partition == range.Partition)
            {
                text.Append(Encoding.UTF8.GetString(batch[i].Value)).Append('\n');
            }
        }

        var whole = Path.Combine(folder, $"new-{Environment.ProcessId}");
        File.WriteAllText(whole, text.ToString());
        try
        {
            File.Move(whole, FileOf(folder, range.Partition.Number, range.From), overwrite: false);
        }
        catch (IOException)
        {
            // The fence: another member has stored from here already.
            File.Delete(whole);
        }
    }
}
