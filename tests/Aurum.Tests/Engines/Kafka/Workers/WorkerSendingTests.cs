using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.App.Ticks.Lanes;
using Aurum.App.Ticks.Letters;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Store.Ticks;
using Aurum.Tests.Api.Ticks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>What is sent to a server on a store that workers fill, over a WebSocket or out of the dead letters, goes to Kafka.</summary>
[Collection("PostgreSQL")]
public sealed class WorkerSendingTests(PostgresServer postgres)
{
    private readonly PostgresOptions _options = postgres.NewDatabase();

    [Fact]
    public async Task Batches_over_a_socket_go_to_Kafka_once_and_are_acknowledged_by_their_numbers()
    {
        using var brokers = WorkerBrokers.InProcess();
        await using var served = await TickServer.OverWorkersAsync(Open, store => Publisher(brokers.Options, store));
        await using var worker = new WorkerMember(served.Store, brokers.Options, "only");
        var batch = "#17\n" + Text(TickMessages.B("evt-1"), TickMessages.B("evt-2"));
        using (var socket = await TickSocket.ConnectAsync(served, "/v1/ticks/ws?session=s1"))
        {
            await TickSocket.SendAsync(socket, batch);
            await TickSocket.SendAsync(socket, batch);
            await TickSocket.SendAsync(socket, "#18\n" + new JsonArray(TickMessages.B("evt-2"), Broken("evt-3")).ToJsonString());

            Assert.Equal(("ack", 17, 2, false), Answer(await TickSocket.ReceiveAsync(socket)));
            Assert.Equal(("ack", 17, 2, true), Answer(await TickSocket.ReceiveAsync(socket)));
            Assert.Equal(("ack", 18, 2, false), Answer(await TickSocket.ReceiveAsync(socket)));
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }

        using var later = await TickSocket.ConnectAsync(served, "/v1/ticks/ws?session=s1");
        await TickSocket.SendAsync(later, batch);
        await TickSocket.SendAsync(later, Text(TickMessages.B("evt-4")));

        Assert.Equal(("ack", 17, 2, true), Answer(await TickSocket.ReceiveAsync(later)));
        Assert.Equal(("ack", 18, 1, false), Answer(await TickSocket.ReceiveAsync(later)));
        await KafkaWait.Until(() => served.Store.Ticks.Progress.Counters.Received >= 5);
        Assert.Equal(
            (5, 3, 1, 0, 1), TickServer.CountsOf((await served.GetAsync("/v1/ticks/status")).Json["data"]!));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_batch_that_brokers_do_not_take_is_refused_and_taken_when_it_comes_again()
    {
        using var brokers = WorkerBrokers.InProcess();
        var impatient = brokers.Options with { RequestSeconds = 1, DeliverySeconds = 2 };
        await using var served = await TickServer.OverWorkersAsync(Open, store => Publisher(impatient, store));
        using var socket = await TickSocket.ConnectAsync(served, "/v1/ticks/ws?session=s1");
        await TickSocket.SendAsync(socket, "#1\n" + Text(TickMessages.B("evt-1")));
        Assert.Equal(("ack", 1, 1, false), Answer(await TickSocket.ReceiveAsync(socket)));
        brokers.SetUp(false);

        await TickSocket.SendAsync(socket, "#2\n" + Text(TickMessages.B("evt-2")));

        var refused = await TickSocket.ReceiveAsync(socket);
        Assert.Equal(("error", 2), ((string)refused!["event"]!, (int)refused["sequence"]!));
        Assert.NotEmpty((string)refused["data"]!["detail"]!);
        brokers.SetUp(true);
        await KafkaWait.Until(async () =>
        {
            await TickSocket.SendAsync(socket, "#2\n" + Text(TickMessages.B("evt-2")));
            return (string)(await TickSocket.ReceiveAsync(socket))!["event"]! == "ack";
        });
    }

    [Fact]
    public async Task A_dead_letter_goes_to_Kafka_once_and_one_that_fails_again_is_another()
    {
        using var brokers = WorkerBrokers.InProcess();
        await using var served = await TickServer.OverWorkersAsync(Open, store => Publisher(brokers.Options, store));
        await using var worker = new WorkerMember(served.Store, brokers.Options, "only");
        await served.SendAsync(Broken("evt-1"));
        var letter = Assert.Single(await Pending(served, 1));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Redrive(served, $$"""{"ids":["{{letter.Id}}"]}""")));

        Assert.Equal(
            ["published", "redriven-before", "redriven-before", "redriven-before"],
            answers.Select(static a => (string)Assert.Single(a)!["outcome"]!).Order(StringComparer.Ordinal));
        Assert.All(answers, static a => Assert.Null(a[0]!["frame"]));
        var again = Assert.Single(await Pending(served, 1));
        Assert.NotEqual(letter.Id, again.Id);
        Assert.Equal((letter.Letter.Reason, letter.Letter.Field), (again.Letter.Reason, again.Letter.Field));
        Assert.Equal(letter.Bytes, again.Bytes);
        Assert.NotNull(served.Store.Ticks.FindDeadLetter(letter.Id)!.RedrivenAt);

        var mended = Text(TickMessages.B("evt-1"));
        var ticks = await Redrive(
            served, new JsonObject { ["ids"] = new JsonArray(again.Id.ToString()), ["body"] = mended }.ToJsonString());

        Assert.Equal("published", (string)Assert.Single(ticks)!["outcome"]!);
        await KafkaWait.Until(() => served.Store.Ticks.Progress.Counters.Accepted == 1);
        Assert.Equal(
            (3, 1, 0, 0, 2), TickServer.CountsOf((await served.GetAsync("/v1/ticks/status")).Json["data"]!));
        Assert.Empty(await Redrive(served, $$"""{"reason":"{{again.Letter.Reason}}"}"""));
    }

    [Fact]
    public async Task Rows_go_again_under_their_header_and_what_cannot_be_read_waits_for_a_mended_message()
    {
        using var brokers = WorkerBrokers.InProcess();
        await using var served = await TickServer.OverWorkersAsync(Open, store => Publisher(brokers.Options, store));
        await using var worker = new WorkerMember(served.Store, brokers.Options, "only");
        await served.PostAsync(
            "/v1/ticks?market=CAISO&source=oasis&tenant=acme",
            Encoding.UTF8.GetBytes("timestamp,node,price,volume\n2026-03-02T15:00:00Z,FIRST,dear,1\n"), "text/csv");
        await served.PostAsync("/v1/ticks", "no,header\nof,prices\n"u8.ToArray(), "text/csv");
        await KafkaWait.Until(() => Letters(served).Any(static l => l.Tenant == "acme") && Letters(served).Any(static l => l.Form is null));
        var letters = Letters(served);
        var row = Assert.Single(letters, static l => l.Tenant == "acme");

        var done = await Redrive(
            served, new JsonObject { ["ids"] = new JsonArray([.. letters.Select(static l => (JsonNode)l.Id.ToString())]) }.ToJsonString());

        Assert.Equal(
            letters.Select(l => l == row ? "published" : "needs-body"), done.Select(static d => (string)d!["outcome"]!));
        await KafkaWait.Until(() => Letters(served).Any(static l => l.Tenant == "acme" && l.IsPending));
        var again = Assert.Single(Letters(served), static l => l.Tenant == "acme" && l.IsPending);
        Assert.Equal((row.Letter.Reason, row.Letter.Found), (again.Letter.Reason, again.Letter.Found));
        Assert.Equal(row.Bytes, again.Bytes);
        Assert.Equal(
            (row.Form!.Format, row.Form.Market, row.Form.Source), (again.Form!.Format, again.Form.Market, again.Form.Source));
        Assert.Equal(row.Form.Prelude.ToArray(), again.Form.Prelude.ToArray());
    }

    [Fact]
    public async Task Of_servers_that_send_the_same_letters_again_at_once_one_does()
    {
        using var brokers = WorkerBrokers.InProcess();
        await using var served = await TickServer.OverWorkersAsync(Open, store => Publisher(brokers.Options, store));
        await using var worker = new WorkerMember(served.Store, brokers.Options, "only");
        await served.SendAsync(Enumerable.Range(0, 30).Select(static i => Broken($"evt-{i}")));
        var letters = await Pending(served, 30);
        using var folder = new TestFolder();
        using var store = TickWorkerProcess.Open(_options, folder.Path);
        using var second = Publisher(brokers.Options, store);
        using var first = Publisher(brokers.Options, served.Store);

        var done = await Task.WhenAll(
            new PublishedRedrive(first, served.Store, TimeProvider.System).SendAsync(letters, CancellationToken.None),
            new PublishedRedrive(second, store, TimeProvider.System).SendAsync(letters, CancellationToken.None));

        Assert.Equal(
            [(30, "published"), (30, "redriven-before")],
            done.SelectMany(static d => d).CountBy(static d => d.Outcome).Select(static c => (c.Value, c.Key)).Order());
        await Pending(served, 30);
        Assert.Equal(60, served.Store.Ticks.Progress.Counters.Received);
    }

    private static TickPublisher Publisher(KafkaOptions options, AurumStore store) =>
        new(options, store.Ticks, TimeProvider.System, static _ => { });

    private static JsonObject Broken(string id) => TickMessages.B(id).With("payload.market", 7);

    private static string Text(params IEnumerable<JsonObject> messages) => Encoding.UTF8.GetString(TickMessages.Lines(messages));

    private static (string Event, int Sequence, int Published, bool IsRepeat) Answer(JsonNode? answer) => (
        (string)answer!["event"]!, (int)answer["sequence"]!, (int)answer["data"]!["published"]!, (bool)answer["data"]!["is_repeat"]!);

    private static async Task<JsonArray> Redrive(TickServer served, string body)
    {
        var answer = await served.PostJsonAsync("/v1/ticks/dead-letters/redrive", body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json["data"]!.AsArray();
    }

    private static List<TickLetter> Letters(TickServer served) => [.. served.Store.Ticks.DeadLetters(new TickLetterQuery())];

    /// <summary>Letters that were not sent again, once there are as many.</summary>
    private static async Task<List<TickLetter>> Pending(TickServer served, int count)
    {
        await KafkaWait.Until(() => Letters(served).Count(static l => l.IsPending) == count);
        return [.. Letters(served).Where(static l => l.IsPending)];
    }

    private AurumStore Open(string folder, TimeProvider time) => TickWorkerProcess.Open(_options, folder);
}
