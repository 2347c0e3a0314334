using Aurum.Cluster;
using Aurum.Cluster.Kafka;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>What docs/engines/kafka.md says of brokers that are away, slow, full or refusing.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class KafkaFaultTests(KafkaMockServer server)
{
    private const short Produce = 0;
    private const short InitProducerId = 22;

    /// <summary>Numbers of errors in Kafka's protocol.</summary>
    private const int NotLeader = 6;
    private const int RequestTimedOut = 7;
    private const int TopicAuthorizationFailed = 29;
    private const int ClusterAuthorizationFailed = 31;

    [Fact]
    public async Task Retries_neither_double_nor_reorder()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn());
        var topic = await own.Server.Topic(partitions: 1);
        using var producer = new KafkaProducer(own.Server.Options with { LingerMilliseconds = 0, BatchKiB = 16 }, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 10);
        await own.Server.Do($"fail {Produce} {NotLeader} {RequestTimedOut} {NotLeader}");
        await KafkaWorld.Send(producer, topic, 10, 500);
        var store = new MemoryPositions();
        using var consumer = Consumer(own.Server, topic, store);
        await KafkaWorld.ReadInto(consumer, store, 510);
        Assert.Equal(Enumerable.Range(0, 510), store.Stored.Select(static s => int.Parse(s.Value)));
    }

    [Fact]
    public async Task A_refused_message_is_told_with_topic_and_reason()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn());
        var topic = await own.Server.Topic(partitions: 1);
        using var producer = new KafkaProducer(own.Server.Options with { Idempotent = false }, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 1);
        await own.Server.Do($"fail {Produce} {TopicAuthorizationFailed}");
        var refused = await Assert.ThrowsAsync<BrokerException>(() => KafkaWorld.Send(producer, topic, 1, 1));
        Assert.Equal(
            $"{topic}: 1 of 1 messages were not taken: Broker: Topic authorization failed (TopicAuthorizationFailed)", refused.Message);
        Assert.False(refused.IsRetryable);
        Assert.Equal((1, 1), (producer.Figures.Acknowledged, producer.Figures.Failed));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_at_once()
    {
        var topic = await server.Topic(partitions: 1);
        using var producer = new KafkaProducer(server.Options with { MaxMessageKiB = 16 }, TimeProvider.System);
        var batch = producer.Begin();
        var refused = Assert.Throws<BrokerException>(() => batch.Send(new OutgoingMessage(topic, default, new byte[20_000])));
        Assert.StartsWith($"{topic}: a message of 20,000 bytes was not taken: ", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsRetryable);
        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
        Assert.Equal(0, producer.Figures.WaitingMessages);
    }

    [Fact]
    public async Task Brokers_that_are_away_for_a_while_lose_nothing()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn(brokers: 3));
        var topic = await own.Server.Topic(partitions: 3);
        using var producer = new KafkaProducer(own.Server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 100);
        var store = new MemoryPositions();
        using var consumer = Consumer(own.Server, topic, store);
        await KafkaWorld.ReadInto(consumer, store, 100);
        foreach (var broker in new[] { 1, 2, 3 })
        {
            await own.Server.Do($"down {broker}");
        }

        var sent = KafkaWorld.Send(producer, topic, 100, 100);
        await KafkaWait.Until(() => producer.Figures.WaitingMessages == 100, KafkaWorld.Limit());
        foreach (var broker in new[] { 1, 2, 3 })
        {
            await own.Server.Do($"up {broker}");
        }

        await sent;
        await KafkaWorld.ReadInto(consumer, store, 200);
        Assert.Equal(Enumerable.Range(0, 200), store.Stored.Select(static s => int.Parse(s.Value)).Order());
    }

    [Fact]
    public async Task Brokers_that_hang_make_a_batch_fail_in_time_and_go_on_afterwards()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn());
        var topic = await own.Server.Topic(partitions: 1);
        using var producer = new KafkaProducer(own.Server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 1);
        await own.Server.Do("delay 1 1500");
        var batch = producer.Begin();
        batch.Send(new OutgoingMessage(topic, "k"u8, "1"u8));
        var late = await Assert.ThrowsAsync<BrokerException>(() => batch.Complete(TimeSpan.FromMilliseconds(300), KafkaWorld.Limit()));
        Assert.True(late.IsRetryable);
        Assert.StartsWith("1 of 1 messages were not acknowledged by 127.0.0.1:", late.Message, StringComparison.Ordinal);
        await own.Server.Do("delay 1 0");
        await KafkaWorld.Send(producer, topic, 2, 1);
        var store = new MemoryPositions();
        using var consumer = Consumer(own.Server, topic, store);
        await KafkaWorld.ReadInto(consumer, store, 3);
        Assert.Equal(["0", "1", "2"], store.Stored.Select(static s => s.Value));
    }

    [Fact]
    public async Task A_full_queue_makes_senders_wait_until_there_is_room()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn());
        var topic = await own.Server.Topic(partitions: 1);
        using var producer = new KafkaProducer(
            own.Server.Options with { QueueMessages = 100, QueueFullSeconds = 30 }, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 1);
        await own.Server.Do("delay 1 2000");
        var batch = producer.Begin();
        for (var i = 0; i < 100; i++)
        {
            batch.Send(new OutgoingMessage(topic, "k"u8, "1"u8));
        }

        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.Throws<OperationCanceledException>(() => batch.Send(new OutgoingMessage(topic, "k"u8, "1"u8), stop.Token));
        Assert.Equal((100, 1), (producer.Figures.WaitingMessages, producer.Figures.FullWaits));
        var waits = Task.Run(() => batch.Send(new OutgoingMessage(topic, "k"u8, "2"u8)));
        await KafkaWait.Until(() => producer.Figures.FullWaits == 2, KafkaWorld.Limit());
        await own.Server.Do("delay 1 0");
        await waits.WaitAsync(KafkaWorld.Long);
        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
        Assert.Equal(102, producer.Figures.Acknowledged);
    }

    [Fact]
    public async Task A_queue_that_stays_full_refuses_in_time()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn());
        var topic = await own.Server.Topic(partitions: 1);
        using var producer = new KafkaProducer(
            own.Server.Options with { QueueMessages = 100, QueueFullSeconds = 1 }, TimeProvider.System);
        await own.Server.Do("delay 1 3000");
        var batch = producer.Begin();
        for (var i = 0; i < 100; i++)
        {
            batch.Send(new OutgoingMessage(topic, "k"u8, "1"u8));
        }

        var full = Assert.Throws<BrokerException>(() => batch.Send(new OutgoingMessage(topic, "k"u8, "1"u8)));
        Assert.True(full.IsRetryable);
        Assert.Equal($"{topic}: 100 messages wait for {own.Server.BootstrapServers}, and none was taken for 1 s", full.Message);
        await own.Server.Do("delay 1 0");
        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
    }

    [Fact]
    public async Task Whoever_waits_for_a_batch_can_be_stopped()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn());
        var topic = await own.Server.Topic(partitions: 1);
        using var producer = new KafkaProducer(own.Server.Options with { DeliverySeconds = 4 }, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 1);
        await own.Server.Do("delay 1 30000");
        var batch = producer.Begin();
        batch.Send(new OutgoingMessage(topic, "k"u8, "1"u8));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.Complete(KafkaWorld.Long, stop.Token));
        var expired = await Assert.ThrowsAsync<BrokerException>(() => batch.Complete(KafkaWorld.Long, KafkaWorld.Limit()));
        Assert.True(expired.IsRetryable);
        Assert.Contains("Local_MsgTimedOut", expired.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_broke_for_good_is_made_anew_with_the_next_message()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn());
        var topic = await own.Server.Topic(partitions: 1);
        await own.Server.Do($"fail {InitProducerId} {ClusterAuthorizationFailed}");
        using var producer = new KafkaProducer(own.Server.Options, TimeProvider.System);
        var sent = 0;
        for (var i = 0; sent == 0 && i < 10; i++)
        {
            try
            {
                await KafkaWorld.Send(producer, topic, i, 1);
                sent++;
            }
            catch (BrokerException)
            {
                // What waited in the broken client was not taken.
                Assert.Equal(i + 1, producer.Figures.Failed);
            }
        }

        Assert.Equal((1, 1, 1), (sent, producer.Figures.Acknowledged, producer.Figures.Reopened));
    }

    [Fact]
    public async Task A_new_client_that_could_not_be_made_is_made_with_a_later_message()
    {
        using var own = new Disposed(await KafkaMockServer.StartOwn());
        var topic = await own.Server.Topic(partitions: 1);
        await own.Server.Do($"fail {InitProducerId} {ClusterAuthorizationFailed}");
        var secrets = new GoneSecrets();
        using var producer = new KafkaProducer(
            (own.Server.Options with { SaslUser = "me", SaslPassword = "hush" }).With(secrets), TimeProvider.System);
        await Assert.ThrowsAsync<BrokerException>(() => KafkaWorld.Send(producer, topic, 0, 1));
        secrets.AreGone = true;
        var refused = "";
        for (var i = 1; refused != $"{own.Server.BootstrapServers}: {GoneSecrets.Why}"; i++)
        {
            Assert.InRange(i, 1, 10);
            refused = (await Assert.ThrowsAsync<BrokerException>(() => KafkaWorld.Send(producer, topic, i, 1))).Message;
        }

        secrets.AreGone = false;
        await KafkaWorld.Send(producer, topic, 100, 1);

        Assert.Equal((1, 1), (producer.Figures.Acknowledged, producer.Figures.Reopened));
    }

    [Fact]
    public void Options_that_the_client_does_not_take_are_told_as_an_error_of_brokers()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["ca.pem"], "half a certificate");
        var options = server.Options with { SecurityProtocol = "SSL", CaFile = folder["ca.pem"] };

        var refused = Assert.Throws<BrokerException>(() => new KafkaProducer(options, TimeProvider.System));

        Assert.StartsWith($"{server.BootstrapServers}: ", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.IsRetryable);
    }

    private static KafkaConsumer Consumer(KafkaMockServer server, string topic, MemoryPositions store) =>
        new(server.Options, new KafkaSubscription($"{topic}-faults", [topic]), store, TimeProvider.System);

    /// <summary>A password that is gone for a while.</summary>
    private sealed class GoneSecrets : ILiveSecrets
    {
        public const string Why = "the password is gone";

        public event Action? Changed
        {
            add { }
            remove { }
        }

        public bool AreGone { get; set; }

        public string? Present(string setting, string? read) => AreGone ? throw new SecretGoneException(Why) : read;

        public void Renew(IReadOnlyList<string> settings, CancellationToken cancel)
        {
            // There is no other place to ask.
        }
    }

    /// <summary>Brokers of one test.</summary>
    private sealed class Disposed(KafkaMockServer server) : IDisposable
    {
        public KafkaMockServer Server { get; } = server;

        public void Dispose() => Server.DisposeAsync();
    }
}
