using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake;

/// <summary>What a new table is to be.</summary>
/// <param name="Name">Name.</param>
/// <param name="Fields">Columns, with their ids.</param>
/// <param name="Keys">Names of the columns that identify a row; all of them required.</param>
/// <param name="Partitions">Names of columns, and how a partition comes from them.</param>
/// <param name="Sort">Names of the columns that rows are sorted by in a file.</param>
public sealed record LakeTableShape(
    LakeName Name,
    IReadOnlyList<LakeField> Fields,
    IReadOnlyList<string> Keys,
    IReadOnlyList<(string Column, Transform Transform)> Partitions,
    IReadOnlyList<string> Sort)
{
    /// <summary>Properties of the table.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <exception cref="LakeException">A name that is no column, or a column twice.</exception>
    internal TableMetadata Metadata(string uuid, NodaTime.Instant now)
    {
        var schema = new LakeSchema(0, Fields, []);
        if (Fields.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count() != Fields.Count
            || Fields.Select(f => f.Id).Distinct().Count() != Fields.Count)
        {
            throw new LakeException($"{Name}: a column has the name or the id of another one");
        }

        schema = schema with { KeyIds = [.. Keys.Select(k => schema.Field(k).Id)] };
        var spec = new PartitionSpec(0, [.. Partitions.Select((p, i) => new PartitionField(
            schema.Field(p.Column).Id,
            PartitionSpec.LastUnusedFieldId + 1 + i,
            p.Transform == Transform.Identity ? p.Column : $"{p.Column}_{p.Transform.ToString().ToLowerInvariant()}",
            p.Transform))]);
        var order = new SortOrder(Sort.Count == 0 ? 0 : 1, [.. Sort.Select(s => schema.Field(s).Id)]);
        return new TableMetadata
        {
            TableUuid = uuid,
            Location = "",
            LastUpdatedAt = now,
            LastColumnId = schema.LastFieldId,
            Schemas = [schema],
            Specs = [spec],
            LastPartitionId = PartitionSpec.LastUnusedFieldId + Partitions.Count,
            SortOrders = Sort.Count == 0 ? [order] : [new SortOrder(0, []), order],
            DefaultSortOrderId = order.Id,
            Properties = new Dictionary<string, string>(Properties) { ["write.parquet.compression-codec"] = "zstd" },
        };
    }
}
