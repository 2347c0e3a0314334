using System.Text.Json;

namespace Aurum.Cluster.Lineage;

/// <summary>The facets of datasets.</summary>
internal static class DatasetFacets
{
    /// <summary>What holds of a dataset whoever reads or writes it.</summary>
    public static void Write(Utf8JsonWriter json, LineageDataset dataset)
    {
        if (dataset.Fields.Count > 0)
        {
            Schema(json, dataset.Fields);
        }

        if (dataset.Source is { } source)
        {
            LineageJson.Begin(json, "dataSource", "1-0-1/DatasourceDatasetFacet");
            json.WriteString("name", dataset.Namespace);
            json.WriteString("uri", source.ToString());
            json.WriteEndObject();
        }

        if (dataset.Version is { } version)
        {
            LineageJson.Begin(json, "version", "1-0-1/DatasetVersionDatasetFacet");
            json.WriteString("datasetVersion", version);
            json.WriteEndObject();
        }

        if (dataset.Lifecycle is { } change)
        {
            LineageJson.Begin(json, "lifecycleStateChange", "1-0-1/LifecycleStateChangeDatasetFacet");
            json.WriteString("lifecycleStateChange", change);
            json.WriteEndObject();
        }

        if (dataset.Origins.Count > 0)
        {
            Origins(json, dataset.Origins);
        }
    }

    /// <summary>What a run wrote of it.</summary>
    public static void WriteOutput(Utf8JsonWriter json, LineageDataset dataset)
    {
        if (dataset.Rows is not null || dataset.Bytes is not null || dataset.Files is not null)
        {
            LineageJson.Begin(json, "outputStatistics", "1-0-2/OutputStatisticsOutputDatasetFacet");
            Number(json, "rowCount", dataset.Rows);
            Number(json, "size", dataset.Bytes);
            Number(json, "fileCount", dataset.Files);
            json.WriteEndObject();
        }
    }

    /// <summary>What a run found in it.</summary>
    public static void WriteMetrics(Utf8JsonWriter json, LineageDataset dataset)
    {
        if (dataset.Rows is null && dataset.Bytes is null && dataset.Files is null && dataset.Metrics.Count == 0)
        {
            return;
        }

        LineageJson.Begin(json, "dataQualityMetrics", "1-0-2/DataQualityMetricsInputDatasetFacet");
        Number(json, "rowCount", dataset.Rows);
        Number(json, "bytes", dataset.Bytes);
        Number(json, "fileCount", dataset.Files);
        json.WriteStartObject("columnMetrics");
        foreach (var (name, column) in dataset.Metrics)
        {
            json.WriteStartObject(name);
            json.WriteNumber("count", column.Count);
            json.WriteNumber("nullCount", column.NullCount);
            Number(json, "min", column.Min);
            Number(json, "max", column.Max);
            Number(json, "sum", column.Sum);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Schema(Utf8JsonWriter json, IReadOnlyList<LineageField> fields)
    {
        LineageJson.Begin(json, "schema", "1-1-1/SchemaDatasetFacet");
        json.WriteStartArray("fields");
        foreach (var field in fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("type", field.Type);
            if (field.Description is { } description)
            {
                json.WriteString("description", description);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Origins(Utf8JsonWriter json, IReadOnlyList<ColumnOrigin> origins)
    {
        LineageJson.Begin(json, "columnLineage", "1-2-0/ColumnLineageDatasetFacet");
        json.WriteStartObject("fields");
        foreach (var column in origins.GroupBy(static o => o.Column))
        {
            json.WriteStartObject(column.Key);
            json.WriteStartArray("inputFields");
            foreach (var origin in column)
            {
                json.WriteStartObject();
                json.WriteString("namespace", origin.From.Namespace);
                json.WriteString("name", origin.From.Name);
                json.WriteString("field", origin.FromColumn);
                json.WriteStartArray("transformations");
                json.WriteStartObject();
                json.WriteString("type", "DIRECT");
                json.WriteString("subtype", origin.Subtype);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
