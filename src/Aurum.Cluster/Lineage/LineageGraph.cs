using System.Text.Json;

namespace Aurum.Cluster.Lineage;

/// <summary>Which dataset is made of which, and by which job, as events tell it.</summary>
public sealed class LineageGraph
{
    private readonly Dictionary<LineageNode, Job> _jobs = [];

    private LineageGraph()
    {
    }

    /// <summary>Events that were read.</summary>
    public int Events { get; private set; }

    /// <summary>Lines that are none.</summary>
    public int Damaged { get; private set; }

    /// <summary>All datasets, by name.</summary>
    public IReadOnlyList<LineageNode> Datasets =>
    [
        .. _jobs.Values.SelectMany(static j => j.Inputs.Concat(j.Outputs)).Distinct()
            .OrderBy(static d => d.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Reads events, one a line, of any producer. Lines that are no events are counted and left out.</summary>
    public static LineageGraph Read(IEnumerable<string> lines)
    {
        var graph = new LineageGraph();
        foreach (var line in lines.Where(static l => l.Length > 0))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                graph.Take(document.RootElement);
                graph.Events++;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                graph.Damaged++;
            }
        }

        return graph;
    }

    /// <summary>Datasets that a text means: of that name with or without its namespace, else those whose name has it as its end.</summary>
    public IReadOnlyList<LineageNode> Find(string text)
    {
        var all = Datasets;
        var exact = all.Where(d => d.ToString() == text || d.Name == text).ToList();
        return exact.Count > 0 ? exact : [.. all.Where(d => d.Name.EndsWith(text, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>What a dataset is made of, the nearest first.</summary>
    public IReadOnlyList<LineageStep> Upstream(LineageNode dataset, int mostSteps) =>
        Walk(dataset, mostSteps, static j => j.Outputs, static j => j.Inputs);

    /// <summary>What is made of a dataset, the nearest first.</summary>
    public IReadOnlyList<LineageStep> Downstream(LineageNode dataset, int mostSteps) =>
        Walk(dataset, mostSteps, static j => j.Inputs, static j => j.Outputs);

    private List<LineageStep> Walk(
        LineageNode from, int mostSteps, Func<Job, HashSet<LineageNode>> here, Func<Job, HashSet<LineageNode>> there)
    {
        var steps = new List<LineageStep>();
        var seen = new HashSet<LineageNode> { from };
        List<LineageNode> edge = [from];
        for (var depth = 1; depth <= mostSteps && edge.Count > 0; depth++)
        {
            List<LineageNode> next = [];
            foreach (var (name, job) in _jobs.OrderBy(static j => j.Key.Name, StringComparer.Ordinal)
                .ThenBy(static j => j.Key.Namespace, StringComparer.Ordinal))
            {
                if (!edge.Exists(here(job).Contains))
                {
                    continue;
                }

                foreach (var found in there(job).OrderBy(static d => d.ToString(), StringComparer.Ordinal).Where(seen.Add))
                {
                    steps.Add(new LineageStep(depth, found, name.Name, job.State, job.At));
                    next.Add(found);
                }
            }

            edge = next;
        }

        return steps;
    }

    private void Take(JsonElement lineage)
    {
        var job = NodeOf(lineage.GetProperty("job"));
        var time = lineage.GetProperty("eventTime").GetDateTimeOffset();
        var state = lineage.TryGetProperty("eventType", out var type) ? type.GetString() ?? "" : "";
        var inputs = NodesOf(lineage, "inputs");
        var outputs = NodesOf(lineage, "outputs");
        if (!_jobs.TryGetValue(job, out var known))
        {
            _jobs[job] = known = new Job();
        }

        known.Inputs.UnionWith(inputs);
        known.Outputs.UnionWith(outputs);
        if (time >= known.Time)
        {
            (known.Time, known.At, known.State) = (time, lineage.GetProperty("eventTime").GetString()!, state);
        }
    }

    private static List<LineageNode> NodesOf(JsonElement lineage, string side) =>
        lineage.TryGetProperty(side, out var found) && found.ValueKind == JsonValueKind.Array
            ? [.. found.EnumerateArray().Select(NodeOf)]
            : [];

    private static LineageNode NodeOf(JsonElement named) => new(TextOf(named, "namespace"), TextOf(named, "name"));

    private static string TextOf(JsonElement named, string property) =>
        named.GetProperty(property).GetString() ?? throw new JsonException($"{property}: expected a text, found null");

    private sealed class Job
    {
        public HashSet<LineageNode> Inputs { get; } = [];

        public HashSet<LineageNode> Outputs { get; } = [];

        public DateTimeOffset Time { get; set; } = DateTimeOffset.MinValue;

        /// <summary>The same as its producer writes it.</summary>
        public string At { get; set; } = "";

        public string State { get; set; } = "";
    }
}

/// <summary>A dataset or a job by its name.</summary>
/// <param name="Namespace">Where it is.</param>
/// <param name="Name">Its name there.</param>
public sealed record LineageNode(string Namespace, string Name)
{
    /// <summary>Both, with a slash between.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}

/// <summary>A dataset on the way from or to another one.</summary>
/// <param name="Depth">Jobs between, 1 or more.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Job">The job that reads or writes it.</param>
/// <param name="State">How the job's last event says that it stands: COMPLETE, FAIL, ...</param>
/// <param name="At">When that was, ISO 8601.</param>
public sealed record LineageStep(int Depth, LineageNode Dataset, string Job, string State, string At);
