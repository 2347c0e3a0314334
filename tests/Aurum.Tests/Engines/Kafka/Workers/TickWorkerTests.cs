using System.Diagnostics;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Sandbox.Ticks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Ticks.Lanes;
using Aurum.Tests.Ticks.Service;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>Workers in this process, over one DuckDB store and brokers for tests.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class TickWorkerTests(KafkaMockServer kafka) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Members_that_come_and_leave_lose_nothing_and_letters_can_be_sent_again()
    {
        var messages = LaneTruth.Messages(3_000, 8, WorkerBrokers.Lanes, TickMode.Malformed);
        var expected = LaneTruth.Of(messages);
        using var brokers = await WorkerBrokers.Make(kafka);
        using var store = DuckDbStores.Open(_folder.Path);
        var half = TickHome.EndOfLine(messages, messages.Length / 2);
        await brokers.Produce(messages.AsMemory(..half));
        var first = new WorkerMember(store, brokers.Options, "first");
        await Until(() => store.Ticks.Progress.Counters.Received > 0);
        var second = new WorkerMember(store, brokers.Options, "second");
        await Until(() => second.Worker.Lanes.Count == WorkerBrokers.Lanes / 2);
        await brokers.Produce(messages.AsMemory(half..));
        await first.DisposeAsync();
        await Until(() => store.Ticks.Progress.Counters.Received >= expected.Counters.Received);
        expected.AssertSame(LaneTruth.Of(store));
        Assert.All(store.TickLanes.All(), static lane => Assert.Equal("second", lane.Holder));

        await second.DisposeAsync();
        Assert.Equal(expected.Counters.DeadLettered, await Redrive(brokers.Options));
        await using var third = new WorkerMember(store, brokers.Options, "third");
        await Until(() => store.Ticks.Progress.Counters.DeadLettered >= 2 * expected.Counters.DeadLettered);
        Assert.Equal(2 * expected.Counters.DeadLettered, store.Ticks.Progress.Counters.DeadLettered);
    }

    [Fact]
    public async Task Workers_wait_for_brokers_that_are_away_and_go_on_by_themselves()
    {
        var messages = LaneTruth.Messages(2_000, 9, WorkerBrokers.Lanes);
        var expected = LaneTruth.Of(messages);
        using var own = new OwnBrokers(await KafkaMockServer.StartOwn());
        using var brokers = await WorkerBrokers.Make(own.Server);
        using var store = DuckDbStores.Open(_folder.Path);
        await using var member = new WorkerMember(store, brokers.Options, "only");
        var half = TickHome.EndOfLine(messages, messages.Length / 2);
        await brokers.Produce(messages.AsMemory(..half));
        await Until(() => store.Ticks.Progress.Counters.Received > 0);
        await own.Server.Do("down 1");
        var rest = brokers.Produce(messages.AsMemory(half..));
        await own.Server.Do("up 1");
        await rest;
        await Until(() => store.Ticks.Progress.Counters.Received >= expected.Counters.Received);
        expected.AssertSame(LaneTruth.Of(store));
    }

    private static async Task<long> Redrive(KafkaOptions options)
    {
        using var producer = new KafkaProducer(options, TimeProvider.System);
        using var letters = new KafkaConsumer(
            options,
            new KafkaSubscription(options.GroupOf("redrive"), [options.TopicOf(TickTopics.Letters)]) { WithHeaders = true },
            positions: null,
            TimeProvider.System);
        var raw = new RawSender(producer, options.TopicOf(TickTopics.Raw), WorkerBrokers.Lanes, 1);
        var redrive = new LetterTopicRedrive(letters, raw, reason: null, TimeProvider.System);
        await redrive.RunAsync(CancellationToken.None);
        return redrive.Sent + redrive.Unreadable;
    }

    private static async Task Until(Func<bool> isSo)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(began).TotalSeconds < 60, "not within 60 s");
            await Task.Delay(20);
        }
    }

    private sealed class OwnBrokers(KafkaMockServer server) : IDisposable
    {
        public KafkaMockServer Server => server;

        public void Dispose() => server.DisposeAsync();
    }
}
