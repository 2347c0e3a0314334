using System.Text.Json;
using Aurum.Cluster.Kafka;
using Aurum.Tests.Engines.Interop;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>kafkajs, which shares no line with librdkafka, reads what we write and writes what we read.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class KafkaJsTests(KafkaMockServer server)
{
    private const string Script = "kafka.mjs";
    private const int Count = 200;
    private const int Partitions = 5;

    [Fact]
    public async Task Kafkajs_reads_what_we_write()
    {
        var topic = await server.Topic(Partitions);
        var at = Instant.FromUtc(2025, 11, 2, 9, 0);
        using var producer = new KafkaProducer(server.Options with { Compression = "gzip" }, TimeProvider.System);
        var batch = producer.Begin();
        for (var i = 0; i < Count; i++)
        {
            batch.Send(new OutgoingMessage(topic, KafkaWorld.Utf8($"kéy {i}"), KafkaWorld.Utf8($"value {i}"))
            {
                At = at.Plus(Duration.FromSeconds(i)),
                Headers = new KafkaHeaders().With(KafkaHeaders.Row, i).With(KafkaHeaders.Tenant, "trading"),
            });
        }

        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
        var read = await EngineScript.Run(Script, ["read", server.BootstrapServers, topic, $"{Count}"]);
        var messages = read.ToDictionary(static m => m.GetProperty("value").GetString()!);
        Assert.Equal(Count, messages.Count);
        for (var i = 0; i < Count; i++)
        {
            var message = messages[$"value {i}"];
            Assert.Equal(
                ($"kéy {i}", at.Plus(Duration.FromSeconds(i)).ToUnixTimeMilliseconds(), $"{i}", "trading"),
                (message.GetProperty("key").GetString(), message.GetProperty("timestamp").GetInt64(),
                    message.GetProperty("headers").GetProperty(KafkaHeaders.Row).GetString(),
                    message.GetProperty("headers").GetProperty(KafkaHeaders.Tenant).GetString()));
        }
    }

    [Fact]
    public async Task We_read_what_kafkajs_writes_and_both_put_a_key_into_the_same_partition()
    {
        var topic = await server.Topic(Partitions);
        var lines = Enumerable.Range(0, Count)
            .Select(static i => JsonSerializer.Serialize(new { key = $"kéy {i}", value = $"theirs {i}" }) + "\n");
        await EngineScript.Run(Script, ["write", server.BootstrapServers, topic], string.Concat(lines));
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        var batch = producer.Begin();
        for (var i = 0; i < Count; i++)
        {
            batch.Send(new OutgoingMessage(topic, KafkaWorld.Utf8($"kéy {i}"), KafkaWorld.Utf8($"ours {i}")));
        }

        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
        var store = new MemoryPositions();
        using var consumer = new KafkaConsumer(
            server.Options, new KafkaSubscription($"{topic}-js", [topic]), store, TimeProvider.System);
        await KafkaWorld.ReadInto(consumer, store, 2 * Count);
        var partitions = store.Stored.ToLookup(static s => s.Value.Split(' ')[1], static s => s.Partition.Number);
        Assert.Equal(Count, partitions.Count);
        Assert.All(partitions, static key => Assert.Equal((2, 1), (key.Count(), key.Distinct().Count())));
        Assert.Equal(Partitions, partitions.Select(static p => p.First()).Distinct().Count());
    }
}
