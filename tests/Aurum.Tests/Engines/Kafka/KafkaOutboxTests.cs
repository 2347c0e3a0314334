using System.Text.Json;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Outbox;
using Aurum.Cluster.Kafka.Reconciling;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Avro;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>Deliveries of the store go to Kafka, and both sides are compared.</summary>
public sealed class KafkaOutboxTests : IAsyncLifetime, IDisposable
{
    private const string Topic = "aurum.iso.caiso.lmp.v1";
    private const int Hours = 24;

    private static readonly Instant Known = Instant.FromUtc(2025, 11, 3, 7, 30, 15);
    private static readonly LocalDate Day = new(2025, 11, 2);
    private static readonly Feed<LmpRow> Prices = (Feed<LmpRow>)FeedCatalog.Find(new FeedId("caiso/day-ahead-lmp"));

    private readonly TestFolder _folder = new();
    private AurumStore _store = null!;
    private KafkaMockServer _server = null!;

    public async Task InitializeAsync()
    {
        _store = Open();
        _server = await KafkaMockServer.StartOwn();
        await _server.Do($"topic {Topic} 3");
        await _server.Do($"topic {EventTopics.DeliveryTopic} 1");
        await File.WriteAllTextAsync(
            _folder["aurum.json"],
            JsonSerializer.Serialize(new { Kafka = new { _server.BootstrapServers, FetchWaitMilliseconds = 20 } }));
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Rows_are_events_with_key_stamp_and_a_name_for_good()
    {
        Deliver("A", "B");
        await Send();

        var seen = new List<(string Key, Instant At, string Delivery, string Row, double Price)>();
        using var consumer = new KafkaConsumer(
            _server.Options, new KafkaSubscription("reader", [Topic]) { WithHeaders = true }, null, TimeProvider.System);
        while (seen.Count < 2 * Hours)
        {
            using var batch = await consumer.Read(KafkaWorld.Limit());
            for (var i = 0; i < batch!.Count; i++)
            {
                var message = batch[i];
                Assert.True(message.TryHeader(KafkaHeaders.Delivery, out var delivery));
                Assert.True(message.TryHeader(KafkaHeaders.Row, out var row));
                Assert.True(message.TryHeader(KafkaHeaders.Feed, out var feed) && feed.SequenceEqual("caiso/day-ahead-lmp"u8));
                ConfluentFrame.Read(message.Value, out var avro);
                var value = (AvroRecord)new AvroReader(avro).Read(EventTopics.Find(Topic).Contract.Schema)!;
                var price = (double)value["price_total"]!;
                seen.Add((KafkaWorld.Text(message.Key), message.At, KafkaWorld.Text(delivery), KafkaWorld.Text(row), price));
            }

            batch.Done();
        }

        Assert.Equal(["A", "B"], seen.Select(static s => s.Key).Distinct().Order());
        Assert.All(seen, static s => Assert.Equal((Known, "1"), (s.At, s.Delivery)));
        Assert.Equal(Enumerable.Range(0, 2 * Hours), seen.Select(static s => int.Parse(s.Row)).Order());
        Assert.Equal(
            Enumerable.Range(0, Hours).Select(static h => (double)h),
            seen.Where(static s => s.Key == "B").Select(static s => s.Price).Order());
    }

    [Fact]
    public async Task What_is_sent_twice_counts_once_and_what_is_missing_is_found()
    {
        Deliver("A");
        Deliver("B", "C");
        await Send();
        await Send();
        Deliver("D");
        _store.Dispose();

        var run = (await Reconcile()).Ended(2);
        var row = Assert.Single(run.Json.EnumerateArray());
        Assert.Equal(
            (Topic, 3, 4 * Hours, 3 * Hours, 3 * Hours, Hours, 0, false),
            (row.GetProperty("topic").GetString(), row.GetProperty("deliveries").GetInt32(), row.GetProperty("rows").GetInt32(),
                row.GetProperty("events").GetInt32(), row.GetProperty("doubled").GetInt32(), row.GetProperty("missing").GetInt32(),
                row.GetProperty("surplus").GetInt32(), row.GetProperty("is_balanced").GetBoolean()));
        (await Reconcile("--max-delta", $"{Hours}")).Ended(0);

        _store = Open();
        await Send();
        _store.Dispose();
        (await Reconcile()).Ended(0);
        (await CommandRun.At(Known.Plus(Duration.FromHours(1)), "lake", "sync", "--data", _folder.Path)).Ended(0);
        var withLake = (await Reconcile("--lake")).Ended(0).Json.EnumerateArray().ToList();
        var lake = withLake.Single(static r => r.GetProperty("topic").GetString() == "lake market.iso_lmp");
        Assert.Equal((4 * Hours, 4 * Hours), (lake.GetProperty("rows").GetInt32(), lake.GetProperty("events").GetInt32()));
        _store = Open();
    }

    [Fact]
    public async Task Brokers_that_are_away_fail_a_delivery_that_may_come_again()
    {
        Deliver("A");
        await _server.Do("down 1");
        await using (var sink = Sink(_server.Options with { DeliverySeconds = 1, RequestSeconds = 1 }))
        {
            var failed = await Assert.ThrowsAsync<SinkException>(() => sink.Deliver(Deliveries(), KafkaWorld.Limit()));
            Assert.True(failed.MayRetry);
            Assert.StartsWith($"Kafka at {_server.BootstrapServers}: ", failed.Message, StringComparison.Ordinal);
        }

        await _server.Do("up 1");
        await Send();
        var content = new TopicScan(_server.Options, TimeProvider.System).Count(Topic, null, KafkaWorld.Limit());
        Assert.Equal(Hours, content.Events(1));
    }

    [Fact]
    public void Both_sides_are_compared_delivery_by_delivery()
    {
        // The window has the deliveries 2 to 6: 1 and 9 lie outside of it, 3 and 5 within it without a row.
        var found = new TopicContent();
        foreach (var (delivery, row) in new[] { (1, 0), (2, 0), (2, 0), (2, 200), (3, 0), (5, 0), (9, 0) })
        {
            found.Add(delivery, row);
        }

        found.AddForeign();
        Assert.Equal(
            new TopicBalance("t", Deliveries: 3, Rows: 5, Events: 2, Doubled: 1, Missing: 3, Surplus: 2, Foreign: 1),
            TopicBalance.Of("t", new Dictionary<long, long> { [2] = 2, [4] = 1, [6] = 2 }, found));
    }

    private static FileRecord FileOf(string name) => new(
        new Fetch(Prices.Id, Day, "test", "/f", $"{name}.csv", 200), new string('a', 64), 100, Known);

    private static LmpRow Row(string node, int hour) => new(
        new Location(node, LocationType.Node), DeliveryInterval.StartingAt(Known.Plus(Duration.FromHours(hour)), 60), hour, 1, 1, 1, 0);

    private AurumStore Open() => AurumStore.Open(
        new StoreOptions(_folder.Path) { MemoryLimitMiB = 256, Threads = 1 }, FeedCatalog.All, new StoppedClock(Known));

    private void Deliver(params string[] nodes)
    {
        using var intake = _store.BeginDay(Prices, Prices.Day(Day), Known);
        intake.AddFile(FileOf(string.Concat(nodes)));
        intake.Append([.. nodes.SelectMany(static n => Enumerable.Range(0, Hours).Select(h => Row(n, h)))]);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    private IReadOnlyList<SinkDelivery> Deliveries() =>
        [.. _store.Read.Outbox(new RecordQuery()).Select(e => new SinkDelivery(e, _store.Read))];

    private static KafkaSink Sink(KafkaOptions options) => new(options, new FixedEvents(), new KafkaProducer(options, TimeProvider.System));

    private async Task Send()
    {
        await using var sink = Sink(_server.Options);
        await sink.Deliver(Deliveries(), KafkaWorld.Limit());
    }

    private Task<CommandRun> Reconcile(params string[] more) => CommandRun.At(
        Known.Plus(Duration.FromHours(1)), ["reconcile", "--data", _folder.Path, "--from-beginning", "--format", "json", .. more]);
}
