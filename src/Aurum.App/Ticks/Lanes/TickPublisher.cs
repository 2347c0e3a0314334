using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Topics;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Hands messages that come over HTTP to Kafka, for the workers that fill the store. Connects when the first message comes.
/// What was sent under an idempotency key is remembered in the store, for all servers, a day long. Safe from several threads.</summary>
/// <param name="kafka">Checked options.</param>
/// <param name="tables">Where keys are remembered.</param>
/// <param name="time">Clock.</param>
/// <param name="told">Is told what the client says about its connections.</param>
internal sealed class TickPublisher(KafkaOptions kafka, TickTables tables, TimeProvider time, Action<string> told) : IDisposable
{
    /// <summary>Messages that go together.</summary>
    public const int BlockMessages = 500;

    /// <summary>How often brokers are asked how many partitions there are: an instrument is in one of them.</summary>
    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private KafkaProducer? _producer;
    private int _lanes;
    private long _countedAt;

    /// <summary>The topic of raw messages, as the cluster names it.</summary>
    public string Topic => kafka.TopicOf(TickTopics.Raw);

    /// <summary>Batches over sockets. What is on its way is known here, so that it does not go twice.</summary>
    public PublishedBatches Batches => field ??= new PublishedBatches(this);

    /// <summary>Whoever sends dead letters again has this one place.</summary>
    public SemaphoreSlim Redriving { get; } = new(1, 1);

    /// <summary>Begins to send a body.</summary>
    /// <param name="blockMessages">Messages that go together; 1: each alone.</param>
    /// <exception cref="TickServiceException">Brokers do not answer, or there is no such topic.</exception>
    public RawSender Open(int blockMessages = BlockMessages)
    {
        lock (_gate)
        {
            try
            {
                CountLanes();
                _producer ??= new KafkaProducer(kafka, time, told);
                return new RawSender(_producer, Topic, _lanes, blockMessages);
            }
            catch (BrokerException e)
            {
                throw new TickServiceException(e.Message, e);
            }
        }
    }

    private void CountLanes()
    {
        if (_lanes > 0 && time.GetElapsedTime(_countedAt) < CountEvery)
        {
            return;
        }

        _lanes = TopicPartitions.Count(kafka, Topic);
        _countedAt = time.GetTimestamp();
        if (_lanes == 0)
        {
            throw new TickServiceException($"there is no topic {Topic}: 'aurum kafka apply' makes it");
        }
    }

    /// <summary>Messages that were sent under a key; null where none were, or a day ago.</summary>
    public long? Recall(string tenant, string key) => tables.FindSubmission(tenant, key);

    /// <summary>Remembers what brokers have acknowledged.</summary>
    public void Remember(string tenant, IReadOnlyCollection<(string Key, long Messages)> sent) => tables.AddSubmissions(
        [.. sent.Select(s => new TickBatchKey(tenant, s.Key, new TickCounters(s.Messages, 0, 0, 0, 0)))],
        Instant.FromDateTimeOffset(time.GetUtcNow()));

    public void Dispose()
    {
        _producer?.Dispose();
        Redriving.Dispose();
    }
}
