using System.Buffers.Text;
using Confluent.Kafka;
using NodaTime;
using Offset = Confluent.Kafka.Offset;

namespace Aurum.Cluster.Kafka.Reconciling;

/// <summary>Reads a topic from a time to where it ends now, without a group and without moving anybody's position.</summary>
/// <param name="options">Checked options.</param>
/// <param name="time">Clock of the patience.</param>
public sealed class TopicScan(KafkaOptions options, TimeProvider time)
{
    private const int PollMilliseconds = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Counts the events of deliveries.</summary>
    /// <param name="topic">Topic, as the cluster names it.</param>
    /// <param name="from">Where to begin; null: at the oldest message that is kept.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BrokerException">The topic is not there, or brokers fell silent.</exception>
    public TopicContent Count(string topic, Instant? from, CancellationToken cancel)
    {
        var content = new TopicContent();
        Read(topic, from, message => Note(content, message.Headers), cancel);
        return content;
    }

    private static void Note(TopicContent content, Headers headers)
    {
        if (Number(headers, KafkaHeaders.Delivery) is { } delivery
            && Number(headers, KafkaHeaders.Row) is >= 0 and < int.MaxValue and var row)
        {
            content.Add(delivery, row);
        }
        else
        {
            content.AddForeign();
        }
    }

    private static long? Number(Headers headers, string name) =>
        headers.TryGetLastBytes(name, out var text) && Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length
            ? number
            : null;

    private void Read(string topic, Instant? from, Action<Message<Ignore, Ignore>> take, CancellationToken cancel)
    {
        KafkaLibrary.Load();
        var config = ClientSettings.Consumer(options, $"{options.ClientId}-scan");
        config.EnableAutoCommit = false;
        config.ConsumeResultFields = "headers";
        using var client = new ConsumerBuilder<Ignore, Ignore>(config)
            .SetErrorHandler(static (_, _) => { }).SetLogHandler(static (_, _) => { }).Build();
        try
        {
            var ends = Ends(client, topic);
            var begin = Begin(client, [.. ends.Keys.Select(p => new TopicPartition(topic, p))], from);
            foreach (var late in begin.Where(b => b.Offset == Offset.End || b.Offset.Value >= ends[b.Partition.Value]))
            {
                ends.Remove(late.Partition.Value);
            }

            client.Assign(begin.Where(b => ends.ContainsKey(b.Partition.Value)));
            Drain(client, topic, ends, take, cancel);
        }
        catch (KafkaException e)
        {
            throw BrokerException.Of(topic, e.Error, e);
        }
        finally
        {
            client.Close();
        }
    }

    /// <summary>Reads until every partition is at its end.</summary>
    private void Drain(
        IConsumer<Ignore, Ignore> client, string topic, Dictionary<int, long> ends, Action<Message<Ignore, Ignore>> take,
        CancellationToken cancel)
    {
        var heard = time.GetTimestamp();
        while (ends.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            if (client.Consume(PollMilliseconds) is { } message)
            {
                heard = time.GetTimestamp();
                var end = ends.GetValueOrDefault(message.Partition.Value);
                if (message.Offset.Value < end)
                {
                    take(message.Message);
                }

                if (message.Offset.Value + 1 >= end)
                {
                    ends.Remove(message.Partition.Value);
                }

                continue;
            }

            // A partition may end with offsets that are no messages: its position goes past them without one.
            foreach (var (partition, end) in ends.ToList())
            {
                if (client.Position(new TopicPartition(topic, partition)) is { IsSpecial: false } at && at.Value >= end)
                {
                    ends.Remove(partition);
                }
            }

            if (ends.Count > 0 && time.GetElapsedTime(heard) > Patience)
            {
                throw new BrokerException(
                    $"{topic}: {options.BootstrapServers} sent nothing for {Patience.TotalSeconds:0} s", isRetryable: true);
            }
        }
    }

    /// <summary>Where each partition that has messages ends now.</summary>
    private Dictionary<int, long> Ends(IConsumer<Ignore, Ignore> client, string topic)
    {
        using var admin = new DependentAdminClientBuilder(client.Handle).Build();
        var found = admin.GetMetadata(topic, Longest).Topics.Single();
        if (found.Error.IsError)
        {
            throw BrokerException.Of(topic, found.Error);
        }

        return found.Partitions
            .Select(p => (p.PartitionId, Ends: client.QueryWatermarkOffsets(new TopicPartition(topic, p.PartitionId), Longest)))
            .Where(static p => p.Ends.High > p.Ends.Low)
            .ToDictionary(static p => p.PartitionId, static p => p.Ends.High.Value);
    }

    private List<TopicPartitionOffset> Begin(IConsumer<Ignore, Ignore> client, IReadOnlyList<TopicPartition> partitions, Instant? from) =>
        from is { } since
            ? client.OffsetsForTimes(partitions.Select(p => new TopicPartitionTimestamp(p, Stamp(since))), Longest)
            : [.. partitions.Select(static p => new TopicPartitionOffset(p, Offset.Beginning))];

    private static Timestamp Stamp(Instant at) => new(at.ToUnixTimeMilliseconds(), TimestampType.CreateTime);

    private TimeSpan Longest => TimeSpan.FromSeconds(options.RequestSeconds);
}
