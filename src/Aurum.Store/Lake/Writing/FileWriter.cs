using System.Globalization;
using Aurum.Store.Engines;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Sql;

namespace Aurum.Store.Lake.Writing;

/// <summary>Writes rows to Parquet files, one or more for each partition, and takes their statistics. Files are durable when a call
/// returns; until a commit names them, nobody sees them.</summary>
/// <param name="storage">Where the files go.</param>
/// <param name="scratch">Folder in which they are made.</param>
/// <param name="nextToken">Chance, for names.</param>
internal sealed class FileWriter(ILakeStorage storage, string scratch, Func<ulong> nextToken)
{
    private const string Sorted = "lake_sorted_rows";

    /// <summary>Writes the rows of a query whose columns have the names of the table's.</summary>
    /// <exception cref="LakeException">A null in a required column.</exception>
    public List<DataFile> WriteRows(EngineConnection connection, string rowsSql, TableMetadata table)
    {
        var (schema, spec) = (table.Schema, table.Spec);
        var columns = string.Join(
            ", ", schema.Fields.Select(f => $"CAST({SqlText.Name(f.Name)} AS {f.Type.Sql}) AS {SqlText.Name(f.Name)}"));
        var rows = $"SELECT {columns} FROM ({rowsSql})";
        var partitions = Partitions(connection, rows, schema, spec);
        var order = table.SortOrder.Sql(schema);
        var template = new DataFile { Path = "", Rows = 0, SizeBytes = 0, SpecId = spec.Id, SortOrderId = table.DefaultSortOrderId };
        if (partitions.Count <= 1)
        {
            return
            [
                .. partitions.Select(
                    p => WriteOne(connection, rows + order, table, template with { Partition = p.Values, Rows = p.Rows })),
            ];
        }

        var values = spec.Fields.Select((f, i) => $"{f.Sql(schema)} AS __p{i}");
        connection.Execute(
            $"CREATE OR REPLACE TEMPORARY TABLE {Sorted} AS SELECT *, {string.Join(", ", values)} FROM ({rows})");
        try
        {
            return
            [
                .. partitions.Select(p => WriteOne(
                    connection,
                    $"SELECT {columns} FROM {Sorted} WHERE {Condition(p.Values)}{order}",
                    table,
                    template with { Partition = p.Values, Rows = p.Rows })),
            ];
        }
        finally
        {
            connection.Execute($"DROP TABLE IF EXISTS {Sorted}");
        }
    }

    /// <summary>Writes rows that are of one partition.</summary>
    public DataFile WriteOnePartition(
        EngineConnection connection, string rowsSql, TableMetadata table, IReadOnlyList<IComparable?> partition)
    {
        var rows = rowsSql + table.SortOrder.Sql(table.Schema);
        return WriteOne(connection, rows, table, new DataFile
        {
            Path = "",
            Rows = -1,
            SizeBytes = 0,
            SpecId = table.DefaultSpecId,
            SortOrderId = table.DefaultSortOrderId,
            Partition = partition,
        });
    }

    /// <summary>Writes a file of deleted positions.</summary>
    /// <param name="connection">Where to ask.</param>
    /// <param name="positionsSql">A query of <c>file_path</c> and <c>pos</c>, in their order.</param>
    /// <param name="table">Table.</param>
    /// <param name="of">A file of the partition that the positions are in.</param>
    public DataFile WriteDeletes(EngineConnection connection, string positionsSql, TableMetadata table, DataFile of) => WriteFile(
        connection,
        positionsSql,
        PositionDeletes.Schema,
        PartitionPath(table.Specs.First(s => s.Id == of.SpecId), of.Partition),
        table,
        new DataFile
        {
            Content = FileContent.PositionDeletes,
            Path = "",
            Rows = -1,
            SizeBytes = 0,
            SpecId = of.SpecId,
            Partition = of.Partition,
        });

    private DataFile WriteOne(EngineConnection connection, string rowsSql, TableMetadata table, DataFile template)
    {
        var file = WriteFile(
            connection, rowsSql, table.Schema, PartitionPath(table.Spec, template.Partition), table, template);
        return table.Schema.Fields.FirstOrDefault(f => f.IsRequired && file.NullCounts.GetValueOrDefault(f.Id) > 0) is { } missing
            ? throw new LakeException(
                $"{table.Location}: column {missing.Name} is required, found {file.NullCounts[missing.Id]} rows without it")
            : file;
    }

    private DataFile WriteFile(
        EngineConnection connection, string rowsSql, LakeSchema schema, string folder, TableMetadata table, DataFile template)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{nextToken():x16}{(template.Content == FileContent.Data ? "" : "-deletes")}.parquet");
        var local = Path.Combine(scratch, name);
        var written = connection.Execute($$"""
            COPY ({{rowsSql}}) TO {{SqlText.Text(local)}} (FORMAT parquet, COMPRESSION zstd, FIELD_IDS {{FieldIds(schema)}},
              KV_METADATA { 'iceberg.schema': {{SqlText.Text(SchemaJson.Write(schema).ToJsonString())}} })
            """);
        if (template.Rows >= 0 && template.Rows != written)
        {
            throw new LakeException($"{table.Location}: expected {template.Rows} rows of a partition, found {written}: the query changes");
        }

        var file = FileStatistics.Read(connection, local, schema, template with { Rows = written });
        var path = $"{LakePaths.Data}/{folder}{name}";
        storage.Adopt([(local, path)]);
        return file with { Path = LakePaths.Address(table, path) };
    }

    private static List<(IReadOnlyList<IComparable?> Values, long Rows)> Partitions(
        EngineConnection connection, string rows, LakeSchema schema, PartitionSpec spec)
    {
        var values = string.Concat(spec.Fields.Select(f => f.Sql(schema) + ", "));
        using var statement = connection.Prepare($"SELECT {values}count(*) FROM ({rows}) GROUP BY ALL ORDER BY ALL");
        using var result = statement.Query();
        var partitions = new List<(IReadOnlyList<IComparable?>, long)>();
        while (result.NextChunk())
        {
            for (var row = 0; row < result.Count; row++)
            {
                var count = result.Integer(spec.Fields.Count, row);
                if (count > 0)
                {
                    partitions.Add(([.. spec.Fields.Select((f, i) => Value(result, f.ResultType(schema), i, row))], count));
                }
            }
        }

        return partitions;
    }

    private static IComparable? Value(EngineRows result, LakeType type, int column, int row) => result.IsNull(column, row)
        ? null
        : type.Kind switch
        {
            LakeKind.String => result.String(column, row),
            LakeKind.Long => result.Integer(column, row),
            _ => checked((int)result.Integer(column, row)),
        };

    private static string Condition(IReadOnlyList<IComparable?> values) => string.Join(
        " AND ",
        values.Select((v, i) => v switch
        {
            null => $"__p{i} IS NULL",
            string text => $"__p{i} = {SqlText.Text(text)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"__p{i} = {v}"),
        }));

    private static string FieldIds(LakeSchema schema) => "{" + string.Join(", ", schema.Fields.Select(f => string.Create(
        CultureInfo.InvariantCulture,
        $"{SqlText.Name(f.Name)}: {(f.Type.Kind == LakeKind.Map
            ? $"{{__duckdb_field_id: {f.Id}, key: {f.Type.KeyId}, value: {f.Type.ValueId}}}"
            : f.Id.ToString(CultureInfo.InvariantCulture))}"))) + "}";

    /// <summary>A folder for people to find a partition by; readers go by the manifests.</summary>
    private static string PartitionPath(PartitionSpec spec, IReadOnlyList<IComparable?> values) =>
        string.Concat(spec.Fields.Select((f, i) => $"{f.Name}={Readable(f, values[i])}/"));

    private static string Readable(PartitionField field, IComparable? value) => value switch
    {
        null => "null",
        int days when field.Transform == Transform.Day => $"{EngineTimes.FromDays(days):uuuu-MM-dd}",
        int months when field.Transform == Transform.Month => $"{EngineTimes.Epoch.PlusMonths(months):uuuu-MM}",
        _ => string.Concat(string.Create(CultureInfo.InvariantCulture, $"{value}").Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')),
    };
}
