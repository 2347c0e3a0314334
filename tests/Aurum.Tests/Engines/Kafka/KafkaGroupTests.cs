using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.Kafka;
using Aurum.Tests.Engines.Servers;
using Xunit.Abstractions;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>Members of a group come, go and are killed.</summary>
[Collection(KafkaMockServer.Collection)]
[Trait("Category", "Slow")]
public sealed class KafkaGroupTests(KafkaMockServer server, ITestOutputHelper output)
{
    private const int Partitions = 6;

    [Fact]
    public async Task A_member_that_is_killed_loses_nothing_and_doubles_nothing()
    {
        using var folder = new TestFolder();
        var topic = await server.Topic(Partitions);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var sending = SendUntil(producer, topic, stop.Token);
        using var first = await Member(topic, folder);
        using var second = await Member(topic, folder);
        await first.Line(static line => line == $"{KafkaMember.Has}{Partitions / 2}");
        await second.Line(static line => line == $"{KafkaMember.Has}{Partitions / 2}");
        await KafkaWait.Until(() => KafkaMember.Values(folder.Path, Partitions).Count > 500, KafkaWorld.Limit());

        var clock = Stopwatch.StartNew();
        first.Kill();
        await second.Line(static line => line == $"{KafkaMember.Has}{Partitions}");
        output.WriteLine($"partitions of the killed member were another's after {clock.Elapsed.TotalSeconds:N1} s (session 3 s)");
        await stop.CancelAsync();
        var sent = await sending;
        await KafkaWait.Until(() => KafkaMember.Values(folder.Path, Partitions).Count >= sent, KafkaWorld.Limit());
        Assert.Equal(
            Enumerable.Range(0, sent),
            KafkaMember.Values(folder.Path, Partitions).Select(static v => int.Parse(v, CultureInfo.InvariantCulture)).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_that_come_and_go_in_order_share_without_loss(bool isCooperative)
    {
        var topic = await server.Topic(Partitions);
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        await KafkaWorld.Send(producer, topic, 0, 500);
        var store = new MemoryPositions();
        using var stop = new CancellationTokenSource();
        using var first = Consumer(topic, isCooperative, store);
        var reading = Read(first, store, stop.Token);
        await KafkaWait.Until(() => store.Count == 500, KafkaWorld.Limit());
        using (var second = Consumer(topic, isCooperative, store))
        {
            var alsoReading = Read(second, store, stop.Token);
            await KafkaWait.Until(
                () => first.Standing.Partitions == Partitions / 2 && second.Standing.Partitions == Partitions / 2, KafkaWorld.Limit());
            await KafkaWorld.Send(producer, topic, 500, 500);
            await KafkaWait.Until(() => store.Count == 1_000, KafkaWorld.Limit());
            second.Dispose();
            await alsoReading;
        }

        await KafkaWait.Until(() => first.Standing.Partitions == Partitions, KafkaWorld.Limit());
        await KafkaWorld.Send(producer, topic, 1_000, 200);
        await KafkaWait.Until(() => store.Count == 1_200, KafkaWorld.Limit());
        first.Dispose();
        await reading;
        Assert.Equal(Enumerable.Range(0, 1_200), store.Stored.Select(static s => int.Parse(s.Value, CultureInfo.InvariantCulture)).Order());
        Assert.DoesNotContain(store.Released, static r => r.IsLost);
    }

    private static async Task Read(KafkaConsumer consumer, MemoryPositions store, CancellationToken stop)
    {
        while (await consumer.Read(stop) is { } batch)
        {
            using (batch)
            {
                if (store.Store(batch))
                {
                    batch.Done();
                }
            }
        }
    }

    private static async Task<int> SendUntil(KafkaProducer producer, string topic, CancellationToken stop)
    {
        var sent = 0;
        while (!stop.IsCancellationRequested)
        {
            await KafkaWorld.Send(producer, topic, sent, 50);
            sent += 50;
            await Task.Delay(20, CancellationToken.None);
        }

        return sent;
    }

    private KafkaConsumer Consumer(string topic, bool isCooperative, MemoryPositions store) => new(
        server.Options with { Cooperative = isCooperative },
        new KafkaSubscription($"{topic}-group", [topic]) { BatchMessages = 20 },
        store,
        TimeProvider.System);

    private Task<ServerProcess> Member(string topic, TestFolder folder) => ServerProcess.Start(
        "dotnet",
        "dotnet-sdk-10.0",
        ["exec", typeof(KafkaMember).Assembly.Location, KafkaMember.Verb, server.BootstrapServers, $"{topic}-killed", topic, folder.Path],
        static _ => Task.FromResult(true));
}
