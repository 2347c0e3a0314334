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

    /// <summary>How long it is known that there was no answer: as long as whoever sent is asked to wait.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private KafkaProducer? _producer;
    private bool _isDisposed;

    /// <summary>The question to the brokers that is open, or the last one.</summary>
    private Task<int>? _counting;

    /// <summary>Partitions as far as is known; 0: they were not counted yet.</summary>
    private int _lanes;

    /// <summary>When the last question ended.</summary>
    private long _countedAt;

    /// <summary>How long what came of it holds.</summary>
    private TimeSpan _holds;

    /// <summary>The topic of raw messages, as the cluster names it.</summary>
    public string Topic => kafka.TopicOf(TickTopics.Raw);

    /// <summary>Batches over sockets. What is on its way is known here, so that it does not go twice.</summary>
    public PublishedBatches Batches => field ??= new PublishedBatches(this);

    /// <summary>Whoever sends dead letters again has this one place.</summary>
    public SemaphoreSlim Redriving { get; } = new(1, 1);

    /// <summary>Begins to send a body. Brokers that do not answer are waited for by all who want to send together, each as long as it
    /// likes.</summary>
    /// <param name="blockMessages">Messages that go together; 1: each alone.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="TickServiceException">Brokers do not answer, or there is no such topic.</exception>
    public async Task<RawSender> OpenAsync(int blockMessages, CancellationToken cancel)
    {
        try
        {
            var lanes = await CountLanesAsync().WaitAsync(cancel);
            return lanes > 0
                ? new RawSender(Producer(), Topic, lanes, blockMessages)
                : throw new TickServiceException($"there is no topic {Topic}: 'aurum kafka apply' makes it");
        }
        catch (BrokerException e)
        {
            throw new TickServiceException(e.Message, e);
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
        lock (_gate)
        {
            _isDisposed = true;
        }

        _producer?.Dispose();
        Redriving.Dispose();
    }

    private KafkaProducer Producer()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _producer ??= new KafkaProducer(kafka, time, told);
        }
    }

    private Task<int> CountLanesAsync()
    {
        lock (_gate)
        {
            return _counting is { } last && (!last.IsCompleted || time.GetElapsedTime(_countedAt) < _holds)
                ? last
                : _counting = Task.Run(CountLanes);
        }
    }

    /// <summary>Asks the brokers, which takes up to <see cref="KafkaOptions.RequestSeconds"/> where none answers. What was known before
    /// holds then.</summary>
    private int CountLanes()
    {
        var holds = AskAgain;
        try
        {
            _lanes = TopicPartitions.Count(kafka, Topic);
            holds = _lanes > 0 ? CountEvery : AskAgain;
            return _lanes;
        }
        catch (BrokerException) when (_lanes > 0)
        {
            holds = CountEvery;
            return _lanes;
        }
        finally
        {
            (_countedAt, _holds) = (time.GetTimestamp(), holds);
        }
    }
}
