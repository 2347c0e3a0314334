using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Tests.Engines.Servers;
using Aurum.Ticks;

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

    private WorkerBrokers(KafkaOptions options) => (Options, _producer) = (options, new KafkaProducer(options, TimeProvider.System));

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

    public void Dispose() => _producer.Dispose();
}
