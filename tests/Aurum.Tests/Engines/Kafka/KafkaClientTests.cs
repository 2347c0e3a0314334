using System.Text;
using Aurum.Cluster.Kafka;
using Aurum.Tests.Engines.Servers;
using Confluent.Kafka;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>Producer and consumer against brokers.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class KafkaClientTests(KafkaMockServer server)
{
    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task Messages_come_as_they_were_sent_with_every_codec(string codec)
    {
        var topic = await server.Topic(partitions: 3);
        using var producer = new KafkaProducer(server.Options with { Compression = codec }, TimeProvider.System);
        var batch = producer.Begin();
        var headers = new KafkaHeaders().With(KafkaHeaders.Tenant, "trading").With(KafkaHeaders.Delivery, 42);
        for (var i = 0; i < 300; i++)
        {
            batch.Send(new OutgoingMessage(topic, KafkaWorld.Utf8($"key {i % 10}"), KafkaWorld.Utf8($"{i} {new string('ü', i)}"))
            {
                Headers = headers,
            });
        }

        batch.Send(new OutgoingMessage(topic, KafkaWorld.Utf8("gone"), default) { IsTombstone = true, Partition = 2 });
        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
        Assert.Equal(301, producer.Figures.Acknowledged);
        Assert.Equal((0, 0), (producer.Figures.WaitingMessages, producer.Figures.WaitingBytes));

        using var consumer = Consumer(topic, $"codec-{codec}", s => s with { WithHeaders = true });
        var seen = new List<(string Key, string Value, int Partition)>();
        while (seen.Count < 301)
        {
            using var read = await consumer.Read(KafkaWorld.Limit());
            for (var i = 0; i < read!.Count; i++)
            {
                var message = read[i];
                seen.Add((KafkaWorld.Text(message.Key), KafkaWorld.Text(message.Value), message.Partition.Number));
                Assert.Equal(message.IsTombstone, message.Value.IsEmpty);
                var hasDelivery = message.TryHeader(KafkaHeaders.Delivery, out var delivery) && delivery.SequenceEqual("42"u8);
                var hasTenant = message.TryHeader(KafkaHeaders.Tenant, out var tenant) && tenant.SequenceEqual("trading"u8);
                Assert.Equal((!message.IsTombstone, !message.IsTombstone), (hasDelivery, hasTenant));
            }

            read.Done();
        }

        Assert.Contains(("gone", "", 2), seen);
        Assert.Equal(
            Enumerable.Range(0, 300).Select(i => $"{i} {new string('ü', i)}").Order(),
            seen.Where(static s => s.Key != "gone").Select(static s => s.Value).Order());
        Assert.All(seen.GroupBy(static s => s.Key), static key => Assert.Single(key.Select(static s => s.Partition).Distinct()));
    }

    [Fact]
    public async Task Messages_of_a_key_keep_their_order()
    {
        var topic = await server.Topic(partitions: 4);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        var batch = producer.Begin();
        for (var i = 0; i < 2_000; i++)
        {
            batch.Send(new OutgoingMessage(topic, [(byte)(i % 7)], Encoding.UTF8.GetBytes($"{i:D5}")));
        }

        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
        var store = new MemoryPositions();
        using var consumer = Consumer(topic, "order", positions: store);
        await KafkaWorld.ReadInto(consumer, store, 2_000);
        foreach (var key in store.Stored.GroupBy(static s => int.Parse(s.Value) % 7))
        {
            Assert.Equal(key.Select(static s => s.Value).Order(), key.Select(static s => s.Value));
        }
    }

    [Fact]
    public async Task A_message_whose_stamp_is_no_time_is_read_and_so_is_what_follows()
    {
        var topic = await server.Topic(partitions: 1);
        long[] stamps = [10_000_000_000_000_000, 1_772_463_900_000_000, 1_772_463_900_000];
        using (var foreign = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = server.BootstrapServers }).Build())
        {
            foreach (var stamp in stamps)
            {
                var message = new Message<Null, string> { Value = "v", Timestamp = new Timestamp(stamp, TimestampType.CreateTime) };
                await foreign.ProduceAsync(topic, message, KafkaWorld.Limit());
            }
        }

        using var consumer = Consumer(topic, "stamps");
        var seen = new List<Instant>();
        while (seen.Count < stamps.Length)
        {
            using var batch = await consumer.Read(KafkaWorld.Limit());
            for (var i = 0; i < batch!.Count; i++)
            {
                seen.Add(batch[i].At);
            }

            batch.Done();
        }

        var last = Instant.FromUnixTimeMilliseconds(Instant.MaxValue.ToUnixTimeMilliseconds());
        Assert.Equal([last, last, Instant.FromUtc(2026, 3, 2, 15, 5)], seen);
    }

    [Fact]
    public async Task What_is_done_but_for_a_partition_comes_again_of_that_partition_alone()
    {
        var topic = await server.Topic(partitions: 2);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        var sent = producer.Begin();
        for (var i = 0; i < 20; i++)
        {
            sent.Send(new OutgoingMessage(topic, default, KafkaWorld.Utf8($"{i}")) { Partition = i % 2 }, KafkaWorld.Limit());
        }

        await sent.Complete(KafkaWorld.Long, KafkaWorld.Limit());
        using (var first = Consumer(topic, "but"))
        {
            for (var count = 0; count < 20;)
            {
                using var batch = await first.Read(KafkaWorld.Limit());
                count += batch!.Count;
                batch.DoneBut([new KafkaPartition(topic, 1)]);
            }
        }

        using var second = Consumer(topic, "but");
        var again = new List<string>();
        while (again.Count < 10)
        {
            using var batch = await second.Read(KafkaWorld.Limit());
            for (var i = 0; i < batch!.Count; i++)
            {
                again.Add($"{batch[i].Partition.Number}: {KafkaWorld.Text(batch[i].Value)}");
            }
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"1: {(2 * i) + 1}"), again);
    }

    [Fact]
    public async Task A_reader_that_has_nothing_to_read_is_not_behind()
    {
        var topic = await server.Topic(partitions: 1);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 50);
        using var fromEnd = new KafkaConsumer(
            server.Options with { FromBeginning = false }, new KafkaSubscription($"{topic}-end", [topic]), new MemoryPositions(),
            TimeProvider.System);
        using (var first = Consumer(topic, "group"))
        {
            for (var count = 0; count < 50;)
            {
                using var batch = await first.Read(KafkaWorld.Limit());
                count += batch!.Count;
                batch.Done();
            }
        }

        using var again = Consumer(topic, "group");
        foreach (var consumer in (KafkaConsumer[])[fromEnd, again])
        {
            await KafkaWait.Until(() => consumer.Lags.Count == 1);
            await KafkaWait.Until(() => consumer.Lags.Single().Messages == 0);
            Assert.Equal(50, consumer.Lags.Single().End);
        }

        await KafkaWorld.Send(producer, topic, 50, 1);
        using var one = await fromEnd.Read(KafkaWorld.Limit());
        Assert.Equal("50", KafkaWorld.Text(one![0].Value));
    }

    [Fact]
    public async Task A_reader_goes_on_where_data_was_stored()
    {
        var topic = await server.Topic(partitions: 2);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 500);
        var store = new MemoryPositions();
        using (var first = Consumer(topic, "stored", s => s with { BatchMessages = 100 }, store))
        {
            using var one = await first.Read(KafkaWorld.Limit());
            Assert.True(store.Store(one!));
            one!.Done();
            using var unstored = await first.Read(KafkaWorld.Limit());
            Assert.True(unstored!.Count > 0);
        }

        using var second = Consumer(topic, "stored", positions: store);
        await KafkaWorld.ReadInto(second, store, 500);
        Assert.Equal(Enumerable.Range(0, 500), store.Stored.Select(static s => int.Parse(s.Value)).Order());
    }

    [Fact]
    public async Task A_batch_that_is_given_back_comes_again_before_what_follows()
    {
        var topic = await server.Topic(partitions: 1);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 300);
        var store = new MemoryPositions();
        using var consumer = Consumer(topic, "back", s => s with { BatchMessages = 50, WaitingBatches = 3 }, store);
        for (var i = 0; i < 3; i++)
        {
            using var given = await consumer.Read(KafkaWorld.Limit());
            Assert.Equal(0, given![0].Offset);
        }

        await KafkaWorld.ReadInto(consumer, store, 300);
        Assert.Equal(Enumerable.Range(0, 300), store.Stored.Select(static s => int.Parse(s.Value)));
    }

    [Fact]
    public async Task A_slow_reader_pauses_reading_and_loses_nothing()
    {
        var topic = await server.Topic(partitions: 2);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 2_000);
        var store = new MemoryPositions();
        using var consumer = Consumer(topic, "slow", s => s with { BatchMessages = 100, WaitingBatches = 2 }, store);
        await KafkaWait.Until(() => consumer.Standing is { IsPaused: true, WaitingBatches: 2 }, KafkaWorld.Limit());
        Assert.Equal(200, consumer.Standing.Messages);
        await KafkaWorld.ReadInto(consumer, store, 2_000);
        Assert.Equal(Enumerable.Range(0, 2_000), store.Stored.Select(static s => int.Parse(s.Value)).Order());
        await KafkaWait.Until(() => consumer.Lags.Count == 2 && consumer.Lags.All(static l => l.Messages == 0), KafkaWorld.Limit());
        Assert.Equal(2_000, consumer.Lags.Sum(static l => l.End));
    }

    [Fact]
    public async Task Partitions_are_claimed_again_after_the_store_was_away()
    {
        var topic = await server.Topic(partitions: 1);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 10);
        var store = new MemoryPositions { FailingClaims = 1 };
        using var consumer = Consumer(topic, "away", positions: store);
        await KafkaWorld.ReadInto(consumer, store, 10);
        Assert.Equal(2, store.Claims);
        Assert.Equal(1, consumer.Standing.Restarts);
        Assert.Equal(Enumerable.Range(0, 10), store.Stored.Select(static s => int.Parse(s.Value)));
    }

    [Fact]
    public async Task Without_a_store_the_groups_positions_in_Kafka_count()
    {
        var topic = await server.Topic(partitions: 2);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 100);
        var first = new MemoryPositions();
        using (var consumer = Consumer(topic, "plain"))
        {
            await KafkaWorld.ReadInto(consumer, first, 100);
        }

        await KafkaWorld.Send(producer, topic, 100, 5);
        var second = new MemoryPositions();
        using (var consumer = Consumer(topic, "plain"))
        {
            var batch = await consumer.Read(KafkaWorld.Limit());
            Assert.Equal("10", KafkaWorld.Text(batch![0].Value)[..2]);
            batch.Dispose();
        }
    }

    private KafkaConsumer Consumer(
        string topic, string group, Func<KafkaSubscription, KafkaSubscription>? with = null, MemoryPositions? positions = null)
    {
        var subscription = new KafkaSubscription($"{topic}-{group}", [topic]);
        return new KafkaConsumer(server.Options, with?.Invoke(subscription) ?? subscription, positions, TimeProvider.System);
    }
}
