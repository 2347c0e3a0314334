using System.Text;
using Aurum.Cluster.Lineage;

namespace Aurum.Cluster.Contracts;

/// <summary>Events of OpenLineage as events of <c>data.lineage.v1</c>, with the run's id as key. Run, type and time tell one that comes
/// twice.</summary>
public static class LineageEvents
{
    public static EventTopic Topic { get; } = EventTopics.Find(EventTopics.LineageTopic);

    /// <param name="lineage">The event.</param>
    /// <param name="space">Namespace of its job.</param>
    /// <param name="json">The same as the specification has it.</param>
    /// <param name="ids">Ids of the schemas.</param>
    /// <param name="output">Takes the event.</param>
    public static void Write(LineageEvent lineage, string space, ReadOnlySpan<byte> json, EventSchemaIds ids, EventBatch output)
    {
        var at = lineage.At.ToMicros();
        var run = lineage.RunId.ToString();
        output.BeginKey(Topic, at).WriteRaw(Encoding.ASCII.GetBytes(run));
        output.BeginValue(ids(Topic));
        var value = output.Open;
        value.WriteText(lineage.Type);
        value.WriteLong(at);
        value.WriteText(run);
        value.WriteText(space);
        value.WriteText(lineage.Job.Name);
        value.Texts([.. lineage.Inputs.Select(static d => d.FullName)]);
        value.Texts([.. lineage.Outputs.Select(static d => d.FullName)]);
        value.WriteBytes(json);
        output.End();
    }
}
