using System.Globalization;

namespace Aurum.Cluster.Kafka.Topics;

/// <summary>What has to be done to a cluster so that its topics are as they should be. Nothing is ever deleted, and a topic that is not
/// ours is never touched.</summary>
/// <param name="Steps">In the order of doing: new topics, more partitions, settings; then what only a person can do.</param>
public sealed record TopicPlan(IReadOnlyList<TopicStep> Steps)
{
    /// <summary>Steps that <c>aurum kafka apply</c> does.</summary>
    public IEnumerable<TopicStep> ToDo => Steps.Where(static s => s.Kind != TopicStepKind.ByHand);

    /// <summary>Compares.</summary>
    /// <param name="wanted">As it should be.</param>
    /// <param name="found">As it is; topics that are not wanted are left out.</param>
    public static TopicPlan Of(IReadOnlyList<TopicSpec> wanted, IReadOnlyList<TopicState> found)
    {
        var states = found.ToDictionary(static s => s.Name, StringComparer.Ordinal);
        return new TopicPlan(
        [
            .. wanted.SelectMany(w => states.TryGetValue(w.Name, out var state) ? Differences(w, state) : [Create(w)])
                .OrderBy(static s => s.Kind)
                .ThenBy(static s => s.Topic, StringComparer.Ordinal)
                .ThenBy(static s => s.Setting, StringComparer.Ordinal),
        ]);
    }

    private static TopicStep Create(TopicSpec wanted) => new(
        TopicStepKind.Create, wanted.Name, "", "",
        string.Join(
            ", ",
            [$"{wanted.Partitions} partitions", $"{wanted.Replication} copies", .. wanted.Settings.Select(s => $"{s.Key}={s.Value}")]),
        wanted);

    private static IEnumerable<TopicStep> Differences(TopicSpec wanted, TopicState found)
    {
        if (found.Partitions != wanted.Partitions)
        {
            var kind = found.Partitions < wanted.Partitions ? TopicStepKind.AddPartitions : TopicStepKind.ByHand;
            yield return new TopicStep(kind, wanted.Name, "partitions", Text(found.Partitions), Text(wanted.Partitions), wanted);
        }

        if (found.Replication != wanted.Replication)
        {
            yield return new TopicStep(
                TopicStepKind.ByHand, wanted.Name, "replication", Text(found.Replication), Text(wanted.Replication), wanted);
        }

        foreach (var (name, value) in wanted.Settings)
        {
            if (found.Settings.GetValueOrDefault(name, "") is var now && !IsSame(name, now, value))
            {
                yield return new TopicStep(TopicStepKind.Alter, wanted.Name, name, now, value, wanted);
            }
        }
    }

    /// <summary>A list of policies has no order.</summary>
    private static bool IsSame(string name, string found, string wanted) => name == "cleanup.policy"
        ? found.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)
            .SequenceEqual(wanted.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal))
        : found == wanted;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a step does.</summary>
public enum TopicStepKind
{
    /// <summary>Makes a topic.</summary>
    Create,

    /// <summary>Adds partitions. Keys move to other partitions with it.</summary>
    AddPartitions,

    /// <summary>Changes a setting.</summary>
    Alter,

    /// <summary>Nothing that this program does: fewer partitions, or other copies, need a person.</summary>
    ByHand,
}

/// <summary>One difference between a cluster and what it should be.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Setting">What differs; empty for a new topic.</param>
/// <param name="Found">As it is.</param>
/// <param name="Wanted">As it should be.</param>
/// <param name="Spec">The topic as it should be.</param>
public sealed record TopicStep(TopicStepKind Kind, string Topic, string Setting, string Found, string Wanted, TopicSpec Spec)
{
    /// <summary>For people and files: <c>create</c>, <c>add-partitions</c>, <c>alter</c>, <c>by-hand</c>.</summary>
    public string Verb => Kind switch
    {
        TopicStepKind.Create => "create",
        TopicStepKind.AddPartitions => "add-partitions",
        TopicStepKind.Alter => "alter",
        _ => "by-hand",
    };
}
