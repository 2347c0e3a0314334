using Aurum.Cluster.Kafka;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>What lies in a topic, as those read it who send letters again.</summary>
[Collection(KafkaMockServer.Collection)]
[Trait("Category", "Slow")]
public sealed class StandingMessagesTests(KafkaMockServer server)
{
    private const int Partitions = 3;

    private static readonly Instant Later = Instant.FromUtc(2100, 1, 1, 0, 0);

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    public async Task All_partitions_are_read_up_to_what_is_new_and_nothing_twice(int batchMessages)
    {
        var topic = await server.Topic(Partitions);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        for (var partition = 0; partition < Partitions; partition++)
        {
            await Send(producer, topic, partition, at: null, $"old {partition}a", $"old {partition}b");
            await Send(producer, topic, partition, Later, $"new {partition}");
        }

        var subscription = new KafkaSubscription($"{topic}-redrive", [topic]) { BatchMessages = batchMessages };
        Assert.Equal(["old 0a", "old 0b", "old 1a", "old 1b", "old 2a", "old 2b"], await Standing(subscription));
        Assert.Empty(await Standing(subscription));

        await Send(producer, topic, 1, at: null, "old 1c, behind what was new");
        Assert.Empty(await Standing(subscription));
    }

    private static async Task Send(KafkaProducer producer, string topic, int partition, Instant? at, params string[] texts)
    {
        var batch = producer.Begin();
        foreach (var text in texts)
        {
            batch.Send(new OutgoingMessage(topic, default, KafkaWorld.Utf8(text)) { Partition = partition, At = at }, KafkaWorld.Limit());
        }

        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
    }

    private async Task<List<string>> Standing(KafkaSubscription subscription)
    {
        using var consumer = new KafkaConsumer(server.Options, subscription, positions: null, TimeProvider.System);
        var found = new List<string>();
        await new StandingMessages(consumer, TimeProvider.System).Read(
            (batch, standing, _) =>
            {
                foreach (var place in standing)
                {
                    found.Add(KafkaWorld.Text(batch[place].Value));
                }

                return Task.CompletedTask;
            },
            KafkaWorld.Limit(120));
        return [.. found.Order(StringComparer.Ordinal)];
    }
}
