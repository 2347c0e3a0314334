using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.App.Registry;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Contracts;
using Aurum.Tests.Engines.Servers;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka;

/// <summary><c>aurum kafka tail</c> against brokers and a registry.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class KafkaTailTests(KafkaMockServer server) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_are_read_by_the_schema_of_the_registry()
    {
        await using var registry = await RegistryServer.Start(
            Path.Combine(_folder.Path, "journal"), IPAddress.Loopback, 0, CancellationToken.None);
        var url = registry.Address.AbsoluteUri.TrimEnd('/');
        var options = new RegistryOptions { Url = url };
        using var client = new RegistryClient(options, new Random(1), TimeProvider.System);
        var schema = EventContracts.Find("iso.lmp.v1").SchemaText;
        var id = await client.Register("aurum.iso.nyiso.lmp.v1-value", schema, CancellationToken.None);
        var topic = await server.Topic(partitions: 1);
        byte[] price = Price(id);
        await Send(topic, new KafkaHeaders().With(KafkaHeaders.Delivery, 1), price, [.. price, 7], [0, 0, 0, 0, 99, 1]);

        var lines = await Tail(topic, 3, $$""", "Registry": { "Url": "{{url}}", "Retries": 0 }""");

        Assert.Equal(
            (id, "aurum.iso.IsoLmpRecord"), (lines[0].GetProperty("schema_id").GetInt32(), lines[0].GetProperty("schema").GetString()));
        var value = lines[0].GetProperty("value");
        Assert.Equal(
            ("NYISO", "DAY_AHEAD", "2025-11-02", "2025-11-02T04:00:00Z", 30.5),
            (value.GetProperty("iso_code").GetString(), value.GetProperty("market").GetString(),
                value.GetProperty("delivery_date").GetString(), value.GetProperty("interval_start").GetString(),
                value.GetProperty("price_total").GetDouble()));
        Assert.Equal(JsonValueKind.Null, value.GetProperty("hub").ValueKind);
        Assert.Equal("1", value.GetProperty("metadata").GetProperty("revision").GetString());
        Assert.StartsWith(
            "not what schema aurum.iso.IsoLmpRecord says: expected the end after ", lines[1].GetProperty("unread").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(99, lines[2].GetProperty("schema_id").GetInt32());
        Assert.Contains("40403", lines[2].GetProperty("unread").GetString(), StringComparison.Ordinal);
        Assert.Equal("AAAAAGMB", lines[2].GetProperty("value_base64").GetString());
    }

    [Fact]
    public async Task Blocks_of_ticks_are_read_tick_by_tick()
    {
        var topic = await server.Topic(partitions: 1);
        var records = new ArrayBufferWriter<byte>();
        BinaryTicks.WriteDefinition(records, 1, "acme", "oasis", "CAISO", "TH_NP15", "CAISO.NP15", "USD", "MWh");
        var at = Instant.FromUtc(2026, 3, 2, 15, 5).ToUnixTimeTicks() / 10;
        BinaryTicks.WriteTick(
            records, 1, Guid.Parse("00000000-0000-0000-0000-000000000001"), (at, at, 1), (27.5, 5, double.NaN, double.NaN), 0);
        await Send(topic, Type(TickTopics.Binary), records.WrittenSpan.ToArray());
        await Send(topic, Type(TickTopics.Json), "{\"a\":1}\n{\"a\":2}\n"u8.ToArray(), "no json"u8.ToArray());
        await Send(topic, Type(TickTopics.Frame), Frame(records.WrittenSpan), [1, 2, 3]);

        var lines = await Tail(topic, 5);

        foreach (var line in new[] { lines[0], lines[3] })
        {
            var tick = Assert.Single(line.GetProperty("ticks").EnumerateArray());
            Assert.Equal(
                ("acme", "CAISO.NP15", "oasis", 27.5),
                (tick.GetProperty("tenant_id").GetString(), tick.GetProperty("instrument_id").GetString(),
                    tick.GetProperty("source").GetString(), tick.GetProperty("price").GetDouble()));
        }

        Assert.Equal([1, 2], lines[1].GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("a").GetInt32()));
        Assert.StartsWith("line 1 is no JSON", lines[2].GetProperty("unread").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("no frame of ticks: ", lines[4].GetProperty("unread").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_messages_away_is_told()
    {
        using var output = new MemoryStream();
        using var error = new HeardWriter();
        var console = new CommandConsole(output, error, TimeProvider.System, IsTerminal: false, ShowsProgress: false);
        var port = ServerProcess.FreePort();
        using var stop = new CancellationTokenSource();
        var tail = KafkaTailCommand.Run(
            null, new KafkaOptions { BootstrapServers = $"127.0.0.1:{port}" }, "aurum.none.v1", 1, console, stop.Token);

        await KafkaWait.Until(() => error.Lines.Any(l => l.Contains($"127.0.0.1:{port}", StringComparison.Ordinal)));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tail);
    }

    private static KafkaHeaders Type(string type) => new KafkaHeaders().With(KafkaHeaders.ContentType, type);

    /// <summary>What the first stage makes of raw messages.</summary>
    private static byte[] Frame(ReadOnlySpan<byte> raw)
    {
        using var lane = new NormalizeLane(new TickPipelineOptions(), [], TimeProvider.System);
        using var output = new LaneOutput();
        var message = new LaneMessage
        {
            Name = "raw[0]@1", Source = 1, SourceBefore = -1, Form = new TickStreamOptions(TickFormat.Binary), Value = raw, Trace = "",
        };
        lane.OnMessage(in message, output);
        return Assert.Single(output.Frames).Value;
    }

    /// <summary>A price as a delivery sends it.</summary>
    private static byte[] Price(int id)
    {
        using var world = new EventWorld();
        var feed = EventWorld.Of<LmpRow>("nyiso/day-ahead-lmp-zone");
        var day = new LocalDate(2025, 11, 2);
        world.Deliver(feed, day, new LmpRow(
            new Location("N.Y.C.", LocationType.Zone), DeliveryInterval.StartingAt(feed.Day(day).Start, 60), 30.5, 29, 1, 0, double.NaN));
        using var events = new DeliveryEvents(_ => id);
        var batch = events.Of(world.Deliveries().Last(), default).First();
        Assert.Equal("aurum.iso.nyiso.lmp.v1", batch.Topic(0).Name);
        return batch.Value(0).ToArray();
    }

    private async Task Send(string topic, KafkaHeaders headers, params byte[][] values)
    {
        using var producer = new KafkaProducer(server.Options, TimeProvider.System);
        var batch = producer.Begin();
        foreach (var value in values)
        {
            batch.Send(new OutgoingMessage(topic, "k"u8, value) { Headers = headers });
        }

        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
    }

    private async Task<List<JsonElement>> Tail(string topic, int count, string more = "")
    {
        File.WriteAllText(
            _folder["aurum.json"],
            $$"""{ "Kafka": { "BootstrapServers": "{{server.BootstrapServers}}", "FetchWaitMilliseconds": 20 }{{more}} }""");
        var run = (await CommandRun.Of(
            "kafka", "tail", topic, "--from-beginning", "--count", count.ToString(CultureInfo.InvariantCulture), "--data",
            _folder.Path)).Ended(0);
        return [.. run.Lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    /// <summary>Lines that were written, while others are.</summary>
    private sealed class HeardWriter : TextWriter
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => Lines.Enqueue(value ?? "");
    }
}
