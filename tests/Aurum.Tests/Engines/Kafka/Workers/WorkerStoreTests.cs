using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Aurum.App.Configuration;
using Aurum.App.Ticks.Lanes;
using Aurum.App.Ticks.Served;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Postgres;
using Aurum.Sandbox.Ticks;
using Aurum.Store;
using Aurum.Store.Ticks;
using Aurum.Tests.Api.Ticks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Ticks;
using Aurum.Tests.Ticks;
using Aurum.Tests.Ticks.Lanes;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>A server on a PostgreSQL store that workers fill, beside one that takes the same messages in itself.</summary>
[Collection("PostgreSQL")]
public sealed class WorkerStoreTests(PostgresServer postgres)
{
    private static readonly string[] OfTheirOwn = ["id", "known_at", "received_at", "stream", "position"];

    private readonly PostgresOptions _options = postgres.NewDatabase();

    [Fact]
    public async Task A_server_publishes_to_Kafka_and_serves_what_workers_stored_as_if_it_had_taken_it_in()
    {
        var messages = LaneTruth.Messages(600, 41, WorkerBrokers.Lanes, TickMode.Malformed);
        await using var own = await TickServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await own.PostAsync("/v1/ticks", messages)).Status);
        using var brokers = WorkerBrokers.InProcess();
        await using var served = await TickServer.OverWorkersAsync(Open, store => Publisher(brokers.Options, store));
        await using var worker = new WorkerMember(served.Store, brokers.Options, "only");
        await using var following = await TickFollowing.StartAsync(served, "?kind=bar&after=0.0");

        var first = await served.PostAsync("/v1/ticks", messages, TickServer.Lines, ("Idempotency-Key", "monday"));
        var again = await served.PostAsync("/v1/ticks", messages, TickServer.Lines, ("Idempotency-Key", "monday"));

        var received = (int)first.Json["data"]!["received"]!;
        Assert.Equal((received, false), ((int)first.Json["data"]!["published"]!, (bool)first.Json["data"]!["is_repeat"]!));
        Assert.Equal((received, true), ((int)again.Json["data"]!["published"]!, (bool)again.Json["data"]!["is_repeat"]!));
        await KafkaWait.Until(() => served.Store.Ticks.Progress.Counters.Received >= received);
        await AssertSame(own, served, "/v1/bars?revisions=all&limit=5000");
        await AssertSame(own, served, "/v1/latest?limit=5000");
        await AssertSame(own, served, "/v1/latest?instrument=PUSH.0&instrument=CAISO.NODE_0008.RT");
        await AssertSame(own, served, "/v1/curve-snapshots?limit=5000&interpolate=linear");
        await AssertSame(own, served, "/v1/ticks?limit=5000");
        await AssertSame(own, served, "/v1/ticks/dead-letters?limit=5000");
        await AssertStatus(own, served);
        var bars = (await served.RowsAsync("/v1/bars?revisions=all&limit=5000")).Select(static b => (string)b!["id"]!).ToHashSet();
        while (bars.Count > 0)
        {
            Assert.True(bars.Remove((await following.NextEventAsync()).Id!), "an event twice, or one that is no bar");
        }
    }

    [Fact]
    public async Task A_zero_byte_in_a_message_a_row_or_a_header_is_a_dead_letter_and_the_lane_goes_on()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var folder = new TestFolder();
        using var store = Open(folder.Path, TimeProvider.System);
        var csv = new KafkaHeaders().With(KafkaHeaders.ContentType, TickTopics.Csv);
        var good = TickMessages.Lines([TickMessages.B()]);
        await brokers.Send(
            TickTopics.Raw, 0,
            ("{\"event_id\":\0}\n"u8.ToArray(), new KafkaHeaders()),
            (TickMessages.Lines([TickMessages.B("one").WithRaw("""{"price":1,"currency":"U\u0000D"}""")]), new KafkaHeaders()),
            ("timestamp,node,price\n2026-03-02T15:00:00Z,A\0B,20\n"u8.ToArray(), csv.Copy().With(TickTopics.Market, "CAISO")),
            ("timestamp,node,price\n2026-03-02T15:00:00Z,NODE,20\n"u8.ToArray(), csv.Copy().With(TickTopics.Market, "CAI\0SO")),
            ("timestamp,node,price\n2026-03-02T15:00:00Z,NODE,20\n"u8.ToArray(), csv.Copy().With(TickTopics.Source, "oas\0is")),
            (TickMessages.Lines([TickMessages.B("two").Without("tenant_id")]), new KafkaHeaders().With(KafkaHeaders.Tenant, "ac\0me")),
            (good, new KafkaHeaders()));

        await using var worker = new WorkerMember(store, brokers.Options, "only");

        await KafkaWait.Until(() => store.TickLanes.All().Any(static l => l is { Id.Number: 0, Next: 7 }));
        Assert.Equal(0, worker.Worker.Figures.Restarts);
        Assert.Equal((7, 6), (store.Ticks.Progress.Counters.Received, store.Ticks.Progress.Counters.DeadLettered));
        Assert.Equal(
            [
                "default||\uFFFD}", "default|payload.raw_payload.currency|U\uFFFDD", "default|payload.instrument_id|A\uFFFDB",
                "default|payload.market|CAI\uFFFDSO", "default|payload.source_system|oas\uFFFDis", "ac\uFFFDme|tenant_id|ac\uFFFDme",
            ],
            TickTablesTests.Read(store, "SELECT tenant_id, field, found FROM tick_dead_letters ORDER BY stream"));
    }

    [Fact]
    public async Task What_the_store_refuses_is_told_with_its_lane_and_offsets_and_tried_again()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var folder = new TestFolder();
        using var store = Open(folder.Path, TimeProvider.System);
        var told = new ConcurrentQueue<string>();
        Owner("ALTER TABLE tick_rows ADD CONSTRAINT refused CHECK (price < 0)");
        await brokers.Send(TickTopics.Raw, 2, (TickMessages.Lines([TickMessages.B()]), new KafkaHeaders()));

        await using var worker = new WorkerMember(store, brokers.Options, "only", told: told.Enqueue);

        var refused = "not stored, and may never be: the store refuses what came of offsets 0 to 0; tried again: ";
        await KafkaWait.Until(() => told.Any(line => line.Contains(refused, StringComparison.Ordinal)));
        var line = told.First(text => text.Contains(refused, StringComparison.Ordinal));
        Assert.StartsWith($"{brokers.Options.TopicOf(TickTopics.Raw)}[2] of ", line, StringComparison.Ordinal);
        Assert.Contains("\"refused\"", line, StringComparison.Ordinal);
        Owner("ALTER TABLE tick_rows DROP CONSTRAINT refused");
        await KafkaWait.Until(() => store.Ticks.Progress.Counters.Received == 1);
        Assert.Equal(0, worker.Worker.Figures.Restarts);
    }

    [Fact]
    public async Task Who_follows_a_store_that_workers_fill_sees_what_is_committed()
    {
        using var brokers = WorkerBrokers.InProcess();
        await using var served = await TickServer.OverWorkersAsync(Open, store => Publisher(brokers.Options, store));
        await using var worker = new WorkerMember(served.Store, brokers.Options, "only");
        await using var following = await TickFollowing.StartAsync(served, "?tenant=acme");
        await following.NextAsync();

        Assert.Equal(1, (int)(await served.SendAsync(TickMessages.B()))["published"]!);

        var (tick, price) = (await following.NextEventAsync(), await following.NextEventAsync());
        Assert.Equal(("tick", "price"), (tick.Kind, price.Kind));
        Assert.Equal(("CAISO.NP15.RT5", 27.115), ((string)tick.Data["instrument_id"]!, (double)tick.Data["price"]!));
        Assert.Equal(27.115, (double)price.Data["price"]!);
        Assert.Equal(
            "ok", (string)(await served.GetAsync("/ready")).Json["checks"]!["ticks"]!);
    }

    [Fact]
    public async Task A_server_that_knows_of_no_Kafka_says_what_to_set_and_where_messages_go()
    {
        await using var served = await TickServer.OverWorkersAsync(Open);

        var sent = await served.PostAsync("/v1/ticks", TickMessages.Lines([TickMessages.B()]));
        var redriven = await served.PostJsonAsync("/v1/ticks/dead-letters/redrive", """{"ids":["1.0"]}""");
        var socket = await Assert.ThrowsAsync<WebSocketException>(() => TickSocket.ConnectAsync(served, "/v1/ticks/ws"));

        Assert.Equal(HttpStatusCode.Conflict, sent.Status);
        Assert.Equal(
            "ticks: expected Kafka:BootstrapServers in the settings of this process, or messages in the topic aurum.market.tick.raw.v1 "
            + "('aurum ticks produce'), found a store that tick workers fill from Kafka",
            (string)sent.Json["detail"]!);
        Assert.Equal((HttpStatusCode.Conflict, (string)sent.Json["detail"]!), (redriven.Status, (string)redriven.Json["detail"]!));
        Assert.Contains("409", socket.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_server_whose_brokers_are_away_says_that_nothing_was_taken()
    {
        using var brokers = WorkerBrokers.InProcess();
        var impatient = brokers.Options with { RequestSeconds = 1, DeliverySeconds = 2 };
        await using var served = await TickServer.OverWorkersAsync(Open, store => Publisher(impatient, store));
        brokers.SetUp(false);

        var sent = await served.PostAsync(
            "/v1/ticks", TickMessages.Lines([TickMessages.B()]), TickServer.Lines, ("Idempotency-Key", "k"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (sent.Status, sent.Headers["Retry-After"]));
        Assert.Contains("0 messages before that are in Kafka", sent.Text, StringComparison.Ordinal);
        brokers.SetUp(true);
        await KafkaWait.Until(async () => (await served.PostAsync(
            "/v1/ticks", TickMessages.Lines([TickMessages.B()]), TickServer.Lines, ("Idempotency-Key", "k"))).Status == HttpStatusCode.OK);
    }

    [Fact]
    public void A_store_is_of_workers_once_one_has_had_a_lane_or_where_it_is_shared_and_Kafka_is_there()
    {
        using var folder = new TestFolder();
        var alone = new AurumOptions { DataDirectory = folder.Path };
        var kafka = new KafkaOptions { BootstrapServers = "127.0.0.1:9092" };
        using var shared = Open(Path.Combine(folder.Path, "shared"), TimeProvider.System);
        Assert.False(TickPlanes.IsOfWorkers(shared, alone));
        Assert.True(TickPlanes.IsOfWorkers(shared, alone with { Kafka = kafka }));
        using var store = DuckDbStores.Open(Path.Combine(folder.Path, "own"));
        Assert.False(TickPlanes.IsOfWorkers(store, alone with { Kafka = kafka }));
        store.TickLanes.Claim(new LaneId("group", "topic", 0), "one", Instant.FromUtc(2026, 3, 2, 0, 0));
        Assert.True(TickPlanes.IsOfWorkers(store, alone));
        using var plane = TickPlanes.Open(store, alone, TimeProvider.System);
        Assert.IsType<StoredTicks>(plane);
    }

    private void Owner(string sql) =>
        PostgresServer.Psql(PostgresServer.As("aurum_owner", _options.Dsn), $"SET search_path = {_options.Schema}; {sql}");

    private static TickPublisher Publisher(KafkaOptions options, AurumStore store) =>
        new(options, store.Ticks, TimeProvider.System, static _ => { });

    private static async Task AssertSame(TickServer own, TickServer served, string path)
    {
        var expected = await Lines(own, path);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await Lines(served, path));
    }

    private static async Task<IReadOnlyList<string>> Lines(TickServer server, string path) =>
        [.. (await server.RowsAsync(path)).Select(static row => Line(row!.AsObject())).Order(StringComparer.Ordinal)];

    private static string Line(JsonObject row)
    {
        foreach (var name in OfTheirOwn)
        {
            row.Remove(name);
        }

        return row.ToJsonString();
    }

    private static async Task AssertStatus(TickServer own, TickServer served)
    {
        var expected = (await own.GetAsync("/v1/ticks/status")).Json["data"]!;
        var found = (await served.GetAsync("/v1/ticks/status")).Json["data"]!;
        Assert.Equal(TickServer.CountsOf(expected), TickServer.CountsOf(found));
        Assert.Equal("Running", (string)found["state"]!);
        Assert.Equal((string)expected["newest_event"]!, (string)found["newest_event"]!);
        Assert.Equal(expected["dead_letter_reasons"]!.AsObject().Count, found["dead_letter_reasons"]!.AsObject().Count);
        Assert.Equal(["only", "only", "only", "only"], found["lanes"]!.AsArray().Select(static l => (string)l!["holder"]!));
    }

    private AurumStore Open(string folder, TimeProvider time) => TickWorkerProcess.Open(_options, folder);
}
