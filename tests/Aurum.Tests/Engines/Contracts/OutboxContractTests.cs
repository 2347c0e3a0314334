using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Aurum.App.Configuration;
using Aurum.App.Registry;
using Aurum.App.Sinks;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.Registry;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store.Avro;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Servers;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>Lineage and dead letters of deliveries, sent by the followers of the outbox that the settings name, and read back from brokers
/// by the schemas of the registry.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class OutboxContractTests : IAsyncLifetime, IDisposable
{
    private const string LineageName = "lineage.ndjson";

    private static int _environments;

    private static readonly LocalDate Day = new(2025, 11, 2);
    private static readonly Feed<LmpRow> Prices = EventWorld.Of<LmpRow>("nyiso/day-ahead-lmp-zone");

    private readonly KafkaMockServer _server;
    private readonly TestFolder _folder = new();
    private readonly EventWorld _world = new();
    private RegistryServer _registry = null!;

    public OutboxContractTests(KafkaMockServer server) => _server = server;

    public async Task InitializeAsync() => _registry = await RegistryServer.Start(
        Path.Combine(_folder.Path, "journal"), IPAddress.Loopback, 0, CancellationToken.None);

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    public void Dispose()
    {
        _world.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_is_told_by_the_contract_with_the_event_that_the_file_has_and_the_same_again_when_it_comes_twice()
    {
        Fill();
        var options = Options(_server.Options with { Environment = NewEnvironment() });
        await _server.Do($"topic {options.Kafka!.TopicOf(EventTopics.LineageTopic)} 1");
        var names = ConfiguredSinks.Of(options, TimeProvider.System).Select(s => s.Name);
        Assert.Equal([LineageSink.SinkName, LineageSink.ContractName], names);
        Assert.Equal(2, await CatchUp(options, LineageSink.SinkName));
        Assert.Equal(2, await CatchUp(options, LineageSink.ContractName));

        var told = await Read(options, EventTopics.LineageTopic, 4);

        Assert.Equal(await File.ReadAllLinesAsync(_folder[LineageName]), told.Select(m => (string)m.Value["event"]!));
        Assert.All(told, IsItsEvent);
        Assert.Equal(["START", "COMPLETE", "START", "FAIL"], told.Select(m => (string)m.Value["event_type"]!));
        Assert.Equal(["aurum/store.iso_lmp"], (IEnumerable<object?>)told[1].Value["outputs"]!);
        Assert.Equal(2, _world.Store.Sinks.Cursor(LineageSink.ContractName));

        _world.Store.Sinks.Move(LineageSink.ContractName, 0, EventWorld.Known);
        await CatchUp(options, LineageSink.ContractName);
        var twice = await Read(options, EventTopics.LineageTopic, 8);
        Assert.Equal(4, twice.Select(m => (m.Value["run_id"], m.Value["event_type"], m.Value["event_time"])).Distinct().Count());
        Assert.All(twice.GroupBy(m => m.Key), run => Assert.Equal("START", run.First().Value["event_type"]));
    }

    [Fact]
    public async Task What_was_refused_is_sent_with_its_delivery_under_a_name_for_good()
    {
        Fill();
        var kafka = _server.Options with { Environment = NewEnvironment(), Deliveries = true };
        var options = Options(kafka);
        await _server.Do($"topic {kafka.TopicOf(EventTopics.LetterTopic)} 1");
        await CatchUp(options, "kafka");
        _world.Store.Sinks.Move("kafka", 0, EventWorld.Known);
        await CatchUp(options, "kafka");

        var letters = await Read(options, EventTopics.LetterTopic, 4);

        Assert.Equal(letters[..2].Select(m => Convert.ToHexString(m.Avro)), letters[2..].Select(m => Convert.ToHexString(m.Avro)));
        Assert.Equal(letters[..2].Select(m => m.Name), letters[2..].Select(m => m.Name));
        Assert.Equal(2, letters.Select(m => m.Name).Distinct().Count());
        Assert.All(letters, m => Assert.Equal(Prices.Id.Text, m.Key));
        Assert.All(letters, m => Assert.Equal(kafka.TopicOf("aurum.iso.nyiso.lmp.v1"), m.Value["original_topic"]));
        Assert.Equal(["row_held_back", "file_refused"], letters[..2].Select(m => (string)m.Value["error_type"]!));
    }

    [Fact]
    public async Task Brokers_that_are_away_hold_up_the_contract_alone()
    {
        Fill();
        var own = await KafkaMockServer.StartOwn();
        try
        {
            var options = Options(own.Options with { DeliverySeconds = 1, RequestSeconds = 1 });
            await own.Do("down 1");
            var failed = await Assert.ThrowsAsync<SinkException>(() => CatchUp(options, LineageSink.ContractName));
            Assert.True(failed.MayRetry);
            Assert.StartsWith($"Kafka at {own.BootstrapServers}: ", failed.Message, StringComparison.Ordinal);
            Assert.Equal(2, await CatchUp(options, LineageSink.SinkName));
            Assert.Equal(0, _world.Store.Sinks.Cursor(LineageSink.ContractName));

            await own.Do("up 1");
            Assert.Equal(2, await CatchUp(Options(own.Options), LineageSink.ContractName));
            var told = await Read(options, EventTopics.LineageTopic, 4);
            Assert.Equal(4, told.Select(m => (m.Value["run_id"], m.Value["event_type"])).Distinct().Count());
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public void The_contract_needs_brokers_and_a_registry()
    {
        var options = Options(_server.Options) with { Registry = null };
        var sink = ConfiguredSinks.Of(options, TimeProvider.System).Single(s => s.Name == LineageSink.ContractName);
        Assert.StartsWith(
            "Lineage:Contract: expected the sections Kafka and Registry with it; set ",
            Assert.Throws<OptionsException>(sink.Open).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Holds the contract's fields against the event that they are of.</summary>
    private static void IsItsEvent(Message message)
    {
        var lineage = JsonSerializer.Deserialize<JsonElement>((string)message.Value["event"]!);
        var run = lineage.GetProperty("run").GetProperty("runId").GetString();
        var at = InstantPattern.ExtendedIso.Parse(lineage.GetProperty("eventTime").GetString()!).Value.ToUnixTimeTicks() / 10;
        Assert.Equal((run, run), (message.Key, message.Value["run_id"]));
        Assert.Equal((at, at / 1_000), ((long)message.Value["event_time"]!, message.AtMilliseconds));
        Assert.Equal(lineage.GetProperty("eventType").GetString(), message.Value["event_type"]);
        var job = lineage.GetProperty("job");
        Assert.Equal(
            (job.GetProperty("namespace").GetString(), job.GetProperty("name").GetString()),
            (message.Value["job_namespace"], message.Value["job_name"]));
        foreach (var side in new[] { "inputs", "outputs" })
        {
            Assert.Equal(
                lineage.GetProperty(side).EnumerateArray()
                    .Select(d => $"{d.GetProperty("namespace").GetString()}/{d.GetProperty("name").GetString()}"),
                (IEnumerable<object?>)message.Value[side]!);
        }
    }

    /// <summary>Topics of its own for each test.</summary>
    private static string NewEnvironment() => Invariant($"o{Environment.ProcessId}-{Interlocked.Increment(ref _environments)}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private AurumOptions Options(KafkaOptions kafka) => new()
    {
        DataDirectory = _folder.Path,
        Kafka = kafka,
        Registry = new RegistryOptions { Url = _registry.Address.AbsoluteUri.TrimEnd('/') },
        Lineage = new LineageOptions { File = LineageName, Contract = true },
    };

    /// <summary>A delivery with a price and a row that was held back, and one whose file could not be read.</summary>
    private void Fill()
    {
        using (var intake = _world.Store.BeginDay(Prices, Prices.Day(Day), EventWorld.Known))
        {
            intake.AddFile(EventWorld.File(Prices, Day));
            var wrong = Row(9_999);
            intake.Append([Row(30)]);
            intake.Quarantine(in wrong, "expect_between(lmp)", "lmp 9999 above 2000", line: 12);
            intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
        }

        var file = EventWorld.File(Prices, Day.PlusDays(1));
        _world.Store.RecordOutcome(
            Prices, Prices.Day(Day.PlusDays(1)), EventWorld.Known, new DayOutcome(Outcome.Malformed, "why", IsComplete: false), [file],
            [new DeadLetter(file, "prices.csv:7", "a decimal in LMP", "n/a")]);
    }

    private static LmpRow Row(double price) => new(
        new Location("N.Y.C.", LocationType.Zone), DeliveryInterval.StartingAt(Prices.Day(Day).Start, 60), price, 1, 1, 0, double.NaN);

    private async Task<long> CatchUp(AurumOptions options, string name)
    {
        await using var sink = ConfiguredSinks.Of(options, TimeProvider.System).Single(s => s.Name == name).Open();
        var runner = new SinkRunner(sink, _world.Store, new SinkSettings(), TimeProvider.System, new Random(1), static _ => { });
        return await runner.CatchUp(KafkaWorld.Limit(120));
    }

    /// <summary>Reads so many messages of a topic from its beginning, each by the schema of the registry that it names.</summary>
    private static async Task<List<Message>> Read(AurumOptions options, string topic, int count)
    {
        using var client = new RegistryClient(options.Registry!, new Random(1), TimeProvider.System);
        var schemas = new EventSchemaBook(client, options.Registry!);
        var contract = EventTopics.Find(topic).Contract;
        var subscription = new KafkaSubscription(Invariant($"reader{count}"), [options.Kafka!.TopicOf(topic)]) { WithHeaders = true };
        using var consumer = new KafkaConsumer(options.Kafka, subscription, null, TimeProvider.System);
        var read = new List<(long Offset, Message Message)>();
        while (read.Count < count)
        {
            using var batch = await consumer.Read(KafkaWorld.Limit(120));
            for (var i = 0; i < batch!.Count; i++)
            {
                read.Add((batch[i].Offset, await Decoded(i, batch)));
            }

            batch.Done();
        }

        return [.. read.OrderBy(static r => r.Offset).Select(static r => r.Message)];

        async Task<Message> Decoded(int index, KafkaBatch batch)
        {
            var value = batch[index].Value.ToArray();
            var name = NameOf(batch[index]);
            var (key, at) = (KafkaWorld.Text(batch[index].Key), batch[index].At.ToUnixTimeMilliseconds());
            return new Message(key, at, name, value, await schemas.Decode(value, contract, KafkaWorld.Limit()));
        }
    }

    private static string NameOf(IncomingMessage message) =>
        message.TryHeader(KafkaHeaders.Delivery, out var delivery) && message.TryHeader(KafkaHeaders.Row, out var row)
            ? string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(delivery)}/{Encoding.UTF8.GetString(row)}")
            : "";

    private sealed record Message(string Key, long AtMilliseconds, string Name, byte[] Avro, AvroRecord Value);
}
