namespace Aurum.Cluster.Kafka.Topics;

/// <summary>Finds out what differs, and mends it.</summary>
public static class TopicWorks
{
    /// <summary>What has to be done.</summary>
    /// <exception cref="BrokerException">The cluster can't be asked.</exception>
    public static async Task<TopicPlan> Plan(ITopicAdmin admin, IReadOnlyList<TopicSpec> wanted, CancellationToken cancel) =>
        TopicPlan.Of(wanted, await admin.Describe([.. wanted.Select(static w => w.Name)], cancel));

    /// <summary>Does it: new topics first, then partitions, then settings. May be called again where it stopped.</summary>
    /// <exception cref="BrokerException">The cluster refused a step; the ones before it are done.</exception>
    public static async Task Apply(ITopicAdmin admin, TopicPlan plan, CancellationToken cancel)
    {
        var create = plan.Steps.Where(static s => s.Kind == TopicStepKind.Create).Select(static s => s.Spec).ToList();
        if (create.Count > 0)
        {
            await admin.Create(create, cancel);
        }

        var partitions = plan.Steps.Where(static s => s.Kind == TopicStepKind.AddPartitions)
            .ToDictionary(static s => s.Topic, static s => s.Spec.Partitions);
        if (partitions.Count > 0)
        {
            await admin.AddPartitions(partitions, cancel);
        }

        var settings = plan.Steps.Where(static s => s.Kind == TopicStepKind.Alter).GroupBy(static s => s.Topic).ToDictionary(
            static g => g.Key,
            static IReadOnlyDictionary<string, string> (g) => g.ToDictionary(static s => s.Setting, static s => s.Wanted));
        if (settings.Count > 0)
        {
            await admin.Alter(settings, cancel);
        }
    }
}
