using System.Text;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Mock;
using Aurum.Tests.Engines.Servers;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>Topics of ticks of one test on the brokers for tests, and messages to them.</summary>
internal sealed class WorkerBrokers : IDisposable
{
    public const int Lanes = 4;

    private const int BlockMessages = 40;

    private static readonly string[] Topics =
        [TickTopics.Raw, TickTopics.Normalized, TickTopics.Enriched, TickTopics.Aggregated, TickTopics.Letters];

    private static int _tests;

    private readonly KafkaProducer _producer;

    private readonly MockCluster? _own;

    private WorkerBrokers(KafkaOptions options, MockCluster? own = null) =>
        (Options, _producer, _own) = (options, new KafkaProducer(options, TimeProvider.System), own);

    /// <summary>Brokers in this process, of one test.</summary>
    public static WorkerBrokers InProcess()
    {
        var own = new MockCluster(1);
        own.SetGroupDelay(100);
        var options = TickWorkerProcess.KafkaOf(own.BootstrapServers, "own");
        foreach (var topic in Topics)
        {
            own.CreateTopic(options.TopicOf(topic), Lanes);
        }

        return new WorkerBrokers(options, own);
    }

    /// <summary>The lane of a key.</summary>
    public static int LaneOf(string key) => TickRouter.LaneOf(Encoding.UTF8.GetBytes(key), Lanes);

    /// <summary>Whether the brokers of this test answer.</summary>
    public void SetUp(bool isUp) => _own!.SetBroker(1, isUp);

    public KafkaOptions Options { get; }

    public static async Task<WorkerBrokers> Make(KafkaMockServer server)
    {
        var options = TickWorkerProcess.KafkaOf(server.BootstrapServers, $"t{Interlocked.Increment(ref _tests)}");
        foreach (var topic in Topics)
        {
            await server.Do($"topic {options.TopicOf(topic)} {Lanes}");
        }

        return new WorkerBrokers(options);
    }

    public async Task Produce(ReadOnlyMemory<byte> messages)
    {
        using var stream = new MemoryStream(messages.ToArray());
        await new RawSender(_producer, Options.TopicOf(TickTopics.Raw), Lanes, BlockMessages).SendAsync(
            stream, new TickStreamOptions(), CancellationToken.None);
    }

    /// <summary>Sends messages to a lane as they are.</summary>
    public async Task Send(string topic, int lane, params (byte[] Value, KafkaHeaders Headers)[] messages)
    {
        var batch = _producer.Begin();
        foreach (var (value, headers) in messages)
        {
            batch.Send(
                new OutgoingMessage(Options.TopicOf(topic), default, value) { Partition = lane, Headers = headers }, KafkaWorld.Limit());
        }

        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
    }

    public void Dispose()
    {
        _producer.Dispose();
        _own?.Dispose();
    }
}
