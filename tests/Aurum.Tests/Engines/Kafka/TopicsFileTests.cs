using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Topics;
using Aurum.Sources;

namespace Aurum.Tests.Engines.Kafka;

public sealed class TopicsFileTests
{
    private const long Day = 86_400_000;

    private static readonly KafkaOptions Options = new() { BootstrapServers = "kafka:9092" };

    private static readonly TopicsFile File = TopicsFile.Load(Options);

    /// <summary>Messages of connectors have no contract: they are what the publisher sent. Frames between stages are read by nobody
    /// else.</summary>
    private static readonly string[] WithoutContract =
    [
        TickTopics.Raw, TickTopics.Letters, TickTopics.Normalized, TickTopics.Enriched, TickTopics.Aggregated,
    ];

    public static TheoryData<string, string> Wrong => new()
    {
        { """{ "groups": [ { "topics": ["aurum.Iso.v1"] } ] }""", "t.json: aurum.Iso.v1: expected aurum.{domain}.{entity}.v{n} in small letters, digits, dots and underscores, or a reason in irregular_names" },
        { """{ "groups": [ { "topics": ["aurum.a.b.v1"], "partitions": 0 } ] }""", "t.json: aurum.a.b.v1: partitions: expected 1 to 10,000, found 0" },
        { """{ "groups": [ { "topics": ["aurum.a.b.v1", "aurum.a.b.v1"] } ] }""", "t.json: aurum.a.b.v1: expected once, found 2 times" },
        { """{ "groups": [ { "topics": ["aurum.a.b.v1"], "cleanup": "burn" } ] }""", "t.json: aurum.a.b.v1: cleanup: expected delete, compact or compact,delete, found 'burn'" },
        { """{ "groups": [ { "topics": ["aurum.a.b.v1"], "min_insync_replicas": 4 } ] }""", "t.json: aurum.a.b.v1: min_insync_replicas: expected 1 to 3, found 4" },
    };

    [Fact]
    public void Every_topic_of_the_contracts_is_there_with_its_key()
    {
        Assert.Equal(
            EventTopics.All.Select(static t => (t.Name, t.Key)),
            File.Topics.Where(static t => !WithoutContract.Contains(t.Name)).Select(static t => (t.Name, t.Key))
                .OrderBy(static t => t.Name, StringComparer.Ordinal));
        Assert.All(File.Topics, static t => Assert.NotEmpty(t.Content));
    }

    [Fact]
    public void Every_feed_with_events_has_topics_there()
    {
        var names = File.Topics.Select(static t => t.Name).ToHashSet();
        Assert.All(FeedCatalog.All.Where(static f => DeliveryEvents.Follows(f.TableName)), feed =>
            Assert.All(DeliveryEvents.TopicsOf(feed.TableName, feed.Id), topic => Assert.Contains(topic, names)));
    }

    /// <summary>The numbers of the platform's own list: partitions, days of retention, bytes of a message.</summary>
    [Theory]
    [InlineData("aurum.iso.pjm.lmp.v1", 12, 30, null)]
    [InlineData("aurum.iso.aeso.genmix.v1", 12, 30, null)]
    [InlineData("aurum.curve.observation.v1", 12, 7, null)]
    [InlineData("aurum.curve.observation.dlq", 3, 30, null)]
    [InlineData("aurum.ref.eia.series.dlq.v1", 3, 30, null)]
    [InlineData("aurum.ingest.error.v1", 3, 14, null)]
    [InlineData("aurum.drought.index.v1", 12, 180, null)]
    [InlineData("aurum.drought.usdm_area.v1", 3, 360, null)]
    [InlineData("aurum.drought.vector_event.v1", 12, 90, null)]
    [InlineData("aurum.ext.timeseries.obs.v1", 12, 60, null)]
    [InlineData("aurum.scenario.request.v1", 12, 7, "10485760")]
    [InlineData("aurum.scenario.request.retry.v1", 6, 14, "10485760")]
    [InlineData("aurum.scenario.request.dlq.v1", 3, 30, "10485760")]
    [InlineData("aurum.scenario.output.v1", 12, 14, "52428800")]
    [InlineData("aurum.scenario.output.dlq.v1", 3, 30, "52428800")]
    public void Topics_of_the_platform_have_its_settings(string name, int partitions, int days, string? bytes)
    {
        var topic = File.Topics.Single(t => t.Name == name);
        Assert.Equal((partitions, 3), (topic.Partitions, topic.Replication));
        Assert.Equal($"{days * Day}", topic.Settings["retention.ms"]);
        Assert.Equal(("delete", "2"), (topic.Settings["cleanup.policy"], topic.Settings["min.insync.replicas"]));
        Assert.Equal(bytes, topic.Settings.GetValueOrDefault("max.message.bytes"));
    }

    [Fact]
    public void The_catalog_of_series_is_compacted()
    {
        var topic = File.Topics.Single(static t => t.Name == "aurum.ext.series_catalog.upsert.v1");
        Assert.Equal((6, "compact", $"{Day}"), (topic.Partitions, topic.Settings["cleanup.policy"], topic.Settings["segment.ms"]));
        Assert.False(topic.Settings.ContainsKey("retention.ms"));
    }

    [Fact]
    public void Names_off_the_rule_have_a_reason()
    {
        Assert.Equal(["aurum.curve.observation.dlq"], File.Topics.Select(static t => t.Name).Where(static n => !TopicName.IsRegular(n)));
        Assert.True(TopicName.IsRegular("aurum.iso.pjm.lmp.v12"));
        Assert.All(
            ["aurum.v1", "aurum.iso.v0", "aurum..lmp.v1", "aurum.iso.lmp", "orders.iso.lmp.v1", "aurum.iso.lmp.v1\n"],
            static name => Assert.False(TopicName.IsRegular(name)));
    }

    [Fact]
    public void A_small_cluster_gets_fewer_copies_and_an_environment_its_names()
    {
        var small = File.In(Options with { Replication = 1, Environment = "dev" });
        Assert.All(small, static t =>
        {
            Assert.Equal((1, "1"), (t.Replication, t.Settings["min.insync.replicas"]));
            Assert.EndsWith("-dev", t.Name, StringComparison.Ordinal);
        });
        Assert.Equal("2", File.In(Options with { Replication = 2 })[0].Settings["min.insync.replicas"]);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_file_is_told_with_topic_and_field(string json, string message) =>
        Assert.Equal(message, Assert.Throws<BrokerException>(() => TopicsFile.Read(json, "t.json")).Message);

    [Fact]
    public void A_field_that_nobody_knows_is_refused()
    {
        var wrong = Assert.Throws<BrokerException>(
            () => TopicsFile.Read("""{ "groups": [ { "topics": ["aurum.a.b.v1"], "partition": 3 } ] }""", "t.json"));
        Assert.StartsWith("t.json: The JSON property 'partition' could not be mapped", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_file_may_take_its_place()
    {
        using var folder = new TestFolder();
        System.IO.File.WriteAllText(folder["t.json"], """{ "groups": [ { "topics": ["aurum.a.b.v1"], "partitions": 2 } ] }""");
        var topic = Assert.Single(TopicsFile.Load(Options with { TopicsFile = folder["t.json"] }).Topics);
        Assert.Equal(("aurum.a.b.v1", 2), (topic.Name, topic.Partitions));
    }
}
