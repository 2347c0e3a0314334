using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Topics;

namespace Aurum.Tests.Engines.Kafka;

public sealed class TopicPlanTests
{
    private static readonly KafkaOptions Options = new() { BootstrapServers = "kafka:9092" };

    [Fact]
    public void A_cluster_as_it_should_be_needs_nothing()
    {
        var wanted = TopicsFile.Load(Options).In(Options);
        var found = wanted.Select(static w => new TopicState(
            w.Name, w.Partitions, w.Replication, w.Settings.Append(new("segment.bytes", "1073741824")).ToDictionary())).ToList();
        Assert.Empty(TopicPlan.Of(wanted, found).Steps);
    }

    [Fact]
    public void An_empty_cluster_needs_every_topic()
    {
        var wanted = TopicsFile.Load(Options).In(Options);
        var plan = TopicPlan.Of(wanted, []);
        Assert.Equal(wanted.Count, plan.ToDo.Count());
        Assert.All(plan.Steps, static s => Assert.Equal(TopicStepKind.Create, s.Kind));
        Assert.Equal(
            "12 partitions, 3 copies, cleanup.policy=delete, min.insync.replicas=2, retention.ms=2592000000",
            plan.Steps.Single(static s => s.Topic == "aurum.iso.pjm.lmp.v1").Wanted);
    }

    [Fact]
    public void Every_difference_is_a_step_and_what_cannot_be_undone_is_left_to_a_person()
    {
        var plan = TopicPlan.Of(
            [Wanted("a", 12), Wanted("b", 3), Wanted("c", 3), Wanted("d", 3)],
            [
                Found("a", 6), Found("b", 6), Found("c", 3, replication: 1),
                Found("d", 3, ("retention.ms", "5"), ("cleanup.policy", "delete, compact")),
            ]);
        Assert.Equal(
            [
                "add-partitions a partitions: 6 -> 12", "alter d retention.ms: 5 -> 1", "by-hand b partitions: 6 -> 3",
                "by-hand c replication: 1 -> 3",
            ],
            plan.Steps.Select(static s => $"{s.Verb} {s.Topic} {s.Setting}: {s.Found} -> {s.Wanted}"));
        Assert.Equal(2, plan.ToDo.Count());
    }

    [Fact]
    public async Task Applying_a_plan_makes_the_next_one_empty_and_may_be_done_again()
    {
        var cluster = new MemoryCluster();
        cluster.Topics["aurum.other.v1"] = Found("aurum.other.v1", 9);
        cluster.Topics["aurum.alert.v1"] = new TopicState(
            "aurum.alert.v1", 1, 3, new Dictionary<string, string> { ["cleanup.policy"] = "compact" });
        var wanted = TopicsFile.Load(Options).In(Options);
        var plan = await TopicWorks.Plan(cluster, wanted, CancellationToken.None);
        await TopicWorks.Apply(cluster, plan, CancellationToken.None);
        Assert.Empty((await TopicWorks.Plan(cluster, wanted, CancellationToken.None)).Steps);
        Assert.Equal(wanted.Count + 1, cluster.Topics.Count);
        Assert.Equal(9, cluster.Topics["aurum.other.v1"].Partitions);
        await TopicWorks.Apply(cluster, await TopicWorks.Plan(cluster, wanted, CancellationToken.None), CancellationToken.None);
        Assert.Equal(3, cluster.Calls);
    }

    private static TopicSpec Wanted(string name, int partitions) => new(
        name, partitions, 3, new SortedDictionary<string, string> { ["cleanup.policy"] = "compact,delete", ["retention.ms"] = "1" });

    private static TopicState Found(string name, int partitions, params (string Name, string Value)[] settings) =>
        Found(name, partitions, 3, settings);

    private static TopicState Found(string name, int partitions, int replication, params (string Name, string Value)[] settings) => new(
        name,
        partitions,
        replication,
        new[] { ("cleanup.policy", "compact,delete"), ("retention.ms", "1") }.Concat(settings.Select(static s => (s.Name, s.Value)))
            .GroupBy(static s => s.Item1).ToDictionary(static g => g.Key, static g => g.Last().Item2));
}
