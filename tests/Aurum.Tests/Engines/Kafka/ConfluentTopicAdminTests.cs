using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Topics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>What is asked of Confluent.Kafka's administrator: the brokers of tests do not answer these requests.</summary>
public sealed class ConfluentTopicAdminTests
{
    private static readonly KafkaOptions Options = new() { BootstrapServers = "kafka:9092", RequestSeconds = 7 };

    [Fact]
    public async Task Topics_are_described_by_metadata_and_settings()
    {
        var (admin, asked) = Admin(
            new Metadata(
                [],
                [
                    new TopicMetadata(
                        "aurum.a.b.v1", [new PartitionMetadata(0, 1, [1, 2, 3], [1], new Error(ErrorCode.NoError))],
                        new Error(ErrorCode.NoError)),
                    new TopicMetadata("other", [], new Error(ErrorCode.NoError)),
                ],
                1,
                "broker"),
            Task.FromResult(new List<DescribeConfigsResult>
            {
                new()
                {
                    ConfigResource = new ConfigResource { Name = "aurum.a.b.v1" },
                    Entries = new() { ["retention.ms"] = new ConfigEntryResult { Name = "retention.ms", Value = "5" } },
                },
            }));
        var topic = Assert.Single(await admin.Describe(["aurum.a.b.v1", "aurum.missing.v1"], CancellationToken.None));
        Assert.Equal(("aurum.a.b.v1", 1, 3, "5"), (topic.Name, topic.Partitions, topic.Replication, topic.Settings["retention.ms"]));
        Assert.Equal("aurum.a.b.v1", Assert.Single((IEnumerable<ConfigResource>)asked[2]).Name);
        Assert.Equal(TimeSpan.FromSeconds(7), ((DescribeConfigsOptions)asked[1]).RequestTimeout);
    }

    [Fact]
    public async Task Topics_partitions_and_settings_are_asked_for_as_planned()
    {
        var (admin, asked) = Admin(Task.CompletedTask, Task.CompletedTask, Task.FromResult(new List<IncrementalAlterConfigsResult>()));
        await admin.Create(
            [new TopicSpec("aurum.a.b.v1", 12, 3, new Dictionary<string, string> { ["retention.ms"] = "5" })], CancellationToken.None);
        var created = Assert.Single((IEnumerable<TopicSpecification>)asked[0]);
        Assert.Equal(
            ("aurum.a.b.v1", 12, (short)3, "5"),
            (created.Name, created.NumPartitions, created.ReplicationFactor, created.Configs["retention.ms"]));
        await admin.AddPartitions(new Dictionary<string, int> { ["aurum.a.b.v1"] = 24 }, CancellationToken.None);
        var more = Assert.Single((IEnumerable<PartitionsSpecification>)asked[1]);
        Assert.Equal(("aurum.a.b.v1", 24), (more.Topic, more.IncreaseTo));
        await admin.Alter(
            new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["aurum.a.b.v1"] = new Dictionary<string, string> { ["retention.ms"] = "6" },
            },
            CancellationToken.None);
        var (resource, entries) = Assert.Single((Dictionary<ConfigResource, List<ConfigEntry>>)asked[2]);
        Assert.Equal((ResourceType.Topic, "aurum.a.b.v1"), (resource.Type, resource.Name));
        var entry = Assert.Single(entries);
        Assert.Equal(("retention.ms", "6", AlterConfigOpType.Set), (entry.Name, entry.Value, entry.IncrementalOperation));
    }

    [Fact]
    public async Task A_refusal_names_the_topic()
    {
        var (admin, _) = Admin(Task.FromException(new CreateTopicsException(
        [
            new CreateTopicReport { Topic = "aurum.a.b.v1", Error = new Error(ErrorCode.NoError) },
            new CreateTopicReport { Topic = "aurum.c.d.v1", Error = new Error(ErrorCode.InvalidReplicationFactor, "only 1 broker") },
        ])));
        var refused = await Assert.ThrowsAsync<BrokerException>(() => admin.Create([], CancellationToken.None));
        Assert.Equal("kafka:9092: new topics, aurum.c.d.v1: only 1 broker (InvalidReplicationFactor)", refused.Message);
        Assert.False(refused.IsRetryable);
    }

    private static (ConfluentTopicAdmin Admin, List<object> Asked) Admin(params object[] answers)
    {
        var client = new RecordingAdminClient(answers);
        return (new ConfluentTopicAdmin(client, Options), client.Asked);
    }
}
