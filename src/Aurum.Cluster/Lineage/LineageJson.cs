using System.Globalization;
using System.Reflection;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Cluster.Lineage;

/// <summary>Writes events as the specification has them: OpenLineage 2-0-2, facets in the versions named below.</summary>
internal sealed class LineageJson(LineageOptions options)
{
    private const string Schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private const string Facets = "https://openlineage.io/spec/facets/";

    private static readonly string Program =
        typeof(LineageJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Who tells it: the program and its version.</summary>
    public static string Producer { get; } = $"urn:aurum:{Program}";

    /// <summary>One event on one line, without the line's end.</summary>
    public byte[] Write(LineageEvent lineage)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("eventType", lineage.Type);
            json.WriteString("eventTime", Time(lineage.At));
            json.WriteString("producer", Producer);
            json.WriteString("schemaURL", Schema);
            Run(json, lineage);
            Job(json, lineage.Job);
            Datasets(json, "inputs", "inputFacets", lineage.Inputs);
            Datasets(json, "outputs", "outputFacets", lineage.Outputs);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private void Run(Utf8JsonWriter json, LineageEvent lineage)
    {
        json.WriteStartObject("run");
        json.WriteString("runId", lineage.RunId.ToString());
        json.WriteStartObject("facets");
        if (lineage.Nominal is { } nominal)
        {
            Begin(json, "nominalTime", "1-0-1/NominalTimeRunFacet");
            json.WriteString("nominalStartTime", Time(nominal.Start));
            json.WriteString("nominalEndTime", Time(nominal.End));
            json.WriteEndObject();
        }

        if (lineage.Error is { } error)
        {
            Begin(json, "errorMessage", "1-0-1/ErrorMessageRunFacet");
            json.WriteString("message", error);
            json.WriteString("programmingLanguage", "C#");
            json.WriteEndObject();
        }

        if (lineage.Parent is { } parent)
        {
            Begin(json, "parent", "1-1-0/ParentRunFacet");
            json.WriteStartObject("run");
            json.WriteString("runId", parent.RunId.ToString());
            json.WriteEndObject();
            json.WriteStartObject("job");
            json.WriteString("namespace", options.Namespace);
            json.WriteString("name", parent.Job);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        Begin(json, "processing_engine", "1-1-1/ProcessingEngineRunFacet");
        json.WriteString("name", "Aurum");
        json.WriteString("version", Program);
        json.WriteString("openlineageAdapterVersion", Program);
        json.WriteEndObject();
        Metadata(json, lineage.Metadata);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Our own facet: its schema is named by a URN, as nobody serves it.</summary>
    private static void Metadata(Utf8JsonWriter json, IReadOnlyDictionary<string, object> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject("aurumMetadata");
        json.WriteString("_producer", Producer);
        json.WriteString("_schemaURL", "urn:aurum:lineage:1-0-0:AurumMetadataRunFacet");
        foreach (var (name, value) in metadata)
        {
            if (value is IConvertible number and not string)
            {
                json.WriteNumber(name, number.ToInt64(CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteString(name, value.ToString());
            }
        }

        json.WriteEndObject();
    }

    private void Job(Utf8JsonWriter json, LineageJob job)
    {
        json.WriteStartObject("job");
        json.WriteString("namespace", options.Namespace);
        json.WriteString("name", job.Name);
        json.WriteStartObject("facets");
        Begin(json, "jobType", "2-0-3/JobTypeJobFacet");
        json.WriteString("processingType", job.IsStream ? "STREAMING" : "BATCH");
        json.WriteString("integration", "AURUM");
        json.WriteString("jobType", "JOB");
        json.WriteEndObject();
        Begin(json, "documentation", "1-0-1/DocumentationJobFacet");
        json.WriteString("description", job.Description);
        json.WriteEndObject();
        if (options.SourceUrl is { } source)
        {
            Begin(json, "sourceCodeLocation", "1-0-1/SourceCodeLocationJobFacet");
            json.WriteString("type", "git");
            json.WriteString("url", $"{source.ToString().TrimEnd('/')}/{job.SourcePath}");
            json.WriteString("path", job.SourcePath);
            json.WriteString("version", Program);
            json.WriteEndObject();
        }

        if (options.Owner is { } owner)
        {
            Begin(json, "ownership", "1-0-1/OwnershipJobFacet");
            json.WriteStartArray("owners");
            json.WriteStartObject();
            json.WriteString("name", owner);
            json.WriteString("type", "MAINTAINER");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Datasets(Utf8JsonWriter json, string name, string own, IReadOnlyList<LineageDataset> datasets)
    {
        json.WriteStartArray(name);
        foreach (var dataset in datasets)
        {
            json.WriteStartObject();
            json.WriteString("namespace", dataset.Namespace);
            json.WriteString("name", dataset.Name);
            json.WriteStartObject("facets");
            DatasetFacets.Write(json, dataset);
            json.WriteEndObject();
            json.WriteStartObject(own);
            if (own == "outputFacets")
            {
                DatasetFacets.WriteOutput(json, dataset);
            }
            else
            {
                DatasetFacets.WriteMetrics(json, dataset);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Begins a facet: who tells it, and which form it has.</summary>
    /// <param name="json">Output.</param>
    /// <param name="name">Name of the facet.</param>
    /// <param name="form">Version and name of its schema.</param>
    internal static void Begin(Utf8JsonWriter json, string name, string form)
    {
        json.WriteStartObject(name);
        json.WriteString("_producer", Producer);
        json.WriteString("_schemaURL", $"{Facets}{form}.json#/$defs/{form[(form.IndexOf('/', StringComparison.Ordinal) + 1)..]}");
    }

    private static string Time(Instant at) => InstantPattern.ExtendedIso.Format(at);
}
