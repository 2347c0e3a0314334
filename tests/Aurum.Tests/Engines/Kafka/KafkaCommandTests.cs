using Aurum.App.Commands;
using Aurum.App.Output;
using Aurum.Cluster;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Topics;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.Kafka;

[Collection(KafkaMockServer.Collection)]
public sealed class KafkaCommandTests(KafkaMockServer server) : IDisposable
{
    private static readonly KafkaOptions Options = new() { BootstrapServers = "kafka:9092" };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Topics_are_listed_without_a_cluster()
    {
        var run = (await CommandRun.Of("kafka", "topics", "--data", _folder.Path)).Ended(0);
        Assert.Equal(TopicsFile.Load(Options).Topics.Count + 1, run.Lines.Count);
        Assert.Contains(
            "aurum.iso.pjm.lmp.v1,12,3,cleanup.policy=delete min.insync.replicas=2 retention.ms=2592000000,location_id,", run.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_with_something_to_do_ends_with_1_and_an_applied_one_with_0()
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var console = new CommandConsole(output, error, TimeProvider.System, IsTerminal: false, ShowsProgress: false);
        var cluster = new MemoryCluster();
        var wanted = TopicsFile.Load(Options).In(Options);
        Assert.Equal(1, await KafkaCommand.Plan(cluster, wanted, RowFormat.Csv, console, CancellationToken.None));
        Assert.Equal(0, cluster.Calls);
        Assert.Contains(
            "create,aurum.alert.v1,,,\"3 partitions, 3 copies, ",
            System.Text.Encoding.UTF8.GetString(output.ToArray()),
            StringComparison.Ordinal);
        Assert.Equal(0, await KafkaCommand.Apply(cluster, wanted, RowFormat.Csv, console, CancellationToken.None));
        Assert.Contains($"aurum: {wanted.Count} steps done, 0 left to a person", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await KafkaCommand.Plan(cluster, wanted, RowFormat.Csv, console, CancellationToken.None));
    }

    [Fact]
    public async Task Without_settings_the_way_to_them_is_told()
    {
        var run = (await CommandRun.Of("kafka", "plan", "--data", _folder.Path)).Ended(2);
        Assert.Contains(
            "aurum: Kafka is not configured: set Kafka:BootstrapServers in aurum.json, or KAFKA_BOOTSTRAP_SERVERS", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_printed_as_lines_of_json()
    {
        var topic = await server.Topic(partitions: 1);
        using (var producer = new KafkaProducer(server.Options, TimeProvider.System))
        {
            var batch = producer.Begin();
            batch.Send(new OutgoingMessage(topic, "k1"u8, """{"a":1}"""u8) { Headers = new KafkaHeaders().With(KafkaHeaders.Delivery, 7) });
            batch.Send(new OutgoingMessage(topic, "k2"u8, [0, 0, 0, 0, 12, 200, 1]));
            await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
        }

        File.WriteAllText(
            _folder["aurum.json"], $$"""{ "Kafka": { "BootstrapServers": "{{server.BootstrapServers}}", "FetchWaitMilliseconds": 20 } }""");
        var run = (await CommandRun.Of("kafka", "tail", topic, "--from-beginning", "--count", "2", "--data", _folder.Path)).Ended(0);
        Assert.Equal(2, run.Lines.Count);
        Assert.EndsWith(""","key":"k1","aurum-delivery":"7","value":"{\"a\":1}"}""", run.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(
            ",\"key\":\"k2\",\"schema_id\":12,\"unread\":\"no schema registry is set (Registry:Url or SCHEMA_REGISTRY_URL)\","
            + "\"value_base64\":\"AAAAAAzIAQ==\"}", run.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_finds_brokers_and_missing_topics()
    {
        using var own = new Owned(await KafkaMockServer.StartOwn());
        var findings = await KafkaCheck.Run(own.Server.Options, KafkaWorld.Limit());
        Assert.Equal([EngineState.Well, EngineState.Warned, EngineState.Warned], findings.Select(static f => f.State));

        // These brokers leave the question unanswered.
        Assert.StartsWith("the ACLs could not be listed: ", findings[2].What, StringComparison.Ordinal);
        Assert.Matches(@"^Kafka at 127\.0\.0\.1:\d+ \(PLAINTEXT\): 1 brokers, 0 topics; librdkafka 2\.", findings[0].What);
        var count = TopicsFile.Load(Options).Topics.Count;
        Assert.Equal(
            ($"of {count} topics {count} are missing, 0 have too few partitions",
                "'aurum kafka plan' says which, 'aurum kafka apply' mends it"),
            (findings[1].What, findings[1].ToDo));
        var small = await KafkaCheck.Run(own.Server.Options with { Replication = 0 }, KafkaWorld.Limit());
        Assert.Contains(small, static f => f is { State: EngineState.Warned, ToDo: "set Kafka:Replication to 1, or add brokers" });
    }

    [Fact]
    public async Task Doctor_says_what_to_do_where_nobody_answers()
    {
        var port = ServerProcess.FreePort();
        var finding = Assert.Single(await KafkaCheck.Run(
            Options with { BootstrapServers = $"127.0.0.1:{port}", ConnectSeconds = 1, RequestSeconds = 1 }, KafkaWorld.Limit()));
        Assert.Equal(EngineState.Failed, finding.State);
        Assert.StartsWith($"Kafka at 127.0.0.1:{port} (PLAINTEXT): no answer within ", finding.What, StringComparison.Ordinal);
        Assert.StartsWith("check Kafka:BootstrapServers", finding.ToDo, StringComparison.Ordinal);
    }

    private sealed class Owned(KafkaMockServer server) : IDisposable
    {
        public KafkaMockServer Server { get; } = server;

        public void Dispose() => Server.DisposeAsync();
    }
}
